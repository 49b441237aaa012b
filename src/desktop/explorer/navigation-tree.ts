/**
 * The folders of the navigation pane as the list of its visible nodes: the person's folders, the Computer as a tree,
 * what is plugged in, the Recycle Bin. What is open follows its folder live.
 */
import type { PcDrive } from '#abi/structures.generated.ts';
import type { Disposable } from '#base/disposable.ts';
import { Emitter } from '#base/emitter.ts';
import { recycleBins } from '#base/known-folders.ts';
import { baseName, joinPath } from '#base/path.ts';
import type { DrivesModel } from '#desktop/drives/drives-model.ts';
import { DirectoryModel } from '#desktop/files/directory-model.ts';
import type { System } from '#runtime/system.ts';
import type { KnownFolders } from '#runtime/window-program.ts';
import type { ArtworkName } from '#ui/artwork.ts';

export interface TreeNode {
	/** Unique in the tree: a folder may stand in it twice. */
	readonly key: string;
	readonly path: string;
	readonly label: string;
	readonly icon: ArtworkName;
	readonly level: number;
	readonly isExpandable: boolean;
	readonly isExpanded: boolean;
	/** Is opened before it is gone to. */
	readonly drive?: PcDrive;
}

const byName = { order: { column: 'name', descending: false }, showHidden: false } as const;
const computerKey = 'computer:';

export class NavigationTree implements Disposable {
	readonly #system: System;
	readonly #folders: KnownFolders;
	readonly #drives: DrivesModel;
	readonly #following: Disposable;
	readonly #changes = new Emitter<void>();
	readonly #open = new Map<string, DirectoryModel>();
	#nodes: readonly TreeNode[];

	constructor(system: System, folders: KnownFolders, drives: DrivesModel) {
		this.#system = system;
		this.#drives = drives;
		this.#following = drives.onChange(() => this.#update());
		this.#folders = folders;
		this.#nodes = this.#makeNodes();
	}

	get onChange() {
		return this.#changes.event;
	}

	get nodes(): readonly TreeNode[] {
		return this.#nodes;
	}

	expand(node: TreeNode): void {
		if (!node.isExpandable || this.#open.has(node.key)) return;
		const model = new DirectoryModel(this.#system, node.path, byName);
		this.#open.set(node.key, model);
		model.onChange(() => this.#update());
		void model.open();
		this.#update();
	}

	/** Closes the node; those below it too. */
	collapse(node: TreeNode): void {
		for (const [key, model] of this.#open) {
			if (key !== node.key && !key.startsWith(`${node.key}/`)) continue;
			model.dispose();
			this.#open.delete(key);
		}
		this.#update();
	}

	parentOf(node: TreeNode): TreeNode | undefined {
		const slash = node.key.lastIndexOf('/');
		const parent = slash < 0 || node.level === 1 ? undefined : node.key.slice(0, slash);
		return this.#nodes.find(({ key }) => key === parent);
	}

	dispose(): void {
		for (const model of this.#open.values()) model.dispose();
		this.#open.clear();
		this.#following.dispose();
		this.#changes.dispose();
	}

	#update(): void {
		this.#nodes = this.#makeNodes();
		this.#changes.fire();
	}

	#makeNodes(): TreeNode[] {
		const { desktop, documents, pictures, downloads, recycleBin } = this.#folders;
		const own: readonly [path: string, icon: ArtworkName][] = [
			[desktop, 'folder-desktop'],
			[documents, 'folder-documents'],
			[pictures, 'folder-pictures'],
			[downloads, 'folder-downloads'],
		];
		const leaf = { level: 1, isExpandable: false, isExpanded: false };
		return [
			...own.map(([path, icon]) => ({ key: `own:${path}`, path, label: baseName(path), icon, ...leaf })),
			...this.#branch({ key: computerKey, path: '/', label: 'Computer', icon: 'computer', level: 1 }),
			...this.#drives.drives.map((drive) => ({ ...describeDrive(drive), ...leaf })),
			{ key: 'bin:', path: recycleBin, label: 'Recycle Bin', icon: 'bin-empty', ...leaf },
		];
	}

	#branch(node: Omit<TreeNode, 'isExpandable' | 'isExpanded'>): TreeNode[] {
		const model = this.#open.get(node.key);
		const nodes: TreeNode[] = [{ ...node, isExpandable: true, isExpanded: model !== undefined }];
		for (const entry of model?.snapshot.entries ?? []) {
			const path = joinPath(node.path, entry.name);
			if (entry.kind !== 'directory' || path === recycleBins) continue;
			const key = `${node.key}/${entry.name}`;
			nodes.push(...this.#branch({ key, path, label: entry.name, icon: 'folder', level: node.level + 1 }));
		}
		return nodes;
	}
}

/** One that is not open yet has the folder that it will most likely have: nothing else is there. */
function describeDrive(drive: PcDrive): Pick<TreeNode, 'key' | 'path' | 'label' | 'icon' | 'drive'> {
	const icon = drive.format === 'iso9660' || drive.format === 'udf' ? 'drive-disc' : 'drive';
	return {
		key: `drive:${drive.identifier}`,
		path: drive.path || `/Drives/${drive.name}`,
		label: drive.name,
		icon,
		drive,
	};
}
