/** What a descriptor is: `fd_fdstat_*`, `fd_filestat_*`, `fd_prestat_*`, `fd_close`, `fd_renumber`, `fd_advise`, `fd_sync`. */
import type { NodeStatus } from '#abi/structures.generated.ts';
import type { Descriptor } from '../descriptors.ts';
import type { Guest } from '../guest.ts';
import type { GuestMemory } from '../guest-memory.ts';
import { advice, errno, fdFlags, fileType, timeFlags, WasiError, wasiRights } from '../wasi-numbers.ts';

const fdstatSize = 24;
const filestatSize = 64;
const allFdFlags = fdFlags.append | fdFlags.dsync | fdFlags.nonblock | fdFlags.rsync | fdFlags.sync;
const fileTypes = {
	file: fileType.regularFile,
	directory: fileType.directory,
	link: fileType.symbolicLink,
	device: fileType.characterDevice,
} as const;

export function createDescriptorCalls(guest: Guest) {
	const { system, memory, descriptors } = guest;
	return {
		fd_close: (fd: number) => descriptors.close(fd),
		fd_renumber: (from: number, to: number) => descriptors.renumber(from, to),
		fd_fdstat_get: (fd: number, result: number) => putFdstat(memory, result, descriptors.get(fd)),
		fd_fdstat_set_flags(fd: number, flags: number) {
			const descriptor = descriptors.get(fd);
			if ((flags & ~allFdFlags) !== 0) throw new WasiError(errno.inval);
			descriptor.require(wasiRights.fdFdstatSetFlags);
			descriptor.flags = flags;
		},
		fd_fdstat_set_rights(fd: number, base: bigint, inheriting: bigint) {
			const descriptor = descriptors.get(fd);
			if ((base & ~descriptor.base) !== 0n || (inheriting & ~descriptor.inheriting) !== 0n)
				throw new WasiError(errno.notcapable);
			descriptor.base = base;
			descriptor.inheriting = inheriting;
		},
		fd_filestat_get(fd: number, result: number) {
			const descriptor = descriptors.get(fd);
			if (descriptor.kept?.copyStatus(memory.bytes(result, filestatSize)) === true) return;
			putFilestat(memory, result, statusOf(guest, descriptor));
		},
		fd_filestat_set_size(fd: number, size: bigint) {
			const descriptor = descriptors.get(fd).requireFile();
			descriptor.require(wasiRights.fdFilestatSetSize);
			system.fileTruncate(descriptor.handle, Number(size));
			descriptor.kept?.forget();
		},
		fd_filestat_set_times(fd: number, accessed: bigint, modified: bigint, flags: number) {
			const descriptor = descriptors.get(fd);
			const times = newTimes(guest, { accessed, modified, flags });
			descriptor.require(wasiRights.fdFilestatSetTimes);
			system.handleSetTimes(descriptor.handle, times.accessed, times.modified);
		},
		fd_allocate(fd: number, offset: bigint, length: bigint) {
			const descriptor = descriptors.get(fd).requireFile();
			descriptor.require(wasiRights.fdAllocate);
			system.fileAllocate(descriptor.handle, Number(offset), Number(length));
			descriptor.kept?.forget();
		},
		fd_advise(fd: number, offset: bigint, length: bigint, kind: number) {
			const descriptor = descriptors.get(fd).requireFile();
			if (kind > advice.highest || offset + length >= 2n ** 63n) throw new WasiError(errno.inval);
			if (descriptor.kind !== 'file') throw new WasiError(errno.spipe);
		},
		fd_sync: (fd: number) => sync(guest, descriptors.get(fd)),
		fd_datasync: (fd: number) => sync(guest, descriptors.get(fd)),
		fd_prestat_get(fd: number, result: number) {
			const { preopen } = descriptors.get(fd);
			if (preopen === undefined) throw new WasiError(errno.badf);
			memory.setU32(result, 0);
			memory.setU32((result >>> 0) + 4, new TextEncoder().encode(preopen).length);
		},
		fd_prestat_dir_name(fd: number, place: number, length: number) {
			const { preopen } = descriptors.get(fd);
			if (preopen === undefined) throw new WasiError(errno.badf);
			if (new TextEncoder().encode(preopen).length > length >>> 0) throw new WasiError(errno.nametoolong);
			memory.setTextPart(place, preopen, length);
		},
	};
}

function sync({ system }: Guest, { kind, handle }: Descriptor): void {
	if (kind === 'file' || kind === 'directory') system.fileSync(handle);
	else throw new WasiError(errno.inval);
}

function putFdstat(memory: GuestMemory, place: number, descriptor: Descriptor): void {
	const bytes = memory.bytes(place, fdstatSize);
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	view.setUint8(0, descriptor.fileType);
	view.setUint16(2, descriptor.flags, true);
	view.setBigUint64(8, descriptor.base, true);
	view.setBigUint64(16, descriptor.inheriting, true);
}

/** A pipe or terminal has no inode: all but its sort is zero. */
function statusOf({ system }: Guest, { kind, handle, fileType: type }: Descriptor): NodeStatus | number {
	return kind === 'file' || kind === 'directory' || kind === 'device' ? system.handleStatus(handle) : type;
}

export function putFilestat(memory: GuestMemory, place: number, status: NodeStatus | number): void {
	const bytes = memory.bytes(place, filestatSize).fill(0);
	if (typeof status === 'number') {
		bytes[16] = status;
		return;
	}
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	view.setBigUint64(0, BigInt(status.device), true);
	view.setBigUint64(8, BigInt(status.inode), true);
	view.setUint8(16, fileTypes[status.kind]);
	view.setBigUint64(24, BigInt(status.links), true);
	view.setBigUint64(32, BigInt(status.size), true);
	view.setBigUint64(40, status.accessedTime, true);
	view.setBigUint64(48, status.modifiedTime, true);
	view.setBigUint64(56, status.changedTime, true);
}

interface TimesRequest {
	readonly accessed: bigint;
	readonly modified: bigint;
	readonly flags: number;
}

/** The times that a call sets; EINVAL when a time is both given and now. */
export function newTimes({ host }: Guest, request: TimesRequest): { accessed?: bigint; modified?: bigint } {
	const { flags } = request;
	const choose = (given: number, now: number, time: bigint): bigint | undefined => {
		if ((flags & given) !== 0 && (flags & now) !== 0) throw new WasiError(errno.inval);
		return (flags & given) !== 0 ? time : (flags & now) !== 0 ? host.realtime() : undefined;
	};
	if (flags > 15) throw new WasiError(errno.inval);
	const accessed = choose(timeFlags.accessed, timeFlags.accessedNow, request.accessed);
	const modified = choose(timeFlags.modified, timeFlags.modifiedNow, request.modified);
	return { ...(accessed === undefined ? {} : { accessed }), ...(modified === undefined ? {} : { modified }) };
}
