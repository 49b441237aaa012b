/**
 * The calls that start at the handle of a directory: `directory_*` and `at_*`. A program that was given one reaches what
 * stands below it, and nothing else; and of that only what the program itself may reach.
 */
import { accessRights } from '#abi/access.ts';
import { OsError } from '#abi/errors.ts';
import { openFlags } from '#abi/open-flags.ts';
import { directoryRights, rights } from '#abi/rights.ts';
import type { DirectoryEntries, OpenedNode } from '#abi/structures.generated.ts';
import type { Caller } from '../caller.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import { OpenDirectory } from '../open-node.ts';
import { type Walked, walkPath } from '../path-walk.ts';
import type { Place, Slot } from '../place.ts';
import { addName, makeDirectory, makeFile, makeLink, removeName, rename } from './name-operations.ts';
import { maximumEntries, setTimes, statusOf } from './node-operations.ts';
import { openPlace } from './open-place.ts';

export type DirectoryCalls = Pick<
	CallHandlers,
	| 'directory_open'
	| 'directory_read'
	| 'at_open'
	| 'at_status'
	| 'at_make_directory'
	| 'at_make_link'
	| 'at_read_link'
	| 'at_add_name'
	| 'at_unlink'
	| 'at_remove_directory'
	| 'at_rename'
	| 'at_set_times'
>;

export function createDirectoryCalls(kernel: Kernel): DirectoryCalls {
	const walker = new Walker(kernel);
	return {
		directory_open: (caller, path, wanted) => openDirectory(kernel, caller, path, wanted),
		directory_read: ({ process }, handle, cursor, limit) =>
			readEntries(process.handles.getOf(handle, OpenDirectory).place, cursor, limit),
		at_open: (caller, directory, path, flags, wanted) =>
			openAt(kernel, walker, caller, { directory, path, flags, wanted }),
		at_status: (caller, directory, path, follow) =>
			statusOf(kernel, walker.find(caller, { directory, path, follow }, accessRights.readAttributes)),
		at_make_directory: (caller, directory, path) =>
			makeDirectory(kernel, caller, walker.newSlot(caller, { directory, path })),
		at_make_link(caller, directory, path, target) {
			// The link could not be followed by this handle, and by another it would mean something else.
			if (target.startsWith('/')) throw new OsError('EPERM', 'the link leads out of the folder');
			makeLink(kernel, caller, walker.newSlot(caller, { directory, path }), target);
		},
		at_read_link(caller, directory, path): string {
			const at = { directory, path, follow: false };
			const { fileSystem, inode } = walker.find(caller, at, accessRights.readData);
			return fileSystem.readLink(inode);
		},
		at_add_name(caller, directory, path, follow, toDirectory, toPath) {
			caller.process.handles.requireRights(toDirectory, rights.create);
			const place = walker.find(caller, { directory, path, follow }, accessRights.writeAttributes);
			addName(kernel, caller, place, walker.newSlot(caller, { directory: toDirectory, path: toPath }));
		},
		at_unlink: (caller, directory, path) =>
			removeName(kernel, caller, walker.namedSlot(caller, { directory, path }), 'unlink'),
		at_remove_directory: (caller, directory, path) =>
			removeName(kernel, caller, walker.namedSlot(caller, { directory, path }), 'removeDirectory'),
		at_rename(caller, directory, path, toDirectory, toPath) {
			caller.process.handles.requireRights(toDirectory, rights.create);
			const from = walker.namedSlot(caller, { directory, path });
			rename(kernel, caller, from, walker.namedSlot(caller, { directory: toDirectory, path: toPath }), true);
		},
		at_set_times(caller, directory, path, follow, accessed, modified) {
			const place = walker.find(caller, { directory, path, follow }, accessRights.writeAttributes);
			setTimes(kernel, caller, place, { accessed, modified });
		},
	};
}

/** A path below the directory of a handle. */
interface At {
	readonly directory: number;
	readonly path: string;
	/** Whether a link at the end is followed; absent: it is not. */
	readonly follow?: boolean;
}

class Walker {
	readonly #kernel: Kernel;

	constructor(kernel: Kernel) {
		this.#kernel = kernel;
	}

	walk({ process }: Caller, { directory, path, follow = false }: At): Walked {
		const { place } = process.handles.getOf(directory, OpenDirectory, 'ENOTDIR');
		const admit = this.#kernel.admitting(process);
		return walkPath(process.namespace, place, path, { beneath: true, followLast: follow, admit });
	}

	/** What stands there, when the caller may do `desired` with it. */
	find(caller: Caller, at: At, desired: number): Place {
		const { place } = this.walk(caller, at);
		if (place === undefined) throw new OsError('ENOENT', at.path);
		this.#kernel.access.require(caller.process, place, desired);
		return place;
	}

	/** Where a new name is to stand; a path that ends in no name stands for something already. */
	newSlot(caller: Caller, at: At): Slot {
		const { slot } = this.walk(caller, at);
		if (slot === undefined) throw new OsError('EEXIST', at.path);
		return slot;
	}

	/** Where a name stands that is to be changed or taken away. */
	namedSlot(caller: Caller, at: At): Slot {
		const { slot } = this.walk(caller, at);
		if (slot === undefined) throw new OsError('EINVAL', at.path);
		return slot;
	}
}

function openDirectory(kernel: Kernel, caller: Caller, path: string, wanted: number): number {
	if ((wanted & ~directoryRights) !== 0) throw new OsError('EINVAL', 'rights');
	const place = kernel.find(caller, path);
	if (place.fileSystem.kindOf(place.inode) !== 'directory') throw new OsError('ENOTDIR', path);
	return openPlace(kernel, caller, place, { rights: wanted, empty: false, append: false }).handle;
}

function readEntries({ fileSystem, inode }: Place, cursor: string, limit: number): DirectoryEntries {
	if (limit === 0) throw new OsError('EINVAL', 'limit');
	const { names, kinds, inodes, next } = fileSystem.list(inode, cursor, Math.min(limit, maximumEntries));
	return { names, kinds, inodes, next };
}

interface OpenRequest {
	readonly directory: number;
	readonly path: string;
	readonly flags: number;
	readonly wanted: number;
}

function openAt(kernel: Kernel, walker: Walker, caller: Caller, request: OpenRequest): OpenedNode {
	const { directory, path, flags, wanted } = request;
	const has = (flag: number): boolean => (flags & flag) !== 0;
	const create = has(openFlags.create);
	const { handles } = caller.process;
	handles.requireRoom();
	handles.requireRights(
		directory,
		wanted | (create ? rights.create : 0) | (has(openFlags.truncate) ? rights.write : 0),
	);
	const follow = has(openFlags.follow) && !(create && has(openFlags.exclusive));
	const walked = walker.walk(caller, { directory, path, follow });
	if (create && has(openFlags.exclusive) && walked.place !== undefined) throw new OsError('EEXIST', path);
	const found = walked.place ?? (create ? makeFile(kernel, caller, walked.slot as Slot) : undefined);
	if (found === undefined) throw new OsError('ENOENT', path);
	requireKind(found, has(openFlags.directory), path);
	return openPlace(kernel, caller, found, {
		rights: wanted,
		empty: walked.place !== undefined && has(openFlags.truncate),
		append: has(openFlags.append),
		isNew: walked.place === undefined,
		isBackup: has(openFlags.backup),
	});
}

function requireKind({ fileSystem, inode }: Place, directory: boolean, path: string): void {
	const kind = fileSystem.kindOf(inode);
	if (kind === 'link') throw new OsError('ELOOP', path);
	if (directory && kind !== 'directory') throw new OsError('ENOTDIR', path);
}
