/**
 * System calls of a process that waits for each: the thread stands still until the kernel has answered.
 *
 * Rules of use: in a Worker of its own only. Byte arrays of a result are valid until the next call.
 */
import { CallMemory, callWords } from '#abi/call-memory.ts';
import { errorName, OsError } from '#abi/errors.ts';
import { callLayouts } from '#abi/layouts.generated.ts';
import { ByteReader, ByteWriter, codecOf } from '#abi/value-codec.ts';
import type { WaitingMeter } from './waiting-meter.ts';
import type { WaitingTransport } from './waiting-system-calls.generated.ts';

/** About twenty microseconds. */
const watchLooks = 4000;
const mostPatience = 8;
const leastPatience = 4;
const callsBetweenTries = 32;

export class MemoryTransport implements WaitingTransport {
	readonly #memory: CallMemory;
	readonly #wait: WaitingMeter['wait'];
	readonly #writer = new ByteWriter();
	/** Results are copied here: text cannot be decoded from shared memory, and a process may not see one change. */
	#result = new Uint8Array(4096);

	/** How often watching for the reply has paid off lately. */
	#patience = mostPatience;
	#unwatched = 0;

	/** `wait` is `Atomics.wait`, or does more (`waiting-meter.ts`). */
	constructor(buffer: SharedArrayBuffer, wait: WaitingMeter['wait']) {
		this.#wait = wait;
		this.#memory = new CallMemory(buffer);
	}

	call(number: number, callArguments: readonly unknown[]): unknown {
		const layout = callLayouts[number];
		if (layout === undefined) throw new OsError('ENOSYS', String(number));
		const [types, resultType] = layout;
		const writer = this.#writer;
		writer.clear();
		for (const [index, type] of types.entries()) codecOf(type).write(writer, callArguments[index]);
		this.#send(number, writer.bytes);
		const { words } = this.#memory;
		const errno = words[callWords.error] as number;
		const reader = new ByteReader(this.#receive(words[callWords.length] as number));
		if (errno !== 0) throw new OsError(errorName(errno), reader.text());
		return codecOf(resultType).read(reader);
	}

	#send(number: number, bytes: Uint8Array): void {
		const { words, area } = this.#memory;
		words[callWords.length] = bytes.length;
		words[callWords.call] = number;
		for (let sent = 0; ; ) {
			area.set(bytes.subarray(sent, sent + area.length));
			sent += area.length;
			this.#ask();
			if (sent >= bytes.length) return;
			words[callWords.call] = 0;
		}
	}

	#receive(length: number): Uint8Array<ArrayBuffer> {
		const { words, area } = this.#memory;
		if (this.#result.length < length) this.#result = new Uint8Array(length);
		for (let received = 0; ; ) {
			const part = Math.min(area.length, length - received);
			this.#result.set(area.subarray(0, part), received);
			received += part;
			if (received >= length) return this.#result.subarray(0, length);
			words[callWords.call] = 0;
			this.#ask();
		}
	}

	#ask(): void {
		const { words } = this.#memory;
		const request = Atomics.add(words, callWords.request, 1) + 1;
		Atomics.notify(words, callWords.request);
		if (this.#watch(request)) return;
		for (let reply = Atomics.load(words, callWords.reply); reply !== request; ) {
			this.#wait(words, callWords.reply, reply);
			reply = Atomics.load(words, callWords.reply);
		}
	}

	/**
	 * Looks for the reply for a moment: to fall asleep and be woken takes longer than most calls. Where replies come later
	 * than that, because many processes ask at once, it looks seldom.
	 */
	#watch(request: number): boolean {
		if (this.#patience < leastPatience && ++this.#unwatched % callsBetweenTries !== 0) return false;
		const { words } = this.#memory;
		for (let look = 0; look < watchLooks; look++) {
			if (Atomics.load(words, callWords.reply) !== request) continue;
			this.#patience = Math.min(mostPatience, this.#patience + 1);
			return true;
		}
		this.#patience = Math.max(0, this.#patience - 1);
		return false;
	}
}
