/**
 * The database file of the volume: whole pages, each with its checksum in its last eight bytes (SQLite leaves
 * `reservedBytes` at the end of each page alone).
 *
 * Rules of use:
 * - Every page is verified when it is read; a page that does not fit is mended when one flipped bit explains it,
 *   page 1 also from its copy in the superblocks, and is reported as `DamagedBytes` otherwise.
 * - Page 1 is copied to the superblocks whenever it was written, before the file is flushed.
 */
import { BlockFileError } from '#base/ports.ts';
import { checksumLength, mendSingleBit, readChecksum, sameChecksum, sumPage, writeChecksum } from './page-checksum.ts';
import type { RunFile } from './run-file.ts';
import { DamagedBytes, fillWithZeros, type StoredFile, scrubAndTruncate } from './stored-file.ts';

/** Bytes at the end of each page that are ours: 8 unused, then the checksum. */
export const reservedBytes = 16;

/** Keeps a copy of page 1 outside the database file. */
export interface FirstPageMirror {
	store(page: Uint8Array): void;
	load(): Uint8Array | undefined;
}

export interface PageFileCounters {
	mended: number;
	damaged: Set<number>;
}

export class PageFile implements StoredFile {
	readonly #file: RunFile;
	readonly #pageSize: number;
	readonly #mirror: FirstPageMirror;
	readonly #page: Uint8Array;
	readonly #sum = new Uint8Array(checksumLength);
	#firstPage: Uint8Array | undefined;
	/** Pages that were allocated by `extend` and hold nothing yet; the log has them. */
	readonly #unwritten = new Set<number>();
	readonly counters: PageFileCounters = { mended: 0, damaged: new Set() };

	constructor(file: RunFile, pageSize: number, mirror: FirstPageMirror) {
		this.#file = file;
		this.#pageSize = pageSize;
		this.#mirror = mirror;
		this.#page = new Uint8Array(pageSize);
	}

	get size(): number {
		return this.#file.size;
	}

	get pageCount(): number {
		return Math.floor(this.#file.size / this.#pageSize);
	}

	read(into: Uint8Array, at: number): number {
		if (at % this.#pageSize === 0 && into.length === this.#pageSize) return this.#readPage(into, at);
		return this.#readPart(into, at);
	}

	write(bytes: Uint8Array, at: number): void {
		if (bytes.length !== this.#pageSize || at % this.#pageSize !== 0) throw new Error('a write is not a whole page');
		const number = at / this.#pageSize + 1;
		const covered = this.#pageSize - checksumLength;
		writeChecksum(sumPage(bytes, covered, number), this.#sum, 0);
		this.#file.write(bytes, at);
		this.#file.write(this.#sum, at + covered);
		this.counters.damaged.delete(number);
		this.#unwritten.delete(number);
		if (number === 1) this.#keepFirstPage(bytes);
	}

	/** Allocates room up to `size`, or fails and changes nothing. The new bytes are no pages yet. */
	extend(size: number): void {
		const before = this.#file.size;
		try {
			fillWithZeros(this.#file, before, size);
			this.#file.sync();
			for (let at = before; at < size; at += this.#pageSize) this.#unwritten.add(at / this.#pageSize + 1);
		} catch (error) {
			this.#file.discard(before);
			this.#file.truncate(before);
			throw error;
		}
	}

	truncate(size: number): void {
		scrubAndTruncate(this.#file, size);
	}

	sync(): void {
		if (this.#firstPage !== undefined) {
			this.#mirror.store(this.#firstPage);
			this.#firstPage = undefined;
		}
		this.#file.sync();
	}

	close(): void {
		this.#file.sync();
	}

	/** Whether page `number` fits its checksum (after mending, where that is possible). */
	verify(number: number): boolean {
		return this.#unwritten.has(number) || this.readAsStored(number, this.#page);
	}

	/** Reads page `number` as it stands there, mended where that is possible; returns whether it is right. */
	readAsStored(number: number, into: Uint8Array): boolean {
		try {
			return this.#readPage(into, (number - 1) * this.#pageSize) === this.#pageSize;
		} catch (error) {
			if (error instanceof DamagedBytes) return false;
			throw error;
		}
	}

	/** Writes a page in the place of a damaged one, with its checksum, and flushes it. */
	replace(number: number, page: Uint8Array): void {
		this.write(page, (number - 1) * this.#pageSize);
		this.sync();
	}

	#readPart(into: Uint8Array, at: number): number {
		let done = 0;
		while (done < into.length) {
			const offset = (at + done) % this.#pageSize;
			const got = this.#readPage(this.#page, at + done - offset) - offset;
			if (got <= 0) break;
			const count = Math.min(got, into.length - done);
			into.set(this.#page.subarray(offset, offset + count), done);
			done += count;
		}
		return done;
	}

	#readPage(into: Uint8Array, at: number): number {
		const got = this.#file.read(into, at);
		const number = at / this.#pageSize + 1;
		if (got < this.#pageSize) return got;
		const covered = this.#pageSize - checksumLength;
		if (sameChecksum(sumPage(into, covered, number), readChecksum(into, covered))) return got;
		this.#mend(into, number);
		return got;
	}

	#mend(page: Uint8Array, number: number): void {
		const covered = this.#pageSize - checksumLength;
		const expected = readChecksum(page, covered);
		if (!mendSingleBit(page, covered, number, expected) && !this.#mendFromMirror(page, number)) {
			this.counters.damaged.add(number);
			throw new DamagedBytes('the volume', (number - 1) * this.#pageSize);
		}
		this.#heal(page, number);
	}

	#mendFromMirror(page: Uint8Array, number: number): boolean {
		const copy = number === 1 ? this.#mirror.load() : undefined;
		if (copy === undefined) return false;
		page.set(copy);
		return true;
	}

	/** Puts a mended page back in its place. Whatever part of it arrives, the page is no worse than it was. */
	#heal(page: Uint8Array, number: number): void {
		this.counters.mended++;
		const covered = this.#pageSize - checksumLength;
		const healed = page.slice();
		writeChecksum(sumPage(healed, covered, number), healed, covered);
		try {
			this.#file.write(healed, (number - 1) * this.#pageSize);
		} catch (error) {
			// The bytes in hand are right all the same; the next read mends them again.
			if (!(error instanceof BlockFileError)) throw error;
		}
	}

	#keepFirstPage(bytes: Uint8Array): void {
		this.#firstPage ??= new Uint8Array(this.#pageSize);
		this.#firstPage.set(bytes);
		this.#firstPage.set(this.#sum, this.#pageSize - checksumLength);
	}
}
