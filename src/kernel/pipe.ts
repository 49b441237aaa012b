/**
 * A pipe: bytes in order from its writers to its readers.
 *
 * Invariants:
 * - A write is never split among others: its bytes stand together.
 * - A write is accepted while fewer than `pipeCapacity` bytes are waiting, so a pipe holds at most that and one write.
 * - Without a writer, readers get what is left and then an empty result; without a reader, writers get EPIPE.
 */
import { OsError } from '#abi/errors.ts';
import { KernelObject } from './kernel-object.ts';
import type { Wait } from './wait.ts';

export const pipeCapacity = 65_536;

type Bytes = Uint8Array<ArrayBuffer>;

interface BlockedWrite {
	readonly bytes: Bytes;
	readonly wait: Wait<void>;
}

interface BlockedRead {
	readonly maximum: number;
	readonly wait: Wait<Bytes>;
}

export class Pipe {
	readonly reader: PipeReader = new PipeReader(this);
	readonly writer: PipeWriter = new PipeWriter(this);
	/** Accepted bytes, oldest first. */
	#chunks: Bytes[] = [];
	#buffered = 0;
	readonly #blockedWrites = new Set<BlockedWrite>();
	readonly #blockedReads = new Set<BlockedRead>();
	#readerClosed = false;
	#writerClosed = false;

	/** Bytes at once, or `undefined` when the reader has to wait: then call `admitReader`. */
	read(maximum: number): Bytes | undefined {
		if (this.#buffered > 0) {
			const bytes = this.#take(maximum);
			this.#acceptBlocked();
			return bytes;
		}
		return this.#writerClosed || maximum === 0 ? new Uint8Array(0) : undefined;
	}

	admitReader(maximum: number, wait: Wait<Bytes>): void {
		const blocked = { maximum, wait };
		this.#blockedReads.add(blocked);
		wait.whenOver(() => this.#blockedReads.delete(blocked));
	}

	/** Whether the bytes were accepted at once; when not, call `admitWriter`. */
	write(bytes: Bytes): boolean {
		if (this.#readerClosed) throw new OsError('EPIPE');
		if (this.#buffered >= pipeCapacity || this.#blockedWrites.size > 0) return false;
		this.#accept(bytes);
		return true;
	}

	admitWriter(bytes: Bytes, wait: Wait<void>): void {
		const blocked = { bytes, wait };
		this.#blockedWrites.add(blocked);
		wait.whenOver(() => this.#blockedWrites.delete(blocked));
	}

	closeReader(): void {
		this.#readerClosed = true;
		this.#chunks = [];
		this.#buffered = 0;
		for (const { wait } of [...this.#blockedWrites]) wait.reject(new OsError('EPIPE'));
	}

	closeWriter(): void {
		this.#writerClosed = true;
		for (const { wait } of [...this.#blockedReads]) wait.resolve(new Uint8Array(0));
	}

	#accept(bytes: Bytes): void {
		if (bytes.length === 0) return;
		this.#chunks.push(bytes);
		this.#buffered += bytes.length;
		for (const { maximum, wait } of [...this.#blockedReads]) {
			if (this.#buffered === 0) return;
			wait.resolve(this.#take(maximum));
		}
	}

	#acceptBlocked(): void {
		for (const { bytes, wait } of [...this.#blockedWrites]) {
			if (this.#buffered >= pipeCapacity) return;
			wait.resolve();
			this.#accept(bytes);
		}
	}

	/** Up to `maximum` bytes, in memory that nobody else holds. */
	#take(maximum: number): Bytes {
		const first = this.#chunks[0] as Bytes;
		if (first.length === first.buffer.byteLength && this.#chunks.length === 1 && first.length <= maximum) {
			this.#chunks = [];
			this.#buffered = 0;
			return first;
		}
		const taken = new Uint8Array(Math.min(maximum, this.#buffered));
		let done = 0;
		let whole = 0;
		for (const chunk of this.#chunks) {
			const part = chunk.subarray(0, taken.length - done);
			taken.set(part, done);
			done += part.length;
			if (part.length < chunk.length) {
				this.#chunks[whole] = chunk.subarray(part.length);
				break;
			}
			whole++;
		}
		this.#chunks.splice(0, whole);
		this.#buffered -= done;
		return taken;
	}
}

export class PipeReader extends KernelObject {
	readonly pipe: Pipe;

	constructor(pipe: Pipe) {
		super();
		this.pipe = pipe;
	}

	protected override onLastClose(): void {
		this.pipe.closeReader();
	}
}

export class PipeWriter extends KernelObject {
	readonly pipe: Pipe;

	constructor(pipe: Pipe) {
		super();
		this.pipe = pipe;
	}

	protected override onLastClose(): void {
		this.pipe.closeWriter();
	}
}
