/**
 * Which file system stands where, and the walk from a path to an inode.
 *
 * Invariants:
 * - A path is folded before it is walked (`..` never leaves the root), so the walk only goes down.
 * - A mount covers a directory of the file system below it; the covered directory cannot be removed or renamed.
 */
import { OsError } from '#abi/errors.ts';
import { findNameProblem, isWithin, normalizePath, splitPath } from '#base/path.ts';
import type { FileSystem, Inode } from '#fs/file-system.ts';

/** Something that exists. */
export interface Place {
	readonly fileSystem: FileSystem;
	readonly inode: Inode;
	/** Absolute, folded. */
	readonly path: string;
}

/** A name in a directory, which exists or not. */
export interface Slot {
	readonly fileSystem: FileSystem;
	readonly directory: Inode;
	readonly name: string;
	readonly path: string;
}

interface Mount {
	readonly path: string;
	readonly fileSystem: FileSystem;
}

export class MountTable {
	readonly #root: FileSystem;
	/** Mounts other than the root. */
	readonly #mounts: Mount[] = [];

	constructor(root: FileSystem) {
		this.#root = root;
	}

	get fileSystems(): FileSystem[] {
		return [this.#root, ...this.#mounts.map((mount) => mount.fileSystem)];
	}

	/** Puts `fileSystem` over an existing directory. */
	mount(path: string, fileSystem: FileSystem): void {
		const place = this.find(path);
		if (place.fileSystem.stat(place.inode).kind !== 'directory') throw new OsError('ENOTDIR', path);
		if (place.inode === place.fileSystem.root) throw new OsError('EBUSY', path);
		this.#mounts.push({ path: place.path, fileSystem });
	}

	/** Mounts at `path` or below it. */
	mountsWithin(path: string): readonly Mount[] {
		return this.#mounts.filter((mount) => isWithin(mount.path, path));
	}

	/** Where the file system of a place is mounted. */
	rootPathOf({ path, fileSystem }: Place): string {
		return this.#mounts.findLast((mount) => mount.fileSystem === fileSystem && isWithin(path, mount.path))?.path ?? '/';
	}

	/** EBUSY when `path` is a mount or holds one. */
	requireUncovered(path: string): void {
		if (path === '/' || this.mountsWithin(path).length > 0) throw new OsError('EBUSY', path);
	}

	/** What stands at an absolute path; ENOENT, ENOTDIR, ENAMETOOLONG when nothing can. */
	find(path: string): Place {
		return this.#walk(splitPath(path));
	}

	/** The place of a name whose parent exists. EBUSY for the root, which has no name. */
	findSlot(path: string): Slot {
		const names = splitPath(path);
		const name = names.pop();
		if (name === undefined) throw new OsError('EBUSY', '/');
		requireName(name, path);
		const parent = this.#walk(names);
		if (parent.fileSystem.stat(parent.inode).kind !== 'directory') throw new OsError('ENOTDIR', parent.path);
		return { fileSystem: parent.fileSystem, directory: parent.inode, name, path: normalizePath(path) };
	}

	/** The real spelling of a path, where names that do not exist as spelled are found without regard to case. */
	resolveFolded(path: string): string {
		let place: Place = { fileSystem: this.#root, inode: this.#root.root, path: '/' };
		for (const name of splitPath(path)) {
			requireName(name, path);
			const found = place.fileSystem.findFolded(place.inode, name);
			if (found === undefined) throw new OsError('ENOENT', path);
			place = this.#cross(place.fileSystem, found.inode, `${place.path === '/' ? '' : place.path}/${found.name}`);
		}
		return place.path;
	}

	#walk(names: readonly string[]): Place {
		let place: Place = { fileSystem: this.#root, inode: this.#root.root, path: '/' };
		let path = '';
		for (const name of names) {
			path += `/${name}`;
			requireName(name, path);
			const inode = place.fileSystem.find(place.inode, name);
			if (inode === undefined) throw new OsError('ENOENT', path);
			place = this.#cross(place.fileSystem, inode, path);
		}
		return place;
	}

	/** Steps onto the file system mounted at `path`, if there is one. */
	#cross(fileSystem: FileSystem, inode: Inode, path: string): Place {
		if (this.#mounts.length === 0) return { fileSystem, inode, path };
		const mount = this.#mounts.findLast((candidate) => candidate.path === path);
		if (mount === undefined) return { fileSystem, inode, path };
		return { fileSystem: mount.fileSystem, inode: mount.fileSystem.root, path };
	}
}

function requireName(name: string, path: string): void {
	const problem = findNameProblem(name);
	if (problem === 'too-long') throw new OsError('ENAMETOOLONG', path);
	if (problem !== undefined) throw new OsError('EINVAL', path);
}
