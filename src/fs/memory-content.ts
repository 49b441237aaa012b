/**
 * The bytes of one file of a `MemoryFileSystem`: fixed chunks, absent where never written (a hole reads as zero).
 *
 * Rules of use:
 * - `write` and `resize` change in place only chunks of the running generation; older chunks are replaced by
 *   copies, so that a `snapshot` taken before stays whole. That makes undo and copies cost no more than what changes.
 */

const chunkSize = 65_536;

interface Chunk {
	bytes: Uint8Array;
	/** The generation that may write in place; any other has to copy first. */
	generation: number;
}

export interface ContentSnapshot {
	readonly size: number;
	readonly chunks: ReadonlyMap<number, Chunk>;
}

export class MemoryContent {
	#size = 0;
	#chunks = new Map<number, Chunk>();

	get size(): number {
		return this.#size;
	}

	/** Bytes held in memory. */
	get storedBytes(): number {
		return this.#chunks.size * chunkSize;
	}

	snapshot(): ContentSnapshot {
		return { size: this.#size, chunks: new Map(this.#chunks) };
	}

	restore(snapshot: ContentSnapshot): void {
		this.#size = snapshot.size;
		this.#chunks = new Map(snapshot.chunks);
	}

	read(offset: number, into: Uint8Array): number {
		const length = Math.max(0, Math.min(into.length, this.#size - offset));
		for (let done = 0; done < length; ) {
			const index = Math.floor((offset + done) / chunkSize);
			const start = (offset + done) % chunkSize;
			const step = Math.min(chunkSize - start, length - done);
			const chunk = this.#chunks.get(index);
			if (chunk === undefined) into.fill(0, done, done + step);
			else into.set(chunk.bytes.subarray(start, start + step), done);
			done += step;
		}
		return length;
	}

	write(offset: number, bytes: Uint8Array, generation: number): void {
		for (let done = 0; done < bytes.length; ) {
			const index = Math.floor((offset + done) / chunkSize);
			const start = (offset + done) % chunkSize;
			const step = Math.min(chunkSize - start, bytes.length - done);
			this.#ownChunk(index, generation, step === chunkSize).set(bytes.subarray(done, done + step), start);
			done += step;
		}
		if (bytes.length > 0) this.#size = Math.max(this.#size, offset + bytes.length);
	}

	/** Cuts the content or lengthens it with zeros. */
	resize(size: number, generation: number): void {
		if (size < this.#size) {
			const kept = Math.ceil(size / chunkSize);
			for (const index of [...this.#chunks.keys()]) if (index >= kept) this.#chunks.delete(index);
			const rest = size % chunkSize;
			if (rest > 0 && this.#chunks.has(kept - 1)) this.#ownChunk(kept - 1, generation, false).fill(0, rest);
		}
		this.#size = size;
	}

	#ownChunk(index: number, generation: number, overwritten: boolean): Uint8Array {
		const chunk = this.#chunks.get(index);
		if (chunk?.generation === generation) return chunk.bytes;
		const bytes = chunk === undefined || overwritten ? new Uint8Array(chunkSize) : chunk.bytes.slice();
		this.#chunks.set(index, { bytes, generation });
		return bytes;
	}
}
