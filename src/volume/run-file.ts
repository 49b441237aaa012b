/**
 * A block file whose neighbouring writes are gathered into runs. A browser's OPFS takes some 30 microseconds for a
 * write whatever its size, and SQLite writes page by page.
 *
 * Rules of use:
 * - Written bytes are visible to `read` at once; they are handed to the block file when the run is full, when a
 *   write does not adjoin it, and before every truncation and `sync`. Until `sync`, SQLite counts on nothing.
 * - Reads that follow each other are gathered too, by reading ahead.
 * - A run that could not be written stays, so nothing that SQLite thinks written is lost while the volume is open.
 * - `sync` flushes only when something was written or cut off since the last one: a flush costs more than all else.
 * - When the host has no room, `makeRoom` is asked once to free some; the write is tried again if it did.
 */
import { type BlockFile, BlockFileError } from '#base/ports.ts';

const runCapacity = 1 << 20;
const smallestRun = 1 << 15;
const aheadLength = 1 << 18;

export class RunFile {
	readonly #file: BlockFile;
	readonly #makeRoom: () => boolean;
	#run = new Uint8Array(0);
	#start = 0;
	#length = 0;
	#size: number;
	/** What was read ahead; forgotten as soon as anything is written. */
	#ahead: Uint8Array | undefined;
	#aheadStart = 0;
	#aheadLength = 0;
	#readEnd = -1;
	/** Whether the host holds something that was not flushed. Until the first flush, what an earlier session left. */
	#unflushed = true;

	constructor(file: BlockFile, makeRoom: () => boolean) {
		this.#file = file;
		this.#makeRoom = makeRoom;
		this.#size = file.size();
	}

	get size(): number {
		return this.#size;
	}

	/** Returns how many bytes there were. */
	read(into: Uint8Array, at: number): number {
		const wanted = Math.max(0, Math.min(into.length, this.#size - at));
		const inRun = this.#length > 0 && at < this.#start + this.#length && at + wanted > this.#start;
		if (!inRun) return wanted === 0 ? 0 : this.#readFile(into.subarray(0, wanted), at);
		if (at < this.#start || at + wanted > this.#start + this.#length) {
			into.fill(0, 0, wanted);
			this.#file.read(into.subarray(0, wanted), at);
		}
		this.#copyFromRun(into, at, wanted);
		return wanted;
	}

	write(bytes: Uint8Array, at: number): void {
		if (!this.#adjoins(at, bytes.length)) this.#writeRun();
		this.#size = Math.max(this.#size, at + bytes.length);
		if (bytes.length > runCapacity) {
			this.#attempt(() => this.#file.write(bytes, at));
			return;
		}
		if (this.#length === 0) this.#start = at;
		const offset = at - this.#start;
		this.#ensureRoom(offset + bytes.length).set(bytes, offset);
		this.#length = Math.max(this.#length, offset + bytes.length);
	}

	truncate(size: number): void {
		this.#writeRun();
		this.#aheadLength = 0;
		this.#unflushed = true;
		this.#file.truncate(size);
		this.#size = size;
	}

	/** Forgets what was written at or after `at` and has not been handed to the block file. */
	discard(at: number): void {
		this.#length = Math.max(0, Math.min(this.#length, at - this.#start));
		this.#size = Math.max(this.#file.size(), this.#start + this.#length);
	}

	sync(): void {
		this.#writeRun();
		if (!this.#unflushed) return;
		this.#file.flush();
		this.#unflushed = false;
	}

	close(): void {
		this.#file.close();
	}

	/** Reads that follow each other are served from one larger read. */
	#readFile(into: Uint8Array, at: number): number {
		const followsLast = at === this.#readEnd && into.length <= aheadLength / 2;
		this.#readEnd = at + into.length;
		if (followsLast && !this.#isAhead(at, into.length)) {
			this.#ahead ??= new Uint8Array(aheadLength);
			this.#aheadStart = at;
			this.#aheadLength = this.#file.read(this.#ahead, at);
		}
		if (this.#ahead === undefined || !this.#isAhead(at, into.length)) return this.#file.read(into, at);
		into.set(this.#ahead.subarray(at - this.#aheadStart, at - this.#aheadStart + into.length));
		return into.length;
	}

	#isAhead(at: number, length: number): boolean {
		return at >= this.#aheadStart && at + length <= this.#aheadStart + this.#aheadLength;
	}

	#adjoins(at: number, length: number): boolean {
		if (this.#length === 0) return true;
		const offset = at - this.#start;
		return offset >= 0 && offset <= this.#length && offset + length <= runCapacity;
	}

	#ensureRoom(length: number): Uint8Array {
		if (this.#run.length < length) {
			const grown = new Uint8Array(Math.min(runCapacity, Math.max(length, this.#run.length * 2, smallestRun)));
			grown.set(this.#run.subarray(0, this.#length));
			this.#run = grown;
		}
		return this.#run;
	}

	#copyFromRun(into: Uint8Array, at: number, wanted: number): void {
		const from = Math.max(at, this.#start);
		const to = Math.min(at + wanted, this.#start + this.#length);
		into.set(this.#run.subarray(from - this.#start, to - this.#start), from - at);
	}

	#writeRun(): void {
		if (this.#length === 0) return;
		const run = this.#run.subarray(0, this.#length);
		this.#attempt(() => this.#file.write(run, this.#start));
		this.#length = 0;
	}

	#attempt(write: () => void): void {
		this.#aheadLength = 0;
		this.#unflushed = true;
		try {
			write();
		} catch (error) {
			const full = error instanceof BlockFileError && error.reason === 'full';
			if (!full || !this.#makeRoom()) throw error;
			write();
		}
	}
}
