/**
 * Open files: an inode kept alive, a position, and the path under which the file is now found.
 *
 * Invariants:
 * - An open file keeps its content when its name is removed; its path is then `undefined`.
 * - A rename of the file, or of a directory above it, changes the path of every open file it moves.
 */
import { isWithin } from '#base/path.ts';
import type { FileSystem, Inode } from '#fs/file-system.ts';
import { KernelObject } from './kernel-object.ts';
import type { Place } from './mount-table.ts';

export class OpenFile extends KernelObject {
	readonly fileSystem: FileSystem;
	readonly inode: Inode;
	/** Streams write at the end. */
	readonly append: boolean;
	/** Where the next stream read or write happens. */
	position = 0;
	path: string | undefined;
	readonly #onClosed: (file: OpenFile) => void;

	constructor(place: Place, options: { append: boolean; onClosed: (file: OpenFile) => void }) {
		super();
		this.fileSystem = place.fileSystem;
		this.inode = place.inode;
		this.path = place.path;
		this.append = options.append;
		this.#onClosed = options.onClosed;
	}

	protected override onLastClose(): void {
		this.#onClosed(this);
	}
}

export class OpenFiles {
	readonly #files = new Set<OpenFile>();
	readonly #release: (fileSystem: FileSystem, inode: Inode) => void;

	/** `release` lets go of what `retain` has kept. It does not throw: closing never fails. */
	constructor(release: (fileSystem: FileSystem, inode: Inode) => void) {
		this.#release = release;
	}

	get size(): number {
		return this.#files.size;
	}

	open(place: Place, append: boolean): OpenFile {
		place.fileSystem.retain(place.inode);
		const file = new OpenFile(place, { append, onClosed: (closed) => this.#close(closed) });
		this.#files.add(file);
		return file;
	}

	/** What stood at `from` stands at `to` now; returns the undo. */
	rename(from: string, to: string): () => void {
		return this.#changePaths(from, (path) => to + path.slice(from.length));
	}

	/** What stood at `path` has no name any more; returns the undo. */
	remove(path: string): () => void {
		return this.#changePaths(path, () => undefined);
	}

	#changePaths(within: string, change: (path: string) => string | undefined): () => void {
		const before: [OpenFile, string][] = [];
		for (const file of this.#files) {
			if (file.path === undefined || !isWithin(file.path, within)) continue;
			before.push([file, file.path]);
			file.path = change(file.path);
		}
		return () => {
			for (const [file, path] of before) file.path = path;
		};
	}

	#close(file: OpenFile): void {
		this.#files.delete(file);
		this.#release(file.fileSystem, file.inode);
	}
}
