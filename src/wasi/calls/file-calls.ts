/** Reading, writing and the position: `fd_read`, `fd_write`, `fd_pread`, `fd_pwrite`, `fd_seek`, `fd_tell`. */
import { OsError } from '#abi/errors.ts';
import { type Descriptor, NullStream, SharedDescriptor } from '../descriptors.ts';
import type { Guest } from '../guest.ts';
import { errno, WasiError, wasiRights, whence } from '../wasi-numbers.ts';

type Part = Uint8Array<ArrayBuffer>;

/** A guest may be given less than it asked for; it asks again. */
const maximumTransfer = 255 * 1024;
/** Writes to a pipe without readers that a program is forgiven. */
const patientWrites = 16;
const largestOffset = BigInt(Number.MAX_SAFE_INTEGER);
const origins = ['start', 'position', 'end'] as const;

export function createFileCalls(guest: Guest) {
	const { memory, descriptors, meter } = guest;
	const telling = (field: 'bytesRead' | 'bytesWritten', result: number, length: number): void => {
		meter.meter.add(field, length);
		memory.setU32(result, length);
	};
	const vectors = (place: number, count: number): Part[] => memory.vectors(place, count);
	return {
		fd_read(fd: number, place: number, count: number, result: number) {
			const descriptor = readable(descriptors.get(fd));
			telling('bytesRead', result, read(guest, descriptor, vectors(place, count), undefined));
		},
		fd_pread(fd: number, place: number, count: number, offset: bigint, result: number) {
			const descriptor = seekable(readable(descriptors.get(fd)));
			telling('bytesRead', result, read(guest, descriptor, vectors(place, count), offsetOf(offset)));
		},
		fd_write(fd: number, place: number, count: number, result: number) {
			const descriptor = writable(descriptors.get(fd));
			telling('bytesWritten', result, writeStream(guest, descriptor, gather(vectors(place, count))));
		},
		fd_pwrite(fd: number, place: number, count: number, offset: bigint, result: number) {
			const descriptor = seekable(writable(descriptors.get(fd)));
			telling('bytesWritten', result, write(guest, descriptor, gather(vectors(place, count)), offsetOf(offset)));
		},
		fd_seek(fd: number, offset: bigint, origin: number, result: number) {
			const descriptor = seekable(descriptors.get(fd));
			descriptor.require(
				offset === 0n && origin === whence.current ? wasiRights.fdTell : wasiRights.fdSeek | wasiRights.fdTell,
			);
			memory.setU64(result, BigInt(seek(guest, descriptor, offset, origin)));
		},
		fd_tell(fd: number, result: number) {
			const descriptor = seekable(descriptors.get(fd));
			descriptor.require(wasiRights.fdTell);
			memory.setU64(result, BigInt(seek(guest, descriptor, 0n, whence.current)));
		},
	};
}

function readable(descriptor: Descriptor): Descriptor {
	descriptor.requireFile().require(wasiRights.fdRead);
	return descriptor;
}

function writable(descriptor: Descriptor): Descriptor {
	descriptor.requireFile().require(wasiRights.fdWrite);
	return descriptor;
}

function seekable(descriptor: Descriptor): Descriptor {
	if (descriptor.kind === 'directory') throw new WasiError(errno.badf);
	if (descriptor.kind !== 'file') throw new WasiError(errno.spipe);
	return descriptor;
}

function offsetOf(offset: bigint): number {
	if (offset > largestOffset) throw new WasiError(errno.inval);
	return Number(offset);
}

/** Reads at `offset`, or at the position, which moves on. */
function read({ system }: Guest, descriptor: Descriptor, parts: readonly Part[], offset: number | undefined): number {
	const wanted = Math.min(
		maximumTransfer,
		parts.reduce((sum, part) => sum + part.length, 0),
	);
	if (wanted === 0 || descriptor instanceof NullStream) return 0;
	if (descriptor.pipe !== undefined) return descriptor.pipe.read(parts.find((part) => part.length > 0) as Part);
	if (isStream(descriptor) && offset === undefined) return scatter(system.streamRead(descriptor.handle, wanted), parts);
	const at = offset ?? descriptor.position;
	const length = readKept(descriptor, parts, at) ?? scatter(system.fileRead(descriptor.handle, at, wanted), parts);
	if (offset === undefined) descriptor.position = at + length;
	return length;
}

/** Whether the system keeps the position, if there is one: what was handed over, devices and terminals. */
function isStream(descriptor: Descriptor): boolean {
	return descriptor instanceof SharedDescriptor || descriptor.kind !== 'file';
}

/** Reads from the pages that the process keeps; `undefined`: the kernel has to. */
function readKept({ kept }: Descriptor, parts: readonly Part[], offset: number): number | undefined {
	if (kept === undefined) return undefined;
	let done = 0;
	for (const part of parts) {
		const length = kept.read(offset + done, part);
		if (length === undefined) return undefined;
		done += length;
		if (length < part.length) break;
	}
	return done;
}

function write({ system }: Guest, descriptor: Descriptor, bytes: Part, offset: number | undefined): number {
	if (descriptor instanceof NullStream) return bytes.length;
	if (descriptor.pipe !== undefined) descriptor.pipe.write(bytes);
	else if (descriptor.appends && descriptor.kind === 'file') {
		const end = system.fileAppend(descriptor.handle, bytes);
		descriptor.kept?.forget();
		if (offset === undefined) descriptor.position = end;
	} else if (isStream(descriptor) && offset === undefined) system.streamWrite(descriptor.handle, bytes);
	else {
		const at = offset ?? descriptor.position;
		if (descriptor.kept?.write(at, bytes) !== true) {
			system.fileWrite(descriptor.handle, at, bytes);
			descriptor.kept?.forget();
		}
		if (offset === undefined) descriptor.position = at + bytes.length;
	}
	return bytes.length;
}

/**
 * Writes at the position. Preview 1 has no SIGPIPE: a program is told EPIPE, as one that ignores the signal. One that
 * does not listen to that either, and writes on and on, is ended as the signal would have done.
 */
function writeStream(guest: Guest, descriptor: Descriptor, bytes: Part): number {
	try {
		return write(guest, descriptor, bytes, undefined);
	} catch (error) {
		if (error instanceof OsError && error.code === 'EPIPE' && ++descriptor.brokenWrites > patientWrites)
			guest.system.processKill(guest.start.pid, 'pipe');
		throw error;
	}
}

function seek({ system }: Guest, descriptor: Descriptor, offset: bigint, origin: number): number {
	const from = origins[origin];
	if (from === undefined) throw new WasiError(errno.inval);
	if (descriptor instanceof SharedDescriptor) return system.streamSeek(descriptor.handle, Number(offset), from);
	const base =
		from === 'start'
			? 0
			: from === 'position'
				? descriptor.position
				: (descriptor.kept?.knownSize ?? system.handleStatus(descriptor.handle).size);
	const position = base + Number(offset);
	if (position < 0 || !Number.isSafeInteger(position)) throw new WasiError(errno.inval);
	descriptor.position = position;
	return position;
}

function scatter(bytes: Part, parts: readonly Part[]): number {
	let done = 0;
	for (const part of parts) {
		if (done === bytes.length) break;
		const piece = bytes.subarray(done, done + part.length);
		part.set(piece);
		done += piece.length;
	}
	return bytes.length;
}

/** One run of bytes, as far as one transfer goes. */
function gather(parts: readonly Part[]): Part {
	const [first] = parts;
	if (parts.length === 1 && first !== undefined) return first.subarray(0, maximumTransfer);
	const length = Math.min(
		maximumTransfer,
		parts.reduce((sum, part) => sum + part.length, 0),
	);
	const bytes = new Uint8Array(length);
	for (let done = 0, index = 0; done < length; index++) {
		const part = (parts[index] as Part).subarray(0, length - done);
		bytes.set(part, done);
		done += part.length;
	}
	return bytes;
}
