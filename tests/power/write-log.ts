/**
 * The log of all that reached a disk, in order, as QEMU's `blklogwrites` writes it (the format of Linux's dm-log-writes,
 * Documentation/admin-guide/device-mapper/log-writes.rst). Numbers are little-endian, 64 bits where not said otherwise.
 *
 * | Sector 0 | | | Each entry | |
 * |---|---|---|---|---|
 * | 0 | magic 0x6a736677736872 | | 0 | first sector of the disk |
 * | 8 | version, 1 | | 8 | number of sectors |
 * | 16 | number of entries, as of the last flush | | 16 | flags: 1 flush, 2 reaches the disk at once, 4 discard, 8 mark |
 * | 24 | sector size, 32 bits | | 24 | length of the data of a mark |
 *
 * An entry takes a sector, and the data of a write follow in whole sectors.
 *
 * Rules of use: a *mark* of ours is a write of one sector to `markSector + number`, beyond the file system: it says that
 * so many steps had been acknowledged when everything before it had been handed to the disk.
 */
import { type FileHandle, open } from 'node:fs/promises';

export const sectorSize = 512;
const magic = 0x6a736677736872n;
const flag = { flush: 1n, throughCache: 2n, discard: 4n } as const;

export interface LoggedWrite {
	readonly kind: 'write';
	/** On the disk. */
	readonly sector: number;
	readonly sectors: number;
	/** Where its data stand in the log, in bytes; absent for zeros, which is what a discarded part of this disk reads as. */
	readonly dataAt: number | undefined;
	/** It was on the disk when it was answered, whatever was flushed. */
	readonly isDurable: boolean;
}

export type LogEntry = LoggedWrite | { readonly kind: 'flush' } | { readonly kind: 'mark'; readonly number: number };

export class WriteLog implements AsyncDisposable {
	readonly entries: readonly LogEntry[];
	readonly #file: FileHandle;

	private constructor(file: FileHandle, entries: readonly LogEntry[]) {
		this.#file = file;
		this.entries = entries;
	}

	/** `markSector`: from there on a write is a mark. What a killed recorder left half written at the end is left out. */
	static async open(path: string, markSector: number): Promise<WriteLog> {
		const file = await open(path);
		try {
			return new WriteLog(file, await readEntries(file, markSector));
		} catch (error) {
			await file.close();
			throw error;
		}
	}

	async readData({ dataAt, sectors }: LoggedWrite): Promise<Buffer> {
		const data = Buffer.alloc(sectors * sectorSize);
		if (dataAt !== undefined) await this.#file.read(data, 0, data.length, dataAt);
		return data;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#file.close();
	}
}

async function readEntries(file: FileHandle, markSector: number): Promise<LogEntry[]> {
	const { size } = await file.stat();
	const header = Buffer.alloc(32);
	await file.read(header, 0, header.length, 0);
	if (header.readBigUInt64LE(0) !== magic || header.readBigUInt64LE(8) !== 1n || header.readUInt32LE(24) !== sectorSize)
		throw new Error('This is no log of writes.');
	const entries: LogEntry[] = [];
	for (let at = sectorSize; at + sectorSize <= size; ) {
		await file.read(header, 0, header.length, at);
		const [sector, sectors] = [Number(header.readBigUInt64LE(0)), Number(header.readBigUInt64LE(8))];
		const flags = header.readBigUInt64LE(16);
		const isDiscard = (flags & flag.discard) !== 0n;
		const dataAt = isDiscard ? undefined : at + sectorSize;
		at += sectorSize + (isDiscard ? 0 : sectors * sectorSize);
		if (at > size) break;
		if ((flags & flag.flush) !== 0n) entries.push({ kind: 'flush' });
		if (sectors === 0) continue;
		if (sector >= markSector) entries.push({ kind: 'mark', number: sector - markSector });
		else entries.push({ kind: 'write', sector, sectors, dataAt, isDurable: (flags & flag.throughCache) !== 0n });
	}
	return entries;
}
