/**
 * Random access to the bytes of a file that nobody vouches for, with an end to how much is read.
 *
 * Rules of use:
 * - A parser reads only through `BoundedReader`: a read past the end is a `ParseError`, never fewer bytes in silence.
 * - Every parse has its own reader, so that a hostile file costs at most one budget: reads, bytes, milliseconds.
 * - `ParseError` is the only error that a parser of this room throws for what a file holds. An error of the source itself
 *   (the volume failed) passes through.
 */

export interface ByteSource {
	/** Bytes in the file. */
	readonly size: number;
	/** `length` bytes from byte `at`; fewer only at the end of the file. */
	read(at: number, length: number): Promise<Uint8Array>;
}

export type ParseProblem = 'truncated' | 'invalid' | 'budget';

/** What is wrong with a file, in a sentence that a person can read. */
export class ParseError extends Error {
	readonly problem: ParseProblem;

	constructor(problem: ParseProblem, message: string) {
		super(message);
		this.name = 'ParseError';
		this.problem = problem;
	}
}

export interface Budget {
	readonly reads: number;
	readonly bytes: number;
	readonly milliseconds: number;
}

/**
 * Enough for any honest file. Reads and bytes hold a hostile one; the clock is for a source that hangs: a busy or emulated
 * PC takes more than a second for the first look into an honest file.
 */
export const defaultBudget: Budget = { reads: 4_096, bytes: 64 * 1024 * 1024, milliseconds: 10_000 };

/** Bytes held in memory as a source. */
export class MemorySource implements ByteSource {
	readonly #bytes: Uint8Array;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
	}

	get size(): number {
		return this.#bytes.length;
	}

	read(at: number, length: number): Promise<Uint8Array> {
		return Promise.resolve(this.#bytes.subarray(at, at + length));
	}
}

export class BoundedReader {
	readonly size: number;
	readonly #source: ByteSource;
	readonly #now: () => number;
	readonly #deadline: number;
	#readsLeft: number;
	#bytesLeft: number;

	constructor(source: ByteSource, budget: Budget = defaultBudget, now: () => number = Date.now) {
		this.#source = source;
		this.#now = now;
		this.#deadline = now() + budget.milliseconds;
		this.#readsLeft = budget.reads;
		this.#bytesLeft = budget.bytes;
		this.size = source.size;
	}

	/** Exactly `length` bytes from byte `at`. */
	async bytes(at: number, length: number): Promise<Uint8Array> {
		this.#spend(length);
		if (!Number.isSafeInteger(at) || at < 0 || at + length > this.size) {
			throw new ParseError('truncated', `The file ends before byte ${at + length}.`);
		}
		const bytes = await this.#source.read(at, length);
		if (bytes.length !== length) throw new ParseError('truncated', `The file ends at byte ${at + bytes.length}.`);
		return bytes;
	}

	async view(at: number, length: number): Promise<DataView> {
		const bytes = await this.bytes(at, length);
		return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	}

	/** Up to `length` bytes from byte `at`; empty when `at` is past the end. */
	async available(at: number, length: number): Promise<Uint8Array> {
		if (at >= this.size) return new Uint8Array(0);
		return await this.bytes(at, Math.min(length, this.size - at));
	}

	#spend(length: number): void {
		this.#readsLeft -= 1;
		this.#bytesLeft -= length;
		if (this.#readsLeft < 0 || this.#bytesLeft < 0) {
			throw new ParseError('budget', 'The file asks for more reading than any honest one of its kind.');
		}
		if (this.#now() > this.#deadline) throw new ParseError('budget', 'Looking into the file takes too long.');
	}
}

/** The bytes as Latin-1 text, as identifiers in old formats are stored. */
export function latin1(bytes: Uint8Array): string {
	let text = '';
	for (const byte of bytes) text += String.fromCharCode(byte);
	return text;
}

export function startsWith(bytes: Uint8Array, signature: readonly number[] | string, at = 0): boolean {
	const codes = typeof signature === 'string' ? Array.from(signature, (letter) => letter.charCodeAt(0)) : signature;
	return codes.every((code, index) => bytes[at + index] === code);
}
