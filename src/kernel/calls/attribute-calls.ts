/** The calls about extended attributes: `path_*_extended_attribute`, `handle_*_extended_attribute`. */
import { accessRights } from '#abi/access.ts';
import { OsError } from '#abi/errors.ts';
import { rights } from '#abi/rights.ts';
import { programAttributes } from '#fs/file-system.ts';
import type { Caller } from '../caller.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import { OpenDirectory, OpenNode } from '../open-node.ts';
import type { Place } from '../place.ts';

export type AttributeCalls = Pick<
	CallHandlers,
	| 'path_get_extended_attribute'
	| 'path_set_extended_attribute'
	| 'path_list_extended_attributes'
	| 'path_remove_extended_attribute'
	| 'handle_get_extended_attribute'
	| 'handle_set_extended_attribute'
	| 'handle_list_extended_attributes'
	| 'handle_remove_extended_attribute'
>;

/** As the pages of the calls say. */
const maximumNameLength = 255;
const maximumValueBytes = 65_536;
const maximumAttributes = 128;
const systemAttributes = 'system.';

export function createAttributeCalls(kernel: Kernel): AttributeCalls {
	const find = ({ process }: Caller, path: string, access: 'read' | 'write'): Place => {
		const place = kernel.find({ process }, path);
		const { readExtendedAttributes, writeExtendedAttributes } = accessRights;
		kernel.access.require(process, place, access === 'read' ? readExtendedAttributes : writeExtendedAttributes);
		return place;
	};
	const open = ({ process }: Caller, handle: number): Place => process.handles.getOf(handle, OpenNode).place;
	return {
		path_get_extended_attribute: (caller, path, name) => get(find(caller, path, 'read'), name),
		path_set_extended_attribute: (caller, path, name, value) => set(caller, find(caller, path, 'write'), name, value),
		path_list_extended_attributes: (caller, path) => list(find(caller, path, 'read')),
		path_remove_extended_attribute: (caller, path, name) => remove(caller, find(caller, path, 'write'), name),
		handle_get_extended_attribute: (caller, handle, name) => get(openToRead(caller, handle), name),
		handle_set_extended_attribute: (caller, handle, name, value) => set(caller, open(caller, handle), name, value),
		handle_list_extended_attributes: (caller, handle) => list(openToRead(caller, handle)),
		handle_remove_extended_attribute: (caller, handle, name) => remove(caller, open(caller, handle), name),
	};
}

/** What the handle of a file reads, that of a directory lists. */
function openToRead({ process }: Caller, handle: number): Place {
	const node = process.handles.getOf(handle, OpenNode);
	process.handles.requireRights(handle, node instanceof OpenDirectory ? rights.list : rights.read);
	return node.place;
}

function get({ fileSystem, inode }: Place, name: string): Uint8Array<ArrayBuffer> {
	requireName(name);
	const value = fileSystem.findExtended(inode, name);
	if (value === undefined) throw new OsError('ENODATA', name);
	return value.slice();
}

function list({ fileSystem, inode }: Place): string[] {
	return fileSystem.listExtended(inode).filter((name) => name.startsWith(programAttributes));
}

function set({ changes }: Caller, place: Place, name: string, value: Uint8Array): void {
	const { fileSystem, inode, path, readOnly } = place;
	requireName(name);
	if (readOnly) throw new OsError('EROFS', path);
	if (value.length > maximumValueBytes) throw new OsError('E2BIG', 'the value of an attribute');
	const names = list(place);
	if (names.length >= maximumAttributes && !names.includes(name))
		throw new OsError('E2BIG', 'the number of attributes');
	changes.make(fileSystem, () => fileSystem.setExtended(inode, name, value));
	changes.report('changed', path);
}

function remove({ changes }: Caller, place: Place, name: string): void {
	const { fileSystem, inode, path, readOnly } = place;
	requireName(name);
	if (readOnly) throw new OsError('EROFS', path);
	if (fileSystem.findExtended(inode, name) === undefined) throw new OsError('ENODATA', name);
	changes.make(fileSystem, () => fileSystem.setExtended(inode, name, undefined));
	changes.report('changed', path);
}

function requireName(name: string): void {
	if (name.startsWith(systemAttributes)) throw new OsError('EPERM', name);
	if (!name.startsWith(programAttributes)) throw new OsError('ENOTSUP', name);
	if (name.length === programAttributes.length || name.includes('\0')) throw new OsError('EINVAL', 'name');
	if (name.length > maximumNameLength) throw new OsError('ENAMETOOLONG', name);
}
