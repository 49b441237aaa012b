/**
 * Opening what will be read next while the reader is busy with what it has: for whoever reads a file from front to back.
 *
 * Rules of use:
 * - One file at a time is read ahead. `drop` before anything of that file changes, or its keys go.
 * - `note` after each read, `take` before a chunk is opened in another way.
 *
 * Invariant: what was opened ahead is handed out once, and only when all of its batch was authentic.
 */
import { chunkSize } from './header.ts';

/** Neighbouring chunks on their way through the vault. */
export interface Batch {
	readonly first: number;
	readonly chunks: readonly Uint8Array[];
	finish(): boolean;
}

/** Chunks of a batch, 256 KiB, and batches under way, so that the vault works on one while another is filled. */
export const batchChunks = 4;
const mostBatches = 6;
const fewestBatches = 1;

/** Begins to open chunks; `undefined` when there is nothing there that has to be opened. */
export type BeginBatch = (first: number, count: number) => Batch | undefined;

export class ReadAhead {
	#owner: object | undefined;
	/** Where the next read begins if the reader goes on. */
	#expected = -1;
	#wanted = fewestBatches;
	/** The chunk after the last one that was asked for. */
	#next = 0;
	#batches: Batch[] = [];
	#open: { readonly first: number; readonly chunks: readonly Uint8Array[] } | undefined;

	/** The content of a chunk that is here; `undefined` when it is not, `false` when it is not authentic. */
	take(owner: object, chunk: number): Uint8Array | undefined | false {
		if (this.#owner !== owner) return undefined;
		const batch = this.#batches.findIndex(({ first, chunks }) => chunk >= first && chunk < first + chunks.length);
		if (batch >= 0) {
			for (const skipped of this.#batches.splice(0, batch)) skipped.finish();
			const [found] = this.#batches.splice(0, 1);
			if (found?.finish() !== true) {
				this.drop(owner);
				return false;
			}
			this.#open = found;
		}
		return this.#open?.chunks[chunk - this.#open.first];
	}

	/** A read of a file of `chunkCount` chunks from `start` to `end` (bytes) is over. */
	note(
		owner: object,
		read: { readonly start: number; readonly end: number; readonly chunkCount: number },
		begin: BeginBatch,
	): void {
		if (this.#owner !== owner || read.start !== this.#expected) {
			this.drop(this.#owner);
			this.#owner = owner;
			this.#expected = read.end;
			this.#wanted = fewestBatches;
			this.#next = Math.ceil(read.end / chunkSize);
			return;
		}
		this.#expected = read.end;
		this.#next = Math.max(this.#next, Math.floor(read.end / chunkSize));
		this.#wanted = Math.min(mostBatches, this.#wanted * 2);
		while (this.#batches.length < this.#wanted && this.#next < read.chunkCount) {
			const count = Math.min(batchChunks, read.chunkCount - this.#next);
			const batch = begin(this.#next, count);
			this.#next += count;
			if (batch !== undefined) this.#batches.push(batch);
		}
	}

	/** Forgets what was opened ahead for this owner. */
	drop(owner: object | undefined): void {
		if (owner === undefined || this.#owner !== owner) return;
		for (const batch of this.#batches) batch.finish();
		this.#batches = [];
		this.#open = undefined;
		this.#owner = undefined;
		this.#expected = -1;
	}
}
