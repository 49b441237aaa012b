/** The calls about open files: `file_*`. */
import { OsError } from '#abi/errors.ts';
import { rights } from '#abi/rights.ts';
import type { CreateMode, Stat } from '#abi/structures.generated.ts';
import { maximumFileSize, type NodeStat, toMilliseconds } from '#fs/file-system.ts';
import type { Caller } from '../caller.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import { OpenFile, OpenNode } from '../open-node.ts';
import type { Slot } from '../place.ts';
import { makeFile } from './name-operations.ts';
import { openPlace } from './open-place.ts';

export type FileCalls = Pick<
	CallHandlers,
	| 'file_open'
	| 'file_read'
	| 'file_write'
	| 'file_truncate'
	| 'file_stat'
	| 'file_append'
	| 'file_fill'
	| 'file_flush'
	| 'file_sync'
	| 'file_allocate'
	| 'file_clear'
	| 'file_find_data'
>;

/** Most bytes that one read returns: what the contract's type `bytes` allows. */
export const maximumRead = 64 * 1024 * 1024;
const maximumDeviceRead = 1024 * 1024;
/** It is stored at once, and nobody else is served meanwhile. */
const maximumAllocation = 64 * 1024 * 1024;
const fileRights = rights.read | rights.write;

export function createFileCalls(kernel: Kernel): FileCalls {
	return {
		file_open: (caller, path, mode, wanted) => openFile(kernel, caller, { path, mode, wanted }),
		file_read({ process }, handle, offset, length) {
			const file = getFile(process, handle);
			kernel.leases.settle(file.fileSystem, file.inode);
			return readFile(file, offset, length);
		},
		file_write(caller, handle, offset, bytes) {
			const file = getFile(caller.process, handle);
			requireFileSize(offset + bytes.length);
			writeFile(kernel, caller, file, { offset, bytes });
		},
		file_append(caller, handle, bytes) {
			const file = getFile(caller.process, handle);
			kernel.leases.settle(file.fileSystem, file.inode);
			const { size } = file.fileSystem.stat(file.inode);
			requireFileSize(size + bytes.length);
			writeFile(kernel, caller, file, { offset: size, bytes });
			return size + bytes.length;
		},
		file_fill: ({ process }, handle, page, frames) =>
			kernel.leases.fill(process.handles.getOf(handle, OpenFile), process.leaseMemory, page, frames),
		file_flush({ process, changes }, handle) {
			const file = process.handles.getOf(handle, OpenFile);
			kernel.leases.flush(file);
			changes.dependOn(file.fileSystem);
		},
		file_truncate(caller, handle, size) {
			const file = getFile(caller.process, handle);
			requireFileSize(size);
			if (file.fileSystem.kindOf(file.inode) === 'device') throw new OsError('EINVAL', 'a device has no size');
			changeFile(kernel, caller, file, () => file.fileSystem.truncate(file.inode, size));
		},
		file_allocate(caller, handle, offset, length) {
			if (length === 0) throw new OsError('EINVAL', 'length');
			allocate(kernel, caller, getFile(caller.process, handle), { offset, length });
		},
		file_clear(caller, handle, offset, length) {
			if (length === 0) throw new OsError('EINVAL', 'length');
			const file = requireKept(getFile(caller.process, handle));
			changeFile(kernel, caller, file, () => file.fileSystem.clear(file.inode, offset, length));
		},
		file_find_data({ process }, handle, offset) {
			const { fileSystem, inode } = requireKept(getFile(process, handle));
			kernel.leases.settle(fileSystem, inode);
			const found = fileSystem.findData(inode, offset);
			return found === undefined ? [] : [{ offset: found.start, length: found.end - found.start }];
		},
		file_sync({ process, changes }, handle) {
			const node = process.handles.getOf(handle, OpenNode);
			if (node instanceof OpenFile) kernel.leases.flush(node);
			changes.dependOn(node.fileSystem);
		},
		file_stat({ process }, handle) {
			const file = process.handles.getOf(handle, OpenFile);
			kernel.leases.settle(file.fileSystem, file.inode);
			return statOf(file.fileSystem.stat(file.inode));
		},
	};
}

/** As the calls tell it whose times are milliseconds. */
export function statOf(stat: NodeStat): Stat {
	const { inode, kind, size, links, attributes } = stat;
	return {
		inode,
		kind,
		size,
		links,
		attributes,
		modifiedTime: toMilliseconds(stat.modifiedTime),
		changedTime: toMilliseconds(stat.changedTime),
		createdTime: toMilliseconds(stat.createdTime),
	};
}

/** The open file behind a handle; ESPIPE when it is something else. */
function getFile(process: Caller['process'], handle: number): OpenFile {
	const object = process.handles.get(handle);
	if (!(object instanceof OpenFile)) throw new OsError('ESPIPE', `handle ${handle}`);
	return object;
}

export function requireFileSize(size: number): void {
	if (size > maximumFileSize) throw new OsError('EFBIG');
}

/** Reads into memory of its own, no larger than what there is. */
export function readFile(
	file: Pick<OpenFile, 'fileSystem' | 'inode'>,
	offset: number,
	length: number,
): Uint8Array<ArrayBuffer> {
	const { kind, size } = file.fileSystem.stat(file.inode);
	// What a device gives has no end that could be known.
	const available = kind === 'device' ? Math.min(length, maximumDeviceRead) : size - offset;
	const bytes = new Uint8Array(Math.max(0, Math.min(length, maximumRead, available)));
	const count = file.fileSystem.read(file.inode, offset, bytes);
	return count === bytes.length ? bytes : bytes.slice(0, count);
}

export function writeFile(
	kernel: Kernel,
	{ changes }: Caller,
	file: OpenFile,
	{ offset, bytes }: { offset: number; bytes: Uint8Array },
): void {
	requireNotReadOnly(file);
	if (bytes.length === 0) return;
	kernel.leases.change(file, () =>
		changes.make(file.fileSystem, () => file.fileSystem.write(file.inode, offset, bytes)),
	);
	changes.report('changed', file.path);
}

function requireNotReadOnly({ readOnly, path }: Pick<OpenFile, 'readOnly' | 'path'>): void {
	if (readOnly) throw new OsError('EROFS', path);
}

/** ENOTSUP for what has no content that is kept. */
function requireKept(file: OpenFile): OpenFile {
	if (file.fileSystem.kindOf(file.inode) !== 'file') throw new OsError('ENOTSUP', 'a device');
	return file;
}

function changeFile(kernel: Kernel, { changes }: Caller, file: OpenFile, change: () => void): void {
	requireNotReadOnly(file);
	kernel.leases.change(file, () => changes.make(file.fileSystem, change));
	changes.report('changed', file.path);
}

/** Room that is there already is not asked for again. */
function allocate(
	kernel: Kernel,
	caller: Caller,
	file: OpenFile,
	{ offset, length }: { offset: number; length: number },
): void {
	requireFileSize(offset + length);
	requireNotReadOnly(file);
	if (length > maximumAllocation) throw new OsError('ENOTSUP', 'more than 64 MiB at once');
	const { fileSystem, inode } = requireKept(file);
	changeFile(kernel, caller, file, () => fileSystem.allocate(inode, offset, length));
}

interface OpenRequest {
	readonly path: string;
	readonly mode: CreateMode;
	readonly wanted: number;
}

function openFile(kernel: Kernel, caller: Caller, request: OpenRequest): number {
	const { path, mode, wanted } = request;
	if (wanted === 0 || (wanted & ~fileRights) !== 0) throw new OsError('EINVAL', 'rights');
	const writes = (wanted & rights.write) !== 0;
	if (!writes && (mode === 'replace' || mode === 'append')) throw new OsError('EINVAL', 'rights');
	caller.process.handles.requireRoom();
	const { place, slot } = kernel.walk(caller, path, mode !== 'create-new');
	if (place !== undefined && mode === 'create-new') throw new OsError('EEXIST', path);
	const found = place ?? (mode === 'open' ? undefined : makeFile(kernel, caller, slot as Slot));
	if (found === undefined) throw new OsError('ENOENT', path);
	if (found.fileSystem.kindOf(found.inode) === 'directory') throw new OsError('EISDIR', path);
	const isNew = place === undefined;
	const options = { rights: wanted, empty: mode === 'replace', append: mode === 'append', isNew };
	return openPlace(kernel, caller, found, options).handle;
}
