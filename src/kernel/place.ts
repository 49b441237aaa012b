/** Where a path leads: what stands there, or the name at which something can be made. */
import { OsError } from '#abi/errors.ts';
import { findNameProblem } from '#base/path.ts';
import type { FileSystem, Inode } from '#fs/file-system.ts';
import { isSealed } from './system-files.ts';

/** Something that exists. */
export interface Place {
	readonly fileSystem: FileSystem;
	readonly inode: Inode;
	/** Absolute, folded; `undefined` when it has no name any more, or none in the system. */
	readonly path: string | undefined;
	readonly readOnly: boolean;
}

/** A name in a directory, which exists or not. */
export interface Slot {
	readonly fileSystem: FileSystem;
	readonly directory: Inode;
	/** As it is spelled in the directory; of one that does not exist, as the caller spells it. */
	readonly name: string;
	/** As the caller spells it. */
	readonly spelling: string;
	readonly path: string | undefined;
	readonly readOnly: boolean;
	/** What stands there. */
	readonly inode: Inode | undefined;
	/** The path ended with `/`. */
	readonly mustBeDirectory: boolean;
}

/** What a walk has to know of a namespace. */
export interface Mounts {
	readonly root: Place;
	/** What stands over `place`: itself, or the mount that covers it. */
	cross(place: Place): Place;
	/** What stands at a name that no file system has. */
	findAttached(directory: Place, name: string): Place | undefined;
}

/** What `name` in the directory `place` stands for, before any mount. */
export function below(place: Place, name: string, inode: Inode): Place {
	const { fileSystem } = place;
	const path = joinName(place.path, name);
	return { fileSystem, inode, readOnly: place.readOnly || isSealed(path), path };
}

export function joinName(path: string | undefined, name: string): string | undefined {
	if (path === undefined) return undefined;
	return path === '/' ? `/${name}` : `${path}/${name}`;
}

export function requireName(name: string, path: string): void {
	const problem = findNameProblem(name);
	if (problem === 'too-long') throw new OsError('ENAMETOOLONG', path);
	if (problem !== undefined) throw new OsError('EINVAL', path);
}
