/**
 * Where the window is, as breadcrumbs: each segment jumps, the arrow after it lists what stands below it. A press on
 * the empty part, Alt+D, Ctrl+L or F4 turns it into a path to type.
 */
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { joinPath, splitPath } from '#base/path.ts';
import { iconOfPath } from '#desktop/files/file-types.ts';
import { compareNames } from '#desktop/files/name-order.ts';
import { listDirectory } from '#runtime/directory-pages.ts';
import type { Shell } from '#runtime/window-program.ts';
import { ContextMenu } from '#ui/controls/menu.tsx';
import { Icon } from '#ui/icon.tsx';
import type { MenuEntry } from '#ui/menu-entry.ts';
import { AddressField } from './address-field.tsx';
import type { ExplorerModel } from './explorer-model.ts';

export interface AddressBarProps {
	readonly model: ExplorerModel;
	readonly shell: Shell;
	readonly isEditing: boolean;
	setEditing(isEditing: boolean): void;
}

interface Segment {
	readonly path: string;
	readonly label: string;
}

function segmentsOf(path: string, recycleBin: string): Segment[] {
	if (path === recycleBin) return [{ path, label: 'Recycle Bin' }];
	const segments: Segment[] = [{ path: '/', label: 'Computer' }];
	for (const name of splitPath(path))
		segments.push({ path: joinPath(segments.at(-1)?.path ?? '/', name), label: name });
	return segments;
}

export function AddressBar({ model, shell, isEditing, setEditing }: AddressBarProps) {
	const bar = useRef<HTMLDivElement>(null);
	const [menu, setMenu] = useState<SiblingMenu | undefined>();
	const segments = segmentsOf(model.path, model.files.folders.recycleBin);
	const hidden = useHiddenSegments(bar, segments);
	if (isEditing) return <AddressField model={model} shell={shell} onDone={() => setEditing(false)} />;
	const showBelow = async (segment: Segment, button: HTMLElement) => {
		const { left, bottom } = button.getBoundingClientRect();
		setMenu({
			position: { x: left, y: bottom + 2 },
			label: segment.label,
			entries: await entriesBelow(model, segment),
		});
	};
	return (
		<div ref={bar} className="address-bar">
			<Icon name={iconOfPath(model.path, { name: '', kind: 'directory' }, model.files.folders)} size={20} />
			<nav aria-label="Address">
				<ol>
					{segments.slice(hidden).map((segment, index, shown) => (
						<li key={segment.path}>
							{index === 0 && hidden > 0 ? (
								<EarlierSegments model={model} segments={segments.slice(0, hidden)} />
							) : null}
							<button
								type="button"
								className="address-segment"
								aria-current={index === shown.length - 1 ? 'page' : undefined}
								onClick={() => model.go(segment.path)}
							>
								{segment.label}
							</button>
							{model.mode === 'recycle-bin' ? null : (
								<button
									type="button"
									className="address-arrow"
									aria-label={`Folders in ${segment.label}`}
									aria-haspopup="menu"
									onClick={(event) => void showBelow(segment, event.currentTarget)}
								>
									<Chevron />
								</button>
							)}
						</li>
					))}
				</ol>
			</nav>
			<button type="button" className="address-rest" aria-label="Type a path" onClick={() => setEditing(true)} />
			{menu === undefined ? null : (
				<ContextMenu
					label={`Folders in ${menu.label}`}
					entries={menu.entries}
					position={menu.position}
					onClose={() => setMenu(undefined)}
				/>
			)}
		</div>
	);
}

interface SiblingMenu {
	readonly position: { readonly x: number; readonly y: number };
	readonly label: string;
	readonly entries: readonly MenuEntry[];
}

const mostEntries = 200;

async function entriesBelow(model: ExplorerModel, { path }: Segment): Promise<MenuEntry[]> {
	const failure = (text: string): MenuEntry[] => [{ id: 'none', label: text, disabled: true }];
	try {
		const names = (await listDirectory(model.system, path))
			.filter(({ kind, attributes }) => kind === 'directory' && (attributes & 2) === 0)
			.map(({ name }) => name)
			.sort(compareNames);
		if (names.length === 0) return failure('No folders here');
		return names.slice(0, mostEntries).map((name) => {
			const target = joinPath(path, name);
			return {
				id: target,
				label: name,
				icon: 'folder',
				isDefault: isOn(model.path, target),
				onSelect: () => model.go(target),
			};
		});
	} catch {
		return failure('This folder cannot be read');
	}
}

/** Whether `target` is on the way to `path`. */
function isOn(path: string, target: string): boolean {
	return path === target || path.startsWith(`${target}/`);
}

function EarlierSegments({ model, segments }: { model: ExplorerModel; segments: readonly Segment[] }) {
	const [position, setPosition] = useState<{ x: number; y: number } | undefined>();
	return (
		<>
			<button
				type="button"
				className="address-segment"
				aria-label="Folders above"
				aria-haspopup="menu"
				onClick={(event) => {
					const { left, bottom } = event.currentTarget.getBoundingClientRect();
					setPosition({ x: left, y: bottom + 2 });
				}}
			>
				…
			</button>
			{position === undefined ? null : (
				<ContextMenu
					label="Folders above"
					position={position}
					onClose={() => setPosition(undefined)}
					entries={segments.toReversed().map(({ path, label }) => ({
						id: path,
						label,
						icon: path === '/' ? 'computer' : 'folder',
						onSelect: () => model.go(path),
					}))}
				/>
			)}
		</>
	);
}

function Chevron() {
	return (
		<svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
			<path d="M3.5 1.5 7 5 3.5 8.5" />
		</svg>
	);
}

/** Typical widths, so that nothing is measured while laying out. */
const letterWidth = 7.4;
const segmentWidth = 36;
const restWidth = 70;

/** How many segments from the left do not fit. The last is always shown. */
function useHiddenSegments(bar: RefObject<HTMLElement | null>, segments: readonly Segment[]): number {
	const [width, setWidth] = useState(600);
	useLayoutEffect(() => {
		if (bar.current === null) return;
		const measured = bar.current;
		const observer = new ResizeObserver(() => setWidth(measured.clientWidth));
		observer.observe(measured);
		return () => observer.disconnect();
	});
	let room = width - restWidth;
	let hidden = segments.length;
	while (hidden > 0) {
		room -= (segments[hidden - 1]?.label.length ?? 0) * letterWidth + segmentWidth;
		if (room < 0 && hidden < segments.length) break;
		hidden--;
	}
	return hidden;
}
