/**
 * Finds out whether the system works: what a person needs has stood on the screen for a whole minute.
 *
 * Rules of use: `noteStart` when a page begins, which ends the minute that was running; `noteReady` when a person can
 * begin. `onHealthy` is called once.
 */
import { setTimeout as wait } from 'node:timers/promises';

export const healthyAfterMs = 60_000;

export class HealthyMinute {
	readonly #onHealthy: () => Promise<void>;
	readonly #afterMs: number;
	#minute: AbortController | undefined;
	#isOver = false;

	constructor(onHealthy: () => Promise<void>, afterMs = healthyAfterMs) {
		this.#onHealthy = onHealthy;
		this.#afterMs = afterMs;
	}

	noteStart(): void {
		this.#minute?.abort();
		this.#minute = undefined;
	}

	/** Resolves when the minute is over, one way or the other. */
	async noteReady(): Promise<void> {
		if (this.#isOver || this.#minute !== undefined) return;
		const minute = new AbortController();
		this.#minute = minute;
		const stood = await wait(this.#afterMs, true, { signal: minute.signal, ref: false }).catch(() => false);
		if (!stood || this.#isOver) return;
		this.#isOver = true;
		await this.#onHealthy();
	}
}
