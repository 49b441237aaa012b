/** A clock that a test moves. */
import type { Clock } from '#base/ports.ts';

export class ManualClock implements Clock {
	#now = 0;
	#timers: { readonly at: number; readonly callback: () => void }[] = [];

	now(): number {
		return this.#now;
	}

	monotonic(): number {
		return this.#now;
	}

	after(delayMs: number, callback: () => void): () => void {
		const timer = { at: this.#now + delayMs, callback };
		this.#timers.push(timer);
		return () => {
			this.#timers = this.#timers.filter((other) => other !== timer);
		};
	}

	/** Lets time pass; what is due runs in its order. */
	advance(durationMs: number): void {
		const end = this.#now + durationMs;
		for (;;) {
			const due = this.#timers.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
			if (due === undefined) break;
			this.#timers = this.#timers.filter((other) => other !== due);
			this.#now = due.at;
			due.callback();
		}
		this.#now = end;
	}
}
