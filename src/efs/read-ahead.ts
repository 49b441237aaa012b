/**
 * Opening what will be read next while the reader is busy with what it has: for whoever reads a file from front to back.
 *
 * Rules of use:
 * - One file at a time is read ahead. `drop` before anything of that file changes, or its keys go.
 * - `note` after each read, `take` before a chunk is opened in another way.
 *
 * Invariant: what was opened ahead is handed out once, and only when all of its batch was authentic.
 */
import type { Piece } from './file-cipher.ts';
import { chunkSize } from './header.ts';

/** Neighbouring chunks on their way through the vault. */
export interface Batch {
	readonly first: number;
	/** One a chunk. Where each is opened into is decided when it is finished. */
	readonly pieces: readonly OpenedPiece[];
	finish(): boolean;
}

/** A piece whose place is not known yet. */
export interface OpenedPiece extends Piece {
	into: Uint8Array;
}

/** Where a reader wants a chunk, when it wants all of it. */
export type PlaceOf = (chunk: number) => Uint8Array | undefined;

/** What a piece is opened into until its place is known. */
export const unplaced: Uint8Array = new Uint8Array(chunkSize);
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
	#open: ReadonlyMap<number, Uint8Array> = new Map();

	/**
	 * The content of a chunk that is here; `undefined` when it is not, `false` when it is not authentic. Others of its batch that
	 * have a place are opened there, and noted in `placed`.
	 */
	take(owner: object, chunk: number, placeOf: PlaceOf, placed: Set<number>): Uint8Array | undefined | false {
		if (this.#owner !== owner) return undefined;
		const at = this.#batches.findIndex(({ first, pieces }) => chunk >= first && chunk < first + pieces.length);
		if (at >= 0) {
			abandon(this.#batches.splice(0, at));
			const [batch] = this.#batches.splice(0, 1);
			if (batch !== undefined && !this.#finish(batch, placeOf, placed)) {
				this.drop(owner);
				return false;
			}
		}
		return this.#open.get(chunk);
	}

	#finish(batch: Batch, placeOf: PlaceOf, placed: Set<number>): boolean {
		const opened = new Map<number, Uint8Array>();
		for (const [index, piece] of batch.pieces.entries()) {
			const chunk = batch.first + index;
			const place = placeOf(chunk);
			const content = place ?? new Uint8Array(chunkSize);
			piece.into = content.subarray(0, piece.from.length);
			if (place !== undefined) placed.add(chunk);
			opened.set(chunk, content);
		}
		if (!batch.finish()) return false;
		// What stands where a reader wanted it is the reader's own.
		this.#open = new Map([...opened].filter(([chunk]) => !placed.has(chunk)));
		return true;
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
		abandon(this.#batches);
		this.#batches = [];
		this.#open = new Map();
		this.#owner = undefined;
		this.#expected = -1;
	}
}

/** Nobody wants these: they are opened into what is overwritten at once. */
function abandon(batches: readonly Batch[]): void {
	for (const batch of batches) batch.finish();
	unplaced.fill(0);
}
