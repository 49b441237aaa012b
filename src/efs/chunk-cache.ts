/**
 * Decrypted chunks that will be wanted again, the least recently used go first.
 *
 * Invariant: at most `limit` chunks are here, each `chunkSize` bytes long with zeros after the end of the file.
 */
import type { Inode } from '#fs/file-system.ts';

/** More than the chunks of the largest file. */
const chunksPerFile = 2 ** 26;

export class ChunkCache {
	readonly #limit: number;
	readonly #chunks = new Map<number, Uint8Array>();

	constructor(limit: number) {
		this.#limit = limit;
	}

	find(inode: Inode, chunk: number): Uint8Array | undefined {
		const key = inode * chunksPerFile + chunk;
		const bytes = this.#chunks.get(key);
		if (bytes === undefined) return undefined;
		this.#chunks.delete(key);
		this.#chunks.set(key, bytes);
		return bytes;
	}

	add(inode: Inode, chunk: number, bytes: Uint8Array): void {
		const key = inode * chunksPerFile + chunk;
		this.#chunks.delete(key);
		this.#chunks.set(key, bytes);
		if (this.#chunks.size <= this.#limit) return;
		for (const [oldest, old] of this.#chunks) {
			old.fill(0);
			this.#chunks.delete(oldest);
			return;
		}
	}

	/** The caller has it now. */
	take(inode: Inode, chunk: number): Uint8Array | undefined {
		const key = inode * chunksPerFile + chunk;
		const bytes = this.#chunks.get(key);
		this.#chunks.delete(key);
		return bytes;
	}

	/** Forgets the chunks of a file from `first` to before `end`. */
	drop(inode: Inode, first = 0, end: number = chunksPerFile): void {
		const [from, to] = [inode * chunksPerFile + first, inode * chunksPerFile + end];
		for (const [key, bytes] of this.#chunks) {
			if (key < from || key >= to) continue;
			bytes.fill(0);
			this.#chunks.delete(key);
		}
	}
}
