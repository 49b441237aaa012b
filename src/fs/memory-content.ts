/**
 * The bytes of one file of a `MemoryFileSystem`: chunks, absent where never written (a hole reads as zero).
 *
 * Rules of use:
 * - What changes the content changes in place only chunks of the running generation; older chunks are replaced by
 *   copies, so that a `snapshot` taken before stays whole. That makes undo and copies cost no more than what changes.
 *
 * Invariant: a chunk may be shorter than its part of the file; the rest of it is zero.
 */
import type { ByteRange } from './file-system.ts';
import { chunkSize, storedLength } from './stored-length.ts';

interface Chunk {
	bytes: Uint8Array;
	/** The generation that may write in place; any other has to copy first. */
	generation: number;
}

export interface ContentSnapshot {
	readonly size: number;
	readonly storedBytes: number;
	readonly chunks: ReadonlyMap<number, Chunk>;
}

export class MemoryContent {
	#size = 0;
	#storedBytes = 0;
	#chunks = new Map<number, Chunk>();

	get size(): number {
		return this.#size;
	}

	/** Bytes held in memory. */
	get storedBytes(): number {
		return this.#storedBytes;
	}

	snapshot(): ContentSnapshot {
		return { size: this.#size, storedBytes: this.#storedBytes, chunks: new Map(this.#chunks) };
	}

	restore(snapshot: ContentSnapshot): void {
		this.#size = snapshot.size;
		this.#storedBytes = snapshot.storedBytes;
		this.#chunks = new Map(snapshot.chunks);
	}

	read(offset: number, into: Uint8Array): number {
		const length = Math.max(0, Math.min(into.length, this.#size - offset));
		forEachPart(offset, length, ({ index, start, end, at }) => {
			const stored = this.#chunks.get(index)?.bytes.subarray(start, end);
			if (stored !== undefined) into.set(stored, at);
			into.fill(0, at + (stored?.length ?? 0), at + end - start);
		});
		return length;
	}

	write(offset: number, bytes: Uint8Array, generation: number): void {
		forEachPart(offset, bytes.length, ({ index, start, end, at }) => {
			const length = Math.max(end, this.#usedOf(index));
			const chunk = this.#ownChunk(index, length, generation, end - start === chunkSize);
			chunk.set(end - start === bytes.length ? bytes : bytes.subarray(at, at + end - start), start);
		});
		if (bytes.length > 0) this.#size = Math.max(this.#size, offset + bytes.length);
	}

	/** Cuts the content or lengthens it with zeros. */
	resize(size: number, generation: number): void {
		if (size < this.#size) this.#zero(size, this.#size, generation);
		this.#size = size;
	}

	/** Stores zeros in the holes of a part, which may end beyond the content. */
	allocate(offset: number, length: number, generation: number): void {
		forEachPart(offset, length, ({ index, end }) => this.#ownChunk(index, end, generation));
		this.#size = Math.max(this.#size, offset + length);
	}

	/** Makes a part a hole; the size stays. */
	clear(offset: number, length: number, generation: number): void {
		this.#zero(offset, Math.min(this.#size, offset + length), generation);
	}

	findData(offset: number): ByteRange | undefined {
		let first = Number.POSITIVE_INFINITY;
		for (const index of this.#chunks.keys()) if ((index + 1) * chunkSize > offset && index < first) first = index;
		if (first * chunkSize >= this.#size || offset >= this.#size) return undefined;
		let after = first + 1;
		while (this.#chunks.has(after)) after++;
		return { start: Math.max(offset, first * chunkSize), end: Math.min(this.#size, after * chunkSize) };
	}

	/** Bytes of a chunk that are in the file. */
	#usedOf(index: number): number {
		return Math.max(0, Math.min(chunkSize, this.#size - index * chunkSize));
	}

	/** Removes the chunks of which nothing else is used, and zeros the part in the others. */
	#zero(from: number, to: number, generation: number): void {
		const last = Math.ceil(to / chunkSize);
		const isWhole = (index: number): boolean =>
			from <= index * chunkSize && to >= index * chunkSize + this.#usedOf(index);
		for (const index of this.#indicesBetween(Math.floor(from / chunkSize), last)) {
			const chunk = this.#chunks.get(index) as Chunk;
			const start = Math.max(0, from - index * chunkSize);
			if (isWhole(index)) {
				this.#storedBytes -= chunk.bytes.length;
				this.#chunks.delete(index);
			} else if (start < chunk.bytes.length)
				this.#ownChunk(index, 0, generation).fill(0, start, Math.max(start, to - index * chunkSize));
		}
	}

	/** Chunks that there are, of a range that may be far larger. */
	#indicesBetween(first: number, after: number): number[] {
		return [...this.#chunks.keys()].filter((index) => index >= first && index < after);
	}

	/** A chunk that may be changed in place and has room for `length` bytes. */
	#ownChunk(index: number, length: number, generation: number, isOverwritten = false): Uint8Array {
		const chunk = this.#chunks.get(index);
		const stored = chunk?.bytes.length ?? 0;
		if (chunk?.generation === generation && stored >= length) return chunk.bytes;
		const bytes = new Uint8Array(stored >= length ? stored : storedLength(length));
		if (chunk !== undefined && !isOverwritten) bytes.set(chunk.bytes);
		this.#chunks.set(index, { bytes, generation });
		this.#storedBytes += bytes.length - stored;
		return bytes;
	}
}

interface Part {
	readonly index: number;
	/** Place in the chunk. */
	readonly start: number;
	readonly end: number;
	/** Place in what is read or written. */
	readonly at: number;
}

function forEachPart(offset: number, length: number, use: (part: Part) => void): void {
	for (let at = 0; at < length; ) {
		const index = Math.floor((offset + at) / chunkSize);
		const start = (offset + at) % chunkSize;
		const end = Math.min(chunkSize, start + length - at);
		use({ index, start, end, at });
		at += end - start;
	}
}
