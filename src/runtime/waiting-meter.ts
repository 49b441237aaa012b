/**
 * Keeps the meter of a waiting process (`abi/process-meter.ts`), and obeys it: all that the process waits for goes through
 * here, and each of its calls begins with `enter`.
 *
 * Rules of use: in a Worker of its own only. A share of the processor is kept by waiting at calls; a program that computes
 * without calling is not slowed down.
 */
import { CallMemory, callWords } from '#abi/call-memory.ts';
import { ProcessMeter } from '#abi/process-meter.ts';

/** How far a process may be ahead of its share before it has to wait. */
const graceMs = 10;

export interface MeterParts {
	readonly callMemory: SharedArrayBuffer;
	/** Milliseconds since 1970 that never step back. */
	readonly now: () => number;
	/** Part of one processor that it may use, in percent; `undefined`: all of it. */
	readonly processorPercent: number | undefined;
}

export class WaitingMeter {
	readonly meter: ProcessMeter;
	readonly #words: Int32Array<SharedArrayBuffer>;
	readonly #now: () => number;
	readonly #share: number;

	constructor({ callMemory, now, processorPercent = 100 }: MeterParts) {
		this.#words = new CallMemory(callMemory).words;
		this.meter = new ProcessMeter(callMemory);
		this.#now = now;
		this.#share = Math.max(1, processorPercent) / 100;
		this.meter.set('began', now());
	}

	/** A call of the program begins. */
	enter(): void {
		this.meter.add('calls', 1);
		this.#rest();
		if (this.#share < 1) this.#slowDown();
	}

	/** As `Atomics.wait`; what passes meanwhile is no time of the processor. */
	readonly wait = (words: Int32Array, index: number, value: number, timeoutMs?: number): void => {
		this.#sleep(words, index, value, timeoutMs);
		this.#rest();
	};

	/** Stands still as long as the process is stopped. */
	#rest(): void {
		while (Atomics.load(this.#words, callWords.pause) === 1) this.#sleep(this.#words, callWords.pause, 1);
	}

	#slowDown(): void {
		const now = this.#now();
		const elapsed = now - this.meter.read('began');
		const ahead = this.meter.processorMs(now) - this.#share * elapsed;
		if (ahead > graceMs) this.#sleep(nothing, 0, 0, ahead / this.#share);
	}

	#sleep(words: Int32Array, index: number, value: number, timeoutMs?: number): void {
		const since = this.#now();
		this.meter.set('waitingSince', since);
		Atomics.wait(words, index, value, timeoutMs);
		this.meter.add('waited', this.#now() - since);
		this.meter.set('waitingSince', 0);
	}
}

const nothing = new Int32Array(new SharedArrayBuffer(4));
