/**
 * The connection of a process that waits for each call: requests and replies in memory that both share (`CallMemory`).
 *
 * Rules of use:
 * - One request is under way at a time. `signal` cannot reach such a process: it never listens.
 * - `CallTurns` says when the next request is taken.
 *
 * Invariants:
 * - The kernel never waits for the process: it is told by `Atomics.waitAsync`.
 * - What the process wrote is copied before it is looked at, and refused when it makes no sense.
 * - A stopped process is answered when it goes on, and begins no call that it can answer itself: so it stands still from
 *   its next call on.
 */
import { CallMemory, callWords, maximumMessageBytes } from '#abi/call-memory.ts';
import { errorTable, OsError } from '#abi/errors.ts';
import { callLayouts } from '#abi/layouts.generated.ts';
import { ByteReader, ByteWriter, codecOf } from '#abi/value-codec.ts';
import type { Asking, CallTurns } from './call-turns.ts';
import type { ProcessConnection } from './process-connection.ts';

export class MemoryConnection implements ProcessConnection, Asking {
	readonly handlesSignals = false;
	readonly #memory: CallMemory;
	readonly #turns: CallTurns;
	readonly #writer = new ByteWriter();
	#listener: (request: unknown) => void = () => undefined;
	/** The last request that was taken. */
	#taken = 0;
	#call = 0;
	/** Arguments of which parts are still to come. */
	#arriving: { bytes: Uint8Array<ArrayBuffer>; readonly length: number; filled: number } | undefined;
	/** What is left of a result that did not fit in one part. */
	#leaving: Uint8Array | undefined;
	#busy = false;
	/** Whether a wait for the next request is under way. */
	#sleeping = false;
	#stopped = false;
	/** The answer that a stopped process gets when it goes on. */
	#held: (() => void) | undefined;
	#closed = false;

	constructor(buffer: SharedArrayBuffer, turns: CallTurns) {
		this.#memory = new CallMemory(buffer);
		this.#turns = turns;
	}

	onRequest(listener: (request: unknown) => void): void {
		this.#listener = listener;
		this.#turns.wake(this);
	}

	take(): boolean {
		if (!this.#listens || Atomics.load(this.#memory.words, callWords.request) === this.#taken) return false;
		this.#take();
		return true;
	}

	sleep(): boolean {
		if (!this.#listens || this.#sleeping) return true;
		const next = Atomics.waitAsync(this.#memory.words, callWords.request, this.#taken);
		if (!next.async) return false;
		this.#sleeping = true;
		void next.value.then(() => {
			this.#sleeping = false;
			this.#turns.wake(this);
		});
		return true;
	}

	reply(id: number, errno: number, value: unknown): void {
		if (this.#closed || !this.#busy) return;
		if (this.#stopped) {
			this.#held = () => this.reply(id, errno, value);
			return;
		}
		this.#busy = false;
		const { words } = this.#memory;
		words[callWords.error] = errno;
		this.#writer.clear();
		const type = errno === 0 ? (callLayouts[this.#call]?.[1] ?? 'void') : 'string';
		codecOf(type).write(this.#writer, value);
		const { bytes } = this.#writer;
		words[callWords.length] = bytes.length;
		this.#putPart(bytes);
		this.#turns.wake(this);
	}

	signal(): void {
		// Its process is ended by the kernel instead (`handlesSignals`).
	}

	setStopped(stopped: boolean): void {
		this.#stopped = stopped;
		const { words } = this.#memory;
		Atomics.store(words, callWords.pause, stopped ? 1 : 0);
		Atomics.notify(words, callWords.pause);
		if (stopped) return;
		const held = this.#held;
		this.#held = undefined;
		if (held === undefined) this.#turns.wake(this);
		else held();
	}

	close(): void {
		this.#stopped = false;
		// Who still waits is let go: a Worker that is used again has to come back from its last call.
		if (this.#busy) this.reply(0, errorTable.ECANCELED.number, 'the process has ended');
		this.#closed = true;
		this.#turns.forget(this);
		// Wakes the wait, which then sees that it is over.
		Atomics.add(this.#memory.words, callWords.request, 1);
		Atomics.notify(this.#memory.words, callWords.request);
	}

	/** Whether a request would be taken. */
	get #listens(): boolean {
		return !this.#closed && !this.#busy && !this.#stopped;
	}

	/** Takes the request that is there, or a part of one. */
	#take(): void {
		const { words } = this.#memory;
		this.#taken = Atomics.load(words, callWords.request);
		const call = words[callWords.call] as number;
		if (call === 0) this.#takePart();
		else this.#begin(call, words[callWords.length] as number);
	}

	#begin(call: number, length: number): void {
		this.#call = call;
		this.#leaving = undefined;
		this.#arriving = undefined;
		this.#busy = true;
		if (length < 0 || length > maximumMessageBytes) {
			this.#refuse(new OsError('EPROTO', 'the message is too long'));
			return;
		}
		// Memory for a long message is taken as it comes: who only announces one costs nothing.
		this.#arriving = { bytes: new Uint8Array(Math.min(length, this.#memory.area.length)), length, filled: 0 };
		this.#takeArrived();
	}

	#takePart(): void {
		if (this.#arriving !== undefined) this.#takeArrived();
		else if (this.#leaving !== undefined) this.#putPart(this.#leaving);
		else this.#answer();
	}

	#takeArrived(): void {
		const arriving = this.#arriving;
		if (arriving === undefined) return;
		const { area } = this.#memory;
		const part = Math.min(area.length, arriving.length - arriving.filled);
		if (arriving.bytes.length < arriving.filled + part) arriving.bytes = enlarged(arriving.bytes, arriving.length);
		arriving.bytes.set(area.subarray(0, part), arriving.filled);
		arriving.filled += part;
		this.#busy = arriving.filled === arriving.length;
		if (this.#busy) this.#deliver(arriving.bytes);
		else this.#answer();
	}

	#deliver(bytes: Uint8Array<ArrayBuffer>): void {
		this.#arriving = undefined;
		const layout = callLayouts[this.#call];
		let values: unknown[] = [];
		try {
			const reader = new ByteReader(bytes);
			values = layout?.[0].map((type) => codecOf(type).read(reader)) ?? [];
		} catch (error) {
			if (!(error instanceof OsError)) throw error;
			this.#refuse(error);
			return;
		}
		this.#listener([this.#taken, this.#call, ...values]);
	}

	#refuse(error: OsError): void {
		this.reply(0, error.number, error.detail);
	}

	/** Puts the next part of a result there; the process asks for the rest. */
	#putPart(bytes: Uint8Array): void {
		const { area } = this.#memory;
		const part = bytes.subarray(0, area.length);
		area.set(part);
		this.#leaving = bytes.length > part.length ? bytes.slice(part.length) : undefined;
		this.#answer();
	}

	#answer(): void {
		const { words } = this.#memory;
		Atomics.store(words, callWords.reply, this.#taken);
		Atomics.notify(words, callWords.reply);
	}
}

/** Twice as much memory, up to `limit`, with the same beginning. */
function enlarged(bytes: Uint8Array<ArrayBuffer>, limit: number): Uint8Array<ArrayBuffer> {
	const larger = new Uint8Array(Math.min(limit, bytes.length * 2));
	larger.set(bytes);
	return larger;
}
