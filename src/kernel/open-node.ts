/**
 * Open files and directories: an inode kept alive, and the path under which it is now found.
 *
 * Invariants:
 * - What is open keeps its content when its name is removed; its path is then `undefined`.
 * - A rename of it, or of a directory above it, changes the path of everything open that moves with it.
 */
import { isWithin } from '#base/path.ts';
import type { FileSystem, Inode } from '#fs/file-system.ts';
import { KernelObject } from './kernel-object.ts';
import type { Place } from './place.ts';

export abstract class OpenNode extends KernelObject {
	readonly fileSystem: FileSystem;
	readonly inode: Inode;
	readonly readOnly: boolean;
	path: string | undefined;
	readonly #onClosed: (node: OpenNode) => void;

	constructor(place: Place, onClosed: (node: OpenNode) => void) {
		super();
		this.fileSystem = place.fileSystem;
		this.inode = place.inode;
		this.readOnly = place.readOnly;
		this.path = place.path;
		this.#onClosed = onClosed;
	}

	get place(): Place {
		const { fileSystem, inode, path, readOnly } = this;
		return { fileSystem, inode, path, readOnly };
	}

	protected override onLastClose(): void {
		this.#onClosed(this);
	}
}

/** Also a device: its file system knows what reading and writing mean. */
export class OpenFile extends OpenNode {
	/** Streams write at the end. */
	readonly append: boolean;
	/** Where the next stream read or write happens. */
	position = 0;

	constructor(place: Place, options: { append: boolean; onClosed: (node: OpenNode) => void }) {
		super(place, options.onClosed);
		this.append = options.append;
	}
}

export class OpenDirectory extends OpenNode {}

export class OpenNodes {
	readonly #nodes = new Set<OpenNode>();
	readonly #release: (node: OpenNode) => void;

	/** `release` lets go of what `retain` has kept. It does not throw: closing never fails. */
	constructor(release: (node: OpenNode) => void) {
		this.#release = release;
	}

	get size(): number {
		return this.#nodes.size;
	}

	openFile(place: Place, append: boolean): OpenFile {
		return this.#add(new OpenFile(place, { append, onClosed: (closed) => this.#close(closed) }));
	}

	openDirectory(place: Place): OpenDirectory {
		return this.#add(new OpenDirectory(place, (closed) => this.#close(closed)));
	}

	/** What stood at `from` stands at `to` now; returns the undo. */
	rename(from: string, to: string): () => void {
		return this.#changePaths(from, (path) => to + path.slice(from.length));
	}

	/** What stood at `path` has no name any more; returns the undo. */
	remove(path: string): () => void {
		return this.#changePaths(path, () => undefined);
	}

	#add<T extends OpenNode>(node: T): T {
		node.fileSystem.retain(node.inode);
		this.#nodes.add(node);
		return node;
	}

	#changePaths(within: string, change: (path: string) => string | undefined): () => void {
		const before: [OpenNode, string][] = [];
		for (const node of this.#nodes) {
			if (node.path === undefined || !isWithin(node.path, within)) continue;
			before.push([node, node.path]);
			node.path = change(node.path);
		}
		return () => {
			for (const [node, path] of before) node.path = path;
		};
	}

	#close(node: OpenNode): void {
		this.#nodes.delete(node);
		this.#release(node);
	}
}
