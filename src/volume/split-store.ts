/**
 * Two views of the files of one volume: `live`, whose writes reach the files, and `session`, which shows them as they were
 * when the store was split, with its own writes over that, in memory. Ending the session, by whatever means, leaves nothing of it.
 *
 * Rules of use:
 * - `splitStore` first, before anything is opened in either view: a volume that is opened in `session` then starts from what
 *   a power cut at that moment would have left, which every volume survives.
 * - Each file is opened once in each view, by a volume each.
 * - `budgetBytes` bounds the memory of all files together; what does not fit is `BlockFileError` 'full'.
 *
 * Invariants:
 * - No write of `session` reaches a file.
 * - No write of `live` is seen by `session`: what it is about to change is copied first. Without room for the copy the write
 *   is refused, and the file is as it was.
 */
import { type BlockFile, BlockFileError, type BlockStore } from '#base/ports.ts';

/** What is copied at a time; a page of the database. */
const blockBytes = 4096;

export interface SplitStore {
	readonly live: BlockStore;
	readonly session: BlockStore;
	/** The session is over: its memory is given back, and nothing is copied for it any more. */
	endSession(): void;
}

/** Opens the files of `names`, which are all that either view has. */
export async function splitStore(
	store: BlockStore,
	names: readonly string[],
	budgetBytes: number,
): Promise<SplitStore> {
	const opened = await Promise.allSettled(names.map((name) => store.open(name)));
	const bases = opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
	const failed = opened.find((result) => result.status === 'rejected');
	if (failed !== undefined) {
		for (const base of bases) base.close();
		throw failed.reason;
	}
	const budget = new Budget(budgetBytes);
	const sessions = new Map(bases.map((base) => [base.name, new SessionFile(base, budget)]));
	const lives = new Map(
		bases.map((base) => [base.name, new LiveFile(base, sessions.get(base.name) as SessionFile)] as const),
	);
	return {
		live: viewOf(lives),
		session: viewOf(sessions),
		endSession: () => {
			for (const session of sessions.values()) session.close();
		},
	};
}

function viewOf(files: ReadonlyMap<string, BlockFile>): BlockStore {
	return {
		open(name) {
			const file = files.get(name);
			return file === undefined
				? Promise.reject(new BlockFileError('failed', `${name} is no file of this volume`))
				: Promise.resolve(file);
		},
		exists: (name) => Promise.resolve(files.has(name)),
	};
}

class Budget {
	#left: number;

	constructor(bytes: number) {
		this.#left = bytes;
	}

	take(file: string): void {
		if (this.#left < blockBytes) throw new BlockFileError('full', `${file}: the memory of this session is full`);
		this.#left -= blockBytes;
	}

	giveBack(blocks: number): void {
		this.#left += blocks * blockBytes;
	}
}

class SessionFile implements BlockFile {
	readonly name: string;
	readonly #base: BlockFile;
	readonly #budget: Budget;
	/** By their number: written by the session, or copied before the live view changed them. Whole, zeros at the end. */
	readonly #blocks = new Map<number, Uint8Array<ArrayBuffer>>();
	#size: number;
	/** What stands before it and in no block is read from the file. */
	#baseEnd: number;
	#isOver = false;

	constructor(base: BlockFile, budget: Budget) {
		this.name = base.name;
		this.#base = base;
		this.#budget = budget;
		this.#size = base.size();
		this.#baseEnd = this.#size;
	}

	size(): number {
		return this.#size;
	}

	read(into: Uint8Array, at: number): number {
		const wanted = Math.max(0, Math.min(into.length, this.#size - at));
		for (let done = 0; done < wanted; ) {
			const number = Math.floor((at + done) / blockBytes);
			const offset = (at + done) % blockBytes;
			const block = this.#blocks.get(number);
			const end = block === undefined ? this.#endOfBase(number, at + wanted) : (number + 1) * blockBytes;
			const part = into.subarray(done, Math.min(wanted, end - at));
			if (block === undefined) this.#readBase(part, at + done);
			else part.set(block.subarray(offset, offset + part.length));
			done += part.length;
		}
		return wanted;
	}

	write(bytes: Uint8Array, at: number): void {
		for (let done = 0; done < bytes.length; ) {
			const number = Math.floor((at + done) / blockBytes);
			const offset = (at + done) % blockBytes;
			const part = bytes.subarray(done, done + blockBytes - offset);
			this.#ensureBlock(number).set(part, offset);
			done += part.length;
			this.#size = Math.max(this.#size, at + done);
		}
	}

	truncate(size: number): void {
		const kept = Math.ceil(size / blockBytes);
		const cut = [...this.#blocks.keys()].filter((number) => number >= kept);
		for (const number of cut) this.#blocks.delete(number);
		this.#budget.giveBack(cut.length);
		this.#blocks.get(kept - 1)?.fill(0, size - (kept - 1) * blockBytes);
		this.#baseEnd = Math.min(this.#baseEnd, size);
		this.#size = size;
	}

	flush(): void {
		// It is to last no longer than the memory that it is in.
	}

	close(): void {
		this.#isOver = true;
		this.#budget.giveBack(this.#blocks.size);
		this.#blocks.clear();
	}

	/** The live view is about to change these bytes of the file. */
	preserve(start: number, end: number): void {
		if (this.#isOver) return;
		const last = Math.min(end, this.#baseEnd);
		for (let number = Math.floor(start / blockBytes); number * blockBytes < last; number++) this.#ensureBlock(number);
	}

	/** Where the blocks end that are read from the file, from `number` on. */
	#endOfBase(number: number, most: number): number {
		let next = number + 1;
		while (next * blockBytes < most && !this.#blocks.has(next)) next++;
		return next * blockBytes;
	}

	#ensureBlock(number: number): Uint8Array {
		const known = this.#blocks.get(number);
		if (known !== undefined) return known;
		this.#budget.take(this.name);
		const block = new Uint8Array(blockBytes);
		this.#readBase(block, number * blockBytes);
		this.#blocks.set(number, block);
		return block;
	}

	/** Zeros where the session never had anything of the file. */
	#readBase(into: Uint8Array, at: number): void {
		const there = Math.max(0, Math.min(into.length, this.#baseEnd - at));
		const got = there === 0 ? 0 : this.#base.read(into.subarray(0, there), at);
		into.fill(0, got);
	}
}

class LiveFile implements BlockFile {
	readonly name: string;
	readonly #base: BlockFile;
	readonly #session: SessionFile;

	constructor(base: BlockFile, session: SessionFile) {
		this.name = base.name;
		this.#base = base;
		this.#session = session;
	}

	size(): number {
		return this.#base.size();
	}

	read(into: Uint8Array, at: number): number {
		return this.#base.read(into, at);
	}

	write(bytes: Uint8Array, at: number): void {
		this.#session.preserve(at, at + bytes.length);
		this.#base.write(bytes, at);
	}

	truncate(size: number): void {
		this.#session.preserve(size, this.#base.size());
		this.#base.truncate(size);
	}

	flush(): void {
		this.#base.flush();
	}

	close(): void {
		this.#base.close();
	}
}
