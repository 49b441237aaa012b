/**
 * SQLite's write-ahead log. Its frames carry SQLite's own checksums, but SQLite verifies them only in recovery;
 * here each page in it is remembered by its checksum when it is written or recovered, and verified on every read.
 *
 * Layout (sqlite.org/fileformat2.html, section 4): a header of 32 bytes, then frames of 24 bytes and a page.
 *
 * Rules of use:
 * - The file may be longer than the log: `prepare` adds zeros, in idle moments, for frames to come. A flush of frames that
 *   lie in the file already costs the host half of one that makes the file longer, because only the latter changes the
 *   host's own tables.
 * - An emptied log keeps that room; its zeros are no header, so the next opening finds an empty log.
 */
import { mendSingleBit, type PageChecksum, sameChecksum, sumPage } from './page-checksum.ts';
import type { RunFile } from './run-file.ts';
import { DamagedBytes, fillWithZeros, type StoredFile, scrub } from './stored-file.ts';

const headerLength = 32;
const frameHeaderLength = 24;

export class LogFile implements StoredFile {
	readonly #file: RunFile;
	readonly #pageSize: number;
	readonly #keptRoom: number;
	/** Where the log ends; the file may be longer. */
	#size: number;
	/** By the offset of the page in the file. */
	readonly #sums = new Map<number, PageChecksum>();
	/** Where the frames of the last successful commit end. */
	#committedEnd: number;
	/** Bytes that may not have been moved into the database yet. */
	pending = 0;

	/** `keptRoom` bytes of file are prepared and kept. */
	constructor(file: RunFile, pageSize: number, keptRoom: number) {
		this.#file = file;
		this.#pageSize = pageSize;
		this.#keptRoom = keptRoom;
		this.#size = hasHeader(file) ? file.size : 0;
		this.pending = this.#size;
		this.#committedEnd = this.#size;
	}

	get size(): number {
		return this.#size;
	}

	/** Whether all the room that is kept is there. */
	get prepared(): boolean {
		return this.#file.size >= this.#keptRoom;
	}

	/** Adds up to `bytes` of the room that is kept. Throws when the host has none; then nothing is added. */
	prepare(bytes: number): void {
		const before = this.#file.size;
		try {
			fillWithZeros(this.#file, before, Math.min(this.#keptRoom, before + bytes));
			this.#file.sync();
		} catch (error) {
			this.#file.discard(before);
			this.#file.truncate(before);
			throw error;
		}
	}

	read(into: Uint8Array, at: number): number {
		const wanted = Math.max(0, Math.min(into.length, this.#size - at));
		const got = this.#file.read(into.subarray(0, wanted), at);
		if (into.length === this.#pageSize) this.#verify(into, got, at);
		else if (got === frameHeaderLength + this.#pageSize) {
			// Recovery reads whole frames and verifies them itself.
			this.#remember(into.subarray(frameHeaderLength), at + frameHeaderLength);
		}
		return got;
	}

	write(bytes: Uint8Array, at: number): void {
		if (at === 0 && bytes.length === headerLength) {
			this.#sums.clear();
			this.pending = 0;
			this.#committedEnd = headerLength;
		}
		this.#file.write(bytes, at);
		this.#size = Math.max(this.#size, at + bytes.length);
		this.pending = Math.max(this.pending, at + bytes.length);
		if (bytes.length === this.#pageSize) this.#remember(bytes, at);
	}

	truncate(size: number): void {
		scrub(this.#file, size, this.#size);
		const kept = Math.max(size, this.#keptRoom);
		if (this.#file.size > kept) this.#file.truncate(kept);
		this.#file.sync();
		this.#size = Math.min(this.#size, size);
		this.pending = Math.min(this.pending, size);
		this.#committedEnd = Math.min(this.#committedEnd, size);
	}

	sync(): void {
		this.#file.sync();
		// SQLite flushes the log when it commits, so all that stands there now is committed.
		this.#committedEnd = Math.max(this.#committedEnd, this.pending);
	}

	close(): void {
		this.sync();
	}

	/**
	 * A commit has failed: frames of it that reached the disk must not be found by a later recovery. SQLite writes the
	 * next ones over them; until then their chain is broken at the first.
	 */
	dropTail(): void {
		this.#file.discard(this.#committedEnd);
		this.#size = Math.min(this.#size, this.#file.size);
		this.pending = Math.min(this.pending, this.#committedEnd);
		if (this.#file.size <= this.#committedEnd) return;
		this.#file.write(new Uint8Array(frameHeaderLength), this.#committedEnd);
		this.#file.sync();
	}

	#remember(page: Uint8Array, at: number): void {
		this.#sums.set(at, sumPage(page, this.#pageSize, at));
	}

	#verify(page: Uint8Array, got: number, at: number): void {
		const expected = this.#sums.get(at);
		if (got === this.#pageSize && expected !== undefined) {
			if (sameChecksum(sumPage(page, this.#pageSize, at), expected)) return;
			if (mendSingleBit(page, this.#pageSize, at, expected)) return;
		}
		throw new DamagedBytes('the log', at);
	}
}

/** Whether the file begins with a log, not with the zeros of an emptied one. */
function hasHeader(file: RunFile): boolean {
	const header = new Uint8Array(headerLength);
	return file.read(header, 0) === headerLength && header.some((byte) => byte !== 0);
}
