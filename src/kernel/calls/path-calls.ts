/** The calls that change what stands at a path: `path_write`, `path_make_directory`, `path_rename`, … */
import { accessRights } from '#abi/access.ts';
import { allAttributes, attributeBits } from '#abi/attributes.ts';
import { OsError } from '#abi/errors.ts';
import type { CreateMode } from '#abi/structures.generated.ts';
import { type FileSystem, type Inode, programAttributes, toNanoseconds } from '#fs/file-system.ts';
import type { Caller } from '../caller.ts';
import type { Changes } from '../change-groups.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import type { Place, Slot } from '../place.ts';
import {
	makeDirectory,
	makeFile,
	makeLink,
	type Removal,
	removeName,
	rename,
	requireNewName,
} from './name-operations.ts';
import { setTimes } from './node-operations.ts';
import { requireWritable } from './open-place.ts';

export type PathCalls = Pick<
	CallHandlers,
	| 'path_write'
	| 'path_make_directory'
	| 'path_make_link'
	| 'path_unlink'
	| 'path_remove_directory'
	| 'path_remove_tree'
	| 'path_rename'
	| 'path_copy'
	| 'path_set_times'
	| 'path_set_attributes'
>;

const copyStep = 1024 * 1024;

export function createPathCalls(kernel: Kernel): PathCalls {
	const remove = (caller: Caller, path: string, removal: Removal): void =>
		removeName(kernel, caller, kernel.findSlot(caller, path), removal);
	return {
		path_write: (caller, path, bytes, mode) =>
			writeWhole(kernel, caller, kernel.findSlot(caller, path), { bytes, mode }),
		path_make_directory(caller, path) {
			const { slot } = kernel.walk(caller, path, false);
			if (slot === undefined) throw new OsError('EEXIST', path);
			makeDirectory(kernel, caller, slot);
		},
		path_make_link(caller, path, target) {
			const { slot } = kernel.walk(caller, path, false);
			if (slot === undefined) throw new OsError('EEXIST', path);
			makeLink(kernel, caller, slot, target);
		},
		path_unlink: (caller, path) => remove(caller, path, 'unlink'),
		path_remove_directory: (caller, path) => remove(caller, path, 'removeDirectory'),
		path_remove_tree: (caller, path) => remove(caller, path, 'removeTree'),
		path_rename: (caller, from, to, replace) =>
			rename(kernel, caller, kernel.findSlot(caller, from), kernel.findSlot(caller, to), replace),
		path_copy: (caller, from, to) => copy(kernel, caller, kernel.find(caller, from), kernel.findSlot(caller, to)),
		path_set_times(caller, path, time) {
			const place = kernel.find(caller, path);
			kernel.access.require(caller.process, place, accessRights.writeAttributes);
			setTimes(kernel, caller, place, { modified: toNanoseconds(time) });
		},
		path_set_attributes(caller, path, attributes) {
			if ((attributes & ~(allAttributes | attributeBits.encrypted)) !== 0) throw new OsError('EINVAL', 'attributes');
			const place = kernel.find(caller, path);
			kernel.access.require(caller.process, place, accessRights.writeAttributes);
			changeInode(caller, place, (fileSystem, inode) => fileSystem.setAttributes(inode, attributes & allAttributes));
		},
	};
}

interface WriteRequest {
	readonly bytes: Uint8Array;
	readonly mode: CreateMode;
}

function writeWhole(kernel: Kernel, caller: Caller, slot: Slot, { bytes, mode }: WriteRequest): void {
	if (mode === 'append') throw new OsError('EINVAL', 'mode');
	const { fileSystem, inode, path, readOnly } = slot;
	if (inode === undefined && mode === 'open') throw new OsError('ENOENT', path);
	if (mode === 'create-new') requireNewName(slot);
	if (inode === undefined) {
		const made = makeFile(kernel, caller, slot);
		if (bytes.length > 0) caller.changes.make(fileSystem, () => fileSystem.write(made.inode, 0, bytes));
	} else {
		kernel.access.require(caller.process, { fileSystem, inode, path }, accessRights.writeData);
		kernel.leases.revoke(fileSystem, inode);
		kernel.versions.expectChange({ fileSystem, inode, path });
		replaceContent(caller, { fileSystem, inode, path, readOnly }, bytes);
		caller.changes.report('changed', path);
	}
}

/** A failure between the two steps undoes the group, so there is never a mixture. */
function replaceContent({ changes }: Caller, place: Place, bytes: Uint8Array): void {
	const { fileSystem, inode, path } = place;
	const { kind, size } = fileSystem.stat(inode);
	if (kind === 'directory') throw new OsError('EISDIR', path);
	requireWritable(place);
	if (bytes.length > 0) changes.make(fileSystem, () => fileSystem.write(inode, 0, bytes));
	// Also for an equal size: an empty content replaced by an empty one is still a change of time.
	if (size > bytes.length || bytes.length === 0)
		changes.make(fileSystem, () => fileSystem.truncate(inode, bytes.length));
}

function copy(kernel: Kernel, caller: Caller, source: Place, slot: Slot): void {
	if (source.fileSystem.kindOf(source.inode) === 'directory') throw new OsError('EISDIR', source.path);
	requireNewName(slot);
	kernel.access.require(caller.process, source, accessRights.readData);
	kernel.leases.settle(source.fileSystem, source.inode);
	const { fileSystem, directory, name } = slot;
	if (fileSystem !== source.fileSystem || entersEncryption(kernel, source, slot)) {
		copyAcross(kernel, caller, source, slot);
		return;
	}
	kernel.access.requireMaking(caller.process, slot, 'file');
	const descriptor = kernel.access.inherit(caller.process, slot, 'file');
	caller.changes.make(fileSystem, () => fileSystem.copy(source.inode, directory, name, descriptor));
	caller.changes.report('created', slot.path);
}

/** Whether a plain file is copied to where everything is encrypted: then its bytes are, and not shared. */
function entersEncryption({ encryption, volume }: Kernel, { inode }: Place, { fileSystem, directory }: Slot): boolean {
	if (encryption === undefined || fileSystem !== volume) return false;
	return encryption.isEncrypted(directory) && !encryption.isEncrypted(inode);
}

function copyAcross(kernel: Kernel, caller: Caller, source: Place, slot: Slot): void {
	const { changes } = caller;
	const { modifiedTime } = source.fileSystem.stat(source.inode);
	const { fileSystem, inode } = makeFile(kernel, caller, slot);
	copyContent(changes, source, { fileSystem, inode });
	for (const name of source.fileSystem.listExtended(source.inode))
		if (name.startsWith(programAttributes)) copyAttribute(changes, source, { fileSystem, inode }, name);
	changes.make(fileSystem, () => fileSystem.setTimes(inode, { modified: modifiedTime }));
}

type Node = Pick<Place, 'fileSystem' | 'inode'>;

/** Holes stay holes. */
function copyContent(changes: Changes, source: Node, target: Node): void {
	const { size } = source.fileSystem.stat(source.inode);
	const step = new Uint8Array(Math.min(copyStep, size));
	for (let offset = 0; offset < size; ) {
		const data = source.fileSystem.findData(source.inode, offset);
		if (data === undefined) break;
		const count = source.fileSystem.read(source.inode, data.start, step.subarray(0, data.end - data.start));
		if (count === 0) break;
		changes.make(target.fileSystem, () => target.fileSystem.write(target.inode, data.start, step.subarray(0, count)));
		offset = data.start + count;
	}
	changes.make(target.fileSystem, () => target.fileSystem.truncate(target.inode, size));
}

/** A file system that keeps none does without. */
function copyAttribute(changes: Changes, source: Node, target: Node, name: string): void {
	const value = source.fileSystem.findExtended(source.inode, name);
	try {
		changes.make(target.fileSystem, () => target.fileSystem.setExtended(target.inode, name, value));
	} catch (error) {
		if (!(error instanceof OsError && error.code === 'ENOTSUP')) throw error;
	}
}

function changeInode(
	{ changes }: Caller,
	{ fileSystem, inode, path, readOnly }: Place,
	change: (fileSystem: FileSystem, inode: Inode) => void,
): void {
	if (readOnly) throw new OsError('EROFS', path);
	changes.make(fileSystem, () => change(fileSystem, inode));
	changes.report('changed', path);
}
