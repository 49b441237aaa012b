/** The calls that change what stands at a path: `path_write`, `path_make_directory`, `path_rename`, … */
import { allAttributes, attributeBits } from '#abi/attributes.ts';
import { OsError } from '#abi/errors.ts';
import type { CreateMode } from '#abi/structures.generated.ts';
import { isWithin, resolvePath } from '#base/path.ts';
import type { FileSystem, Inode } from '#fs/file-system.ts';
import type { Caller } from '../caller.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import type { Place, Slot } from '../mount-table.ts';

export type PathCalls = Pick<
	CallHandlers,
	| 'path_write'
	| 'path_make_directory'
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
	return {
		path_write: (caller, path, bytes, mode) => writeWhole(kernel, caller, { path, bytes, mode }),
		path_make_directory: (caller, path) => makeDirectory(kernel, caller, path),
		path_unlink: (caller, path) =>
			remove(kernel, caller, path, ({ fileSystem, directory, name }) => fileSystem.unlink(directory, name)),
		path_remove_directory: (caller, path) =>
			remove(kernel, caller, path, ({ fileSystem, directory, name }) => fileSystem.removeDirectory(directory, name)),
		path_remove_tree: (caller, path) =>
			remove(kernel, caller, path, ({ fileSystem, directory, name }) => fileSystem.removeTree(directory, name)),
		path_rename: (caller, from, to, replace) => rename(kernel, caller, { from, to, replace }),
		path_copy: (caller, from, to) => copy(kernel, caller, from, to),
		path_set_times: (caller, path, time) =>
			changeInode(kernel, caller, path, (fileSystem, inode) => fileSystem.setModifiedTime(inode, time)),
		path_set_attributes(caller, path, attributes) {
			if ((attributes & ~allAttributes) !== 0) throw new OsError('EINVAL', 'attributes');
			changeInode(kernel, caller, path, (fileSystem, inode) => fileSystem.setAttributes(inode, attributes));
		},
	};
}

function resolve({ process }: Caller, path: string): string {
	return resolvePath(process.start.workingDirectory, path);
}

/** The slot of a path whose name is to be made, changed or taken away. */
function writableSlot(kernel: Kernel, caller: Caller, path: string): Slot {
	const slot = kernel.mounts.findSlot(resolve(caller, path));
	if (slot.fileSystem.readOnly) throw new OsError('EROFS', slot.path);
	return slot;
}

function requireNameFree({ fileSystem, directory, name, path }: Slot): void {
	if (fileSystem.find(directory, name) !== undefined) throw new OsError('EEXIST', path);
}

interface WriteRequest {
	readonly path: string;
	readonly bytes: Uint8Array;
	readonly mode: CreateMode;
}

function writeWhole(kernel: Kernel, caller: Caller, request: WriteRequest): void {
	if (request.mode === 'append') throw new OsError('EINVAL', 'mode');
	const slot = writableSlot(kernel, caller, request.path);
	const { fileSystem, directory, name, path } = slot;
	const existing = fileSystem.find(directory, name);
	if (existing === undefined && request.mode === 'open') throw new OsError('ENOENT', path);
	if (existing !== undefined && request.mode === 'create-new') throw new OsError('EEXIST', path);
	if (existing === undefined) {
		const inode = caller.changes.make(fileSystem, () => fileSystem.create(directory, name, 'file'));
		if (request.bytes.length > 0) caller.changes.make(fileSystem, () => fileSystem.write(inode, 0, request.bytes));
		caller.changes.report('created', path);
	} else {
		replaceContent(caller, { fileSystem, inode: existing, path }, request.bytes);
		caller.changes.report('changed', path);
	}
}

/** A failure between the two steps undoes the group, so there is never a mixture. */
function replaceContent({ changes }: Caller, { fileSystem, inode, path }: Place, bytes: Uint8Array): void {
	const stat = fileSystem.stat(inode);
	if (stat.kind === 'directory') throw new OsError('EISDIR', path);
	if ((stat.attributes & attributeBits.readOnly) !== 0) throw new OsError('EACCES', path);
	if (bytes.length > 0) changes.make(fileSystem, () => fileSystem.write(inode, 0, bytes));
	// Also for an equal size: an empty content replaced by an empty one is still a change of time.
	if (stat.size > bytes.length || bytes.length === 0)
		changes.make(fileSystem, () => fileSystem.truncate(inode, bytes.length));
}

function makeDirectory(kernel: Kernel, caller: Caller, path: string): void {
	if (resolve(caller, path) === '/') throw new OsError('EEXIST', '/');
	const slot = writableSlot(kernel, caller, path);
	requireNameFree(slot);
	const { fileSystem, directory, name } = slot;
	caller.changes.make(fileSystem, () => fileSystem.create(directory, name, 'directory'));
	caller.changes.report('created', slot.path);
}

function remove(kernel: Kernel, caller: Caller, path: string, step: (slot: Slot) => void): void {
	const slot = writableSlot(kernel, caller, path);
	const { fileSystem, directory, name } = slot;
	if (fileSystem.find(directory, name) === undefined) throw new OsError('ENOENT', slot.path);
	kernel.mounts.requireUncovered(slot.path);
	caller.changes.make(fileSystem, () => step(slot));
	caller.changes.whenLost(kernel.openFiles.remove(slot.path));
	caller.changes.report('removed', slot.path);
}

interface RenameRequest {
	readonly from: string;
	readonly to: string;
	readonly replace: boolean;
}

function rename(kernel: Kernel, caller: Caller, request: RenameRequest): void {
	const from = writableSlot(kernel, caller, request.from);
	const to = writableSlot(kernel, caller, request.to);
	const { fileSystem } = from;
	if (fileSystem.find(from.directory, from.name) === undefined) throw new OsError('ENOENT', from.path);
	kernel.mounts.requireUncovered(from.path);
	kernel.mounts.requireUncovered(to.path);
	if (fileSystem !== to.fileSystem) throw new OsError('EXDEV', to.path);
	if (from.path === to.path) return;
	if (isWithin(to.path, from.path)) throw new OsError('EINVAL', 'a folder cannot be moved into itself');
	requireReplaceable(to, request.replace);
	const replaced = fileSystem.find(to.directory, to.name) !== undefined;
	caller.changes.make(fileSystem, () => fileSystem.rename(from, to, request.replace));
	if (replaced) {
		caller.changes.whenLost(kernel.openFiles.remove(to.path));
		caller.changes.report('removed', to.path);
	}
	caller.changes.whenLost(kernel.openFiles.rename(from.path, to.path));
	caller.changes.report('removed', from.path);
	caller.changes.report('created', to.path);
}

/** A read-only file keeps its content: nothing is renamed over it. */
function requireReplaceable({ fileSystem, directory, name, path }: Slot, replace: boolean): void {
	const existing = fileSystem.find(directory, name);
	if (existing === undefined) return;
	if (!replace) throw new OsError('EEXIST', path);
	const { kind, attributes } = fileSystem.stat(existing);
	if (kind === 'file' && (attributes & attributeBits.readOnly) !== 0) throw new OsError('EACCES', path);
}

function copy(kernel: Kernel, caller: Caller, from: string, to: string): void {
	const source = kernel.mounts.find(resolve(caller, from));
	if (source.fileSystem.stat(source.inode).kind === 'directory') throw new OsError('EISDIR', source.path);
	const slot = writableSlot(kernel, caller, to);
	requireNameFree(slot);
	const { fileSystem, directory, name } = slot;
	if (fileSystem === source.fileSystem)
		caller.changes.make(fileSystem, () => fileSystem.copy(source.inode, directory, name));
	else copyAcross(caller, source, slot);
	caller.changes.report('created', slot.path);
}

function copyAcross({ changes }: Caller, source: Place, { fileSystem, directory, name }: Slot): void {
	const { size, modifiedTime } = source.fileSystem.stat(source.inode);
	const inode = changes.make(fileSystem, () => fileSystem.create(directory, name, 'file'));
	const step = new Uint8Array(Math.min(copyStep, size));
	for (let offset = 0; offset < size; ) {
		const count = source.fileSystem.read(source.inode, offset, step);
		if (count === 0) break;
		const at = offset;
		changes.make(fileSystem, () => fileSystem.write(inode, at, step.subarray(0, count)));
		offset += count;
	}
	changes.make(fileSystem, () => fileSystem.setModifiedTime(inode, modifiedTime));
}

function changeInode(
	kernel: Kernel,
	caller: Caller,
	path: string,
	change: (fileSystem: FileSystem, inode: Inode) => void,
): void {
	const place = kernel.mounts.find(resolve(caller, path));
	if (place.fileSystem.readOnly) throw new OsError('EROFS', place.path);
	caller.changes.make(place.fileSystem, () => change(place.fileSystem, place.inode));
	caller.changes.report('changed', place.path);
}
