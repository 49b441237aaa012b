/**
 * Starts something again whenever it ends, with a pause that grows while it ends soon after each start.
 *
 * | It ran | Pause before the next start |
 * |---|---|
 * | a minute or longer | a second |
 * | less, for the first time, the second, … | 1, 2, 4, 8, 16, 32 seconds, then a minute each |
 *
 * Rules of use: `begin` once; `state` is replaced, never changed. From `troubledAfter` short runs on it says so, for who looks
 * at the screen; it goes on trying.
 */
import type { Disposable } from '#base/disposable.ts';
import { Emitter } from '#base/emitter.ts';
import type { Clock } from '#base/ports.ts';

/** One run: rejects with the reason when it failed, resolves when it ended by itself. */
export type Run = () => Promise<void>;

export type WatchdogState =
	| { readonly kind: 'running' }
	| { readonly kind: 'pausing' }
	| { readonly kind: 'troubled'; readonly starts: number; readonly reason: string; readonly againAtMs: number };

const shortRunMs = 60_000;
const longestPauseMs = 60_000;
const firstPauseMs = 1000;
const troubledAfter = 4;

export class Watchdog implements Disposable {
	readonly #run: Run;
	readonly #clock: Clock;
	readonly #changes = new Emitter<void>();
	#state: WatchdogState = { kind: 'pausing' };
	#shortRuns = 0;
	#isOver = false;
	#wake: (() => void) | undefined;
	#cancelPause: (() => void) | undefined;

	constructor(run: Run, clock: Clock) {
		this.#run = run;
		this.#clock = clock;
	}

	get state(): WatchdogState {
		return this.#state;
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		const subscription = this.#changes.event(listener);
		return () => subscription.dispose();
	};

	/** Resolves after `dispose`, when the run that goes on has ended. */
	async begin(): Promise<void> {
		while (!this.#isOver) {
			const started = this.#clock.monotonic();
			this.#set({ kind: 'running' });
			const reason = await this.#runOnce();
			if (this.#isOver) return;
			this.#shortRuns = this.#clock.monotonic() - started < shortRunMs ? this.#shortRuns + 1 : 0;
			await this.#pause(reason);
		}
	}

	/** Ends the pause. */
	startNow(): void {
		this.#wake?.();
	}

	dispose(): void {
		this.#isOver = true;
		this.#wake?.();
	}

	async #runOnce(): Promise<string> {
		try {
			await this.#run();
			return '';
		} catch (error) {
			return error instanceof Error ? error.message : String(error);
		}
	}

	#pause(reason: string): Promise<void> {
		const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.max(0, this.#shortRuns - 1));
		const againAtMs = this.#clock.now() + pauseMs;
		const isTroubled = this.#shortRuns >= troubledAfter;
		this.#set(isTroubled ? { kind: 'troubled', starts: this.#shortRuns, reason, againAtMs } : { kind: 'pausing' });
		return new Promise((resolve) => {
			this.#wake = () => {
				this.#wake = undefined;
				this.#cancelPause?.();
				resolve();
			};
			this.#cancelPause = this.#clock.after(pauseMs, () => this.#wake?.());
		});
	}

	#set(state: WatchdogState): void {
		this.#state = state;
		this.#changes.fire();
	}
}
