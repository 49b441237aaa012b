/**
 * What can be done to a name in a directory: make, remove, move. The calls by path and those by a directory's handle
 * come here once they know the slot.
 *
 * Rules of use: the slot was found by the caller's own walk, and the handle, if any, carries the right. Whether the caller
 * may do it is asked here.
 */
import { accessRights } from '#abi/access.ts';
import { attributeBits } from '#abi/attributes.ts';
import { OsError } from '#abi/errors.ts';
import { isWithin } from '#base/path.ts';
import type { Inode } from '#fs/file-system.ts';
import type { Caller } from '../caller.ts';
import type { Kernel } from '../kernel.ts';
import type { Place, Slot } from '../place.ts';

/** EEXIST, EROFS unless a new name can be made here. */
export function requireNewName({ inode, readOnly, path, name }: Slot): void {
	if (inode !== undefined) throw new OsError('EEXIST', path ?? name);
	if (readOnly) throw new OsError('EROFS', path ?? name);
}

export function makeFile(kernel: Kernel, { process, changes }: Caller, slot: Slot): Place {
	requireNewName(slot);
	kernel.access.requireMaking(process, slot, 'file');
	// A name that says it is a folder cannot be a file's.
	if (slot.mustBeDirectory) throw new OsError('EISDIR', slot.path ?? slot.name);
	const { fileSystem, directory, name, path, readOnly } = slot;
	const descriptor = kernel.access.inherit(process, slot, 'file');
	const inode = changes.make(fileSystem, () => fileSystem.create(directory, name, 'file', descriptor));
	changes.report('created', path);
	return { fileSystem, inode, path, readOnly };
}

export function makeDirectory(kernel: Kernel, { process, changes }: Caller, slot: Slot): void {
	requireNewName(slot);
	kernel.access.requireMaking(process, slot, 'directory');
	const { fileSystem, directory, name, path } = slot;
	const descriptor = kernel.access.inherit(process, slot, 'directory');
	changes.make(fileSystem, () => fileSystem.create(directory, name, 'directory', descriptor));
	changes.report('created', path);
}

export function makeLink(kernel: Kernel, { process, changes }: Caller, slot: Slot, target: string): void {
	requireNewName(slot);
	kernel.access.requireMaking(process, slot, 'file');
	if (slot.mustBeDirectory) throw new OsError('ENOENT', slot.path ?? slot.name);
	const { fileSystem, directory, name, path } = slot;
	const descriptor = kernel.access.inherit(process, slot, 'file');
	changes.make(fileSystem, () => fileSystem.createLink(directory, name, target, descriptor));
	changes.report('created', path);
}

/** A second name for what `place` is; who may do what with it stays as it is, because that stands by the file. */
export function addName(kernel: Kernel, { process, changes }: Caller, place: Place, slot: Slot): void {
	if (place.fileSystem.kindOf(place.inode) === 'directory') throw new OsError('EPERM', 'a folder has one name');
	// By a second name elsewhere it could be changed.
	if (place.readOnly) throw new OsError('EROFS', place.path ?? slot.name);
	requireNewName(slot);
	kernel.access.requireMaking(process, slot, 'file');
	// Else anybody could keep what its owner has deleted.
	kernel.access.require(process, place, accessRights.writeAttributes);
	if (slot.mustBeDirectory) throw new OsError('ENOENT', slot.path ?? slot.name);
	const { fileSystem, directory, name, path } = slot;
	if (fileSystem !== place.fileSystem) throw new OsError('EXDEV', path ?? name);
	changes.make(fileSystem, () => fileSystem.link(place.inode, directory, name));
	kernel.leases.refresh(fileSystem, place.inode);
	changes.report('created', path);
}

/** `erase`: as `removeTree`, and nothing is kept. */
export type Removal = 'unlink' | 'removeDirectory' | 'removeTree' | 'erase';

export function removeName(kernel: Kernel, caller: Caller, slot: Slot, removal: Removal): void {
	const { fileSystem, directory, name, path, readOnly } = slot;
	const inode = requireInode(slot);
	if (readOnly) throw new OsError('EROFS', path ?? name);
	if (removal === 'unlink' && slot.mustBeDirectory && fileSystem.kindOf(inode) !== 'directory')
		throw new OsError('ENOTDIR', path ?? name);
	caller.process.namespace.requireUncovered(path);
	if (removal === 'removeTree' || removal === 'erase') kernel.access.requireRemovingTree(caller.process, slot);
	else kernel.access.requireRemoving(caller.process, slot);
	if (removal === 'erase') forgetVersions(caller, slot, inode);
	else kernel.versions.expectChange({ fileSystem, inode, path });
	const method = removal === 'erase' ? 'removeTree' : removal;
	caller.changes.make(fileSystem, () => fileSystem[method](directory, name));
	if (removal === 'unlink') kernel.leases.refresh(fileSystem, inode);
	noteRemoved(kernel, caller, path);
}

/** Of a file with other names they stay: it stays too. */
function forgetVersions({ changes }: Caller, { fileSystem, directory, name }: Slot, inode: Inode): void {
	const { versions } = fileSystem;
	if (versions === undefined) return;
	if (fileSystem.stat(inode).links === 1) changes.make(fileSystem, () => versions.purge(inode));
	changes.make(fileSystem, () => versions.purgeDeleted(directory, name));
}

export function rename(kernel: Kernel, caller: Caller, from: Slot, to: Slot, replace: boolean): void {
	const { fileSystem } = from;
	const inode = requireInode(from);
	if (from.readOnly || to.readOnly) throw new OsError('EROFS', to.path ?? to.name);
	const { namespace } = caller.process;
	namespace.requireUncovered(from.path);
	namespace.requireUncovered(to.path);
	if (fileSystem !== to.fileSystem) throw new OsError('EXDEV', to.path ?? to.name);
	if (from.directory === to.directory && from.name === to.spelling) return;
	const isDirectory = fileSystem.kindOf(inode) === 'directory';
	if ((from.mustBeDirectory || to.mustBeDirectory) && !isDirectory) throw new OsError('ENOTDIR', to.path ?? to.name);
	const target = spelledPath(to);
	if (from.path !== undefined && target !== undefined && isWithin(target, from.path))
		throw new OsError('EINVAL', 'a folder cannot be moved into itself');
	// Its own name in another case, where that is ignored.
	const isRespelled = from.directory === to.directory && from.name === to.name;
	if (!isRespelled) requireReplaceable(to, replace);
	// Two names of one file: both stay, as POSIX has it.
	if (to.inode === inode && !isRespelled) return;
	kernel.access.requireRemoving(caller.process, from);
	kernel.access.requireMaking(caller.process, to, isDirectory ? 'directory' : 'file');
	kernel.access.requireRemoving(caller.process, to);
	const place = { directory: to.directory, name: to.spelling };
	if (to.inode !== undefined && !isRespelled)
		kernel.versions.expectChange({ fileSystem, inode: to.inode, path: to.path });
	caller.changes.make(fileSystem, () => fileSystem.rename(from, place, replace));
	if (to.inode !== undefined && !isRespelled) noteRemoved(kernel, caller, to.path);
	noteMoved(kernel, caller, from.path, target);
}

/** The path of a slot as the caller spells its name. */
function spelledPath({ path, name, spelling }: Slot): string | undefined {
	return path === undefined || name === spelling ? path : path.slice(0, -name.length) + spelling;
}

function noteRemoved(kernel: Kernel, { changes }: Caller, path: string | undefined): void {
	if (path !== undefined) changes.whenLost(kernel.openNodes.remove(path));
	changes.report('removed', path);
}

function noteMoved(kernel: Kernel, { changes }: Caller, from: string | undefined, to: string | undefined): void {
	if (from !== undefined)
		changes.whenLost(to === undefined ? kernel.openNodes.remove(from) : kernel.openNodes.rename(from, to));
	const rename = kernel.watches.nextRename();
	changes.report('removed', from, rename);
	changes.report('created', to, rename);
}

function requireInode({ inode, path, name }: Slot): Inode {
	if (inode === undefined) throw new OsError('ENOENT', path ?? name);
	return inode;
}

/** A read-only file keeps its content: nothing is renamed over it. */
function requireReplaceable({ fileSystem, inode, path, name }: Slot, replace: boolean): void {
	if (inode === undefined) return;
	if (!replace) throw new OsError('EEXIST', path ?? name);
	const { kind, attributes } = fileSystem.stat(inode);
	if (kind === 'file' && (attributes & attributeBits.readOnly) !== 0) throw new OsError('EACCES', path ?? name);
}
