/** The tree of folders at the left of an Explorer window: one tab stop, arrows walk and open it, Enter goes there. */
import { type DragEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useDesktop } from '#desktop/desktop-context.ts';
import { useEvent } from '#desktop/files/use-event.ts';
import { Icon } from '#ui/icon.tsx';
import type { ExplorerModel } from './explorer-model.ts';
import { NavigationTree, type TreeNode } from './navigation-tree.ts';

export interface NavigationPaneProps {
	readonly model: ExplorerModel;
	readonly dropTarget: string | undefined;
	onDragOver(event: DragEvent, directory: string): void;
	onDrop(event: DragEvent, directory: string): void;
}

export function NavigationPane({ model, dropTarget, onDragOver, onDrop }: NavigationPaneProps) {
	const { drives } = useDesktop();
	const [tree] = useState(() => new NavigationTree(model.system, model.files.folders, drives));
	const go = async ({ path, drive }: TreeNode) => {
		const opened = drive === undefined ? path : await drives.open(drive);
		if (opened !== undefined) model.go(opened);
	};
	const nodes = useEvent(tree.onChange, () => tree.nodes);
	const [focusKey, setFocusKey] = useState<string | undefined>();
	const list = useRef<HTMLDivElement>(null);
	useEffect(() => {
		const computer = tree.nodes.find(({ path }) => path === '/');
		if (computer !== undefined) tree.expand(computer);
		return () => tree.dispose();
	}, [tree]);
	const current = nodes.find(({ path }) => path === model.path);
	const focused = nodes.find(({ key }) => key === focusKey) ?? current ?? nodes[0];
	const focus = (node: TreeNode | undefined) => {
		if (node === undefined) return;
		setFocusKey(node.key);
		list.current?.querySelector(`[data-key="${CSS.escape(node.key)}"]`)?.scrollIntoView({ block: 'nearest' });
	};
	const onKeyDown = (event: KeyboardEvent) => {
		if (focused === undefined || event.altKey || event.ctrlKey) return;
		if (!treeKey(event.key, { tree, focused, focus, go: (node) => void go(node) })) return;
		event.preventDefault();
		event.stopPropagation();
	};
	const idOf = (node: TreeNode) => `${model.identifier}-tree-${nodes.indexOf(node)}`;
	return (
		<div
			ref={list}
			role="tree"
			tabIndex={0}
			aria-label="Folders"
			aria-activedescendant={focused === undefined ? undefined : idOf(focused)}
			className="navigation-pane"
			onKeyDown={onKeyDown}
		>
			{nodes.map((node) => (
				<TreeRow
					key={node.key}
					id={idOf(node)}
					node={node}
					isCurrent={node === current}
					isFocused={node === focused}
					isDropTarget={dropTarget === node.path}
					onToggle={() => (node.isExpanded ? tree.collapse(node) : tree.expand(node))}
					onGo={() => {
						setFocusKey(node.key);
						void go(node);
					}}
					onDragOver={(event) => onDragOver(event, node.path)}
					onDrop={(event) => onDrop(event, node.path)}
				/>
			))}
		</div>
	);
}

interface TreeKeyContext {
	readonly tree: NavigationTree;
	readonly focused: TreeNode;
	focus(node: TreeNode | undefined): void;
	go(node: TreeNode): void;
}

/** The keys of the ARIA tree pattern. */
function treeKey(key: string, { tree, focused, focus, go }: TreeKeyContext): boolean {
	const { nodes } = tree;
	const index = nodes.indexOf(focused);
	switch (key) {
		case 'ArrowDown':
			focus(nodes[index + 1]);
			return true;
		case 'ArrowUp':
			focus(nodes[index - 1]);
			return true;
		case 'ArrowRight':
			if (focused.isExpanded) focus(nodes[index + 1]);
			else tree.expand(focused);
			return true;
		case 'ArrowLeft':
			if (focused.isExpanded) tree.collapse(focused);
			else focus(tree.parentOf(focused));
			return true;
		case 'Home':
			focus(nodes[0]);
			return true;
		case 'End':
			focus(nodes.at(-1));
			return true;
		case 'Enter':
		case ' ':
			go(focused);
			return true;
		default:
			return false;
	}
}

interface TreeRowProps {
	readonly id: string;
	readonly node: TreeNode;
	readonly isCurrent: boolean;
	readonly isFocused: boolean;
	readonly isDropTarget: boolean;
	onToggle(): void;
	onGo(): void;
	onDragOver(event: DragEvent): void;
	onDrop(event: DragEvent): void;
}

function TreeRow({ id, node, isCurrent, isFocused, isDropTarget, onToggle, onGo, ...drag }: TreeRowProps) {
	const states = [isCurrent && 'is-current', isFocused && 'is-focused', isDropTarget && 'is-drop-target'];
	return (
		// biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus and names the node by aria-activedescendant
		// biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles the keys
		<div
			role="treeitem"
			id={id}
			data-key={node.key}
			aria-level={node.level}
			aria-selected={isCurrent}
			aria-expanded={node.isExpandable ? node.isExpanded : undefined}
			className={`tree-row ${states.filter(Boolean).join(' ')}`}
			style={{ paddingInlineStart: 6 + (node.level - 1) * 14 }}
			onClick={onGo}
			{...drag}
		>
			{/* biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys do the same */}
			{/* biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys do the same */}
			<span
				className={`tree-caret ${node.isExpanded ? 'is-open' : ''}`}
				onClick={(event) => {
					event.stopPropagation();
					onToggle();
				}}
			>
				{node.isExpandable ? (
					<svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
						<path d="M3.5 1.5 7 5 3.5 8.5" />
					</svg>
				) : null}
			</span>
			<Icon name={node.icon} size={20} />
			<span className="tree-label">{node.label}</span>
		</div>
	);
}
