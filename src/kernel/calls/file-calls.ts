/** The calls about open files: `file_*`. */
import { attributeBits } from '#abi/attributes.ts';
import { OsError } from '#abi/errors.ts';
import { rights } from '#abi/rights.ts';
import type { CreateMode } from '#abi/structures.generated.ts';
import { resolvePath } from '#base/path.ts';
import { maximumFileSize } from '#fs/file-system.ts';

import type { Caller } from '../caller.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import type { Place } from '../mount-table.ts';
import { OpenFile } from '../open-file.ts';

export type FileCalls = Pick<CallHandlers, 'file_open' | 'file_read' | 'file_write' | 'file_truncate' | 'file_stat'>;

/** Most bytes that one read returns: what the contract's type `bytes` allows. */
export const maximumRead = 64 * 1024 * 1024;
const fileRights = rights.read | rights.write;

export function createFileCalls(kernel: Kernel): FileCalls {
	return {
		file_open: (caller, path, mode, wanted) => openFile(kernel, caller, { path, mode, wanted }),
		file_read: ({ process }, handle, offset, length) => readFile(getFile(process, handle), offset, length),
		file_write(caller, handle, offset, bytes) {
			const file = getFile(caller.process, handle);
			requireFileSize(offset + bytes.length);
			writeFile(caller, file, offset, bytes);
		},
		file_truncate(caller, handle, size) {
			const file = getFile(caller.process, handle);
			requireFileSize(size);
			requireWritable(file);
			caller.changes.make(file.fileSystem, () => file.fileSystem.truncate(file.inode, size));
			if (file.path !== undefined) caller.changes.report('changed', file.path);
		},
		file_stat({ process }, handle) {
			const file = process.handles.getOf(handle, OpenFile);
			return file.fileSystem.stat(file.inode);
		},
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
	const { size } = file.fileSystem.stat(file.inode);
	const bytes = new Uint8Array(Math.max(0, Math.min(length, maximumRead, size - offset)));
	const count = file.fileSystem.read(file.inode, offset, bytes);
	return count === bytes.length ? bytes : bytes.slice(0, count);
}

export function writeFile({ changes }: Caller, file: OpenFile, offset: number, bytes: Uint8Array): void {
	requireWritable(file);
	if (bytes.length === 0) return;
	changes.make(file.fileSystem, () => file.fileSystem.write(file.inode, offset, bytes));
	if (file.path !== undefined) changes.report('changed', file.path);
}

function requireWritable({ fileSystem }: Pick<OpenFile, 'fileSystem'>): void {
	if (fileSystem.readOnly) throw new OsError('EROFS');
}

interface OpenRequest {
	readonly path: string;
	readonly mode: CreateMode;
	readonly wanted: number;
}

function openFile(kernel: Kernel, caller: Caller, request: OpenRequest): number {
	const { mode, wanted } = request;
	if (wanted === 0 || (wanted & ~fileRights) !== 0) throw new OsError('EINVAL', 'rights');
	const writes = (wanted & rights.write) !== 0;
	if (!writes && (mode === 'replace' || mode === 'append')) throw new OsError('EINVAL', 'rights');
	const { handles } = caller.process;
	handles.requireRoom();
	const path = resolvePath(caller.process.start.workingDirectory, request.path);
	const place = mode === 'open' ? kernel.mounts.find(path) : findOrCreate(kernel, caller, path, mode);
	prepare(caller, place, { writes, empty: mode === 'replace' });
	caller.changes.dependOn(place.fileSystem);
	const handle = handles.add(kernel.openFiles.open(place, mode === 'append'), wanted);
	caller.changes.whenLost(() => handles.closeIfOpen(handle));
	return handle;
}

function findOrCreate(kernel: Kernel, { changes }: Caller, path: string, mode: CreateMode): Place {
	if (path === '/') return kernel.mounts.find(path);
	const slot = kernel.mounts.findSlot(path);
	const { fileSystem, directory, name } = slot;
	if (fileSystem.find(directory, name) !== undefined) {
		if (mode === 'create-new') throw new OsError('EEXIST', path);
		return kernel.mounts.find(path);
	}
	if (fileSystem.readOnly) throw new OsError('EROFS', path);
	const inode = changes.make(fileSystem, () => fileSystem.create(directory, name, 'file'));
	changes.report('created', path);
	return { fileSystem, inode, path };
}

/** Checks that the file may be opened so, and empties it when it is to be replaced. */
function prepare({ changes }: Caller, place: Place, options: { writes: boolean; empty: boolean }): void {
	const { fileSystem, inode, path } = place;
	const stat = fileSystem.stat(inode);
	if (stat.kind === 'directory') throw new OsError('EISDIR', path);
	if (!options.writes) return;
	if (fileSystem.readOnly) throw new OsError('EROFS', path);
	if ((stat.attributes & attributeBits.readOnly) !== 0) throw new OsError('EACCES', path);
	if (!options.empty || stat.size === 0) return;
	changes.make(fileSystem, () => fileSystem.truncate(inode, 0));
	changes.report('changed', path);
}
