/**
 * Drives work in slices (`SlicedWork`) beside everything else that the system does.
 *
 * Rules of use: after each slice it rests as long as the slice took, and much longer while others keep the system busy,
 * which shows in its timer being late. `stop` ends it between two slices; then `onEnd` is not called.
 */
import type { Clock } from '#base/ports.ts';
import type { SlicedWork, WorkProgress } from '#fs/system-volume.ts';

const shortestRestMs = 1;
const longestRestMs = 100;
/** A timer that is later than this has waited for others. */
const lateMs = 4;
const patience = 8;

export type RunEnd<T> =
	| { readonly kind: 'done'; readonly value: T }
	| { readonly kind: 'failed'; readonly error: unknown };

export class SlicedRun<T> {
	readonly #work: SlicedWork<T>;
	readonly #clock: Clock;
	readonly #onProgress: (progress: WorkProgress) => void;
	readonly #onEnd: (end: RunEnd<T>) => void;
	#cancel: (() => void) | undefined;

	constructor(
		work: SlicedWork<T>,
		clock: Clock,
		listeners: { onProgress: (progress: WorkProgress) => void; onEnd: (end: RunEnd<T>) => void },
	) {
		this.#work = work;
		this.#clock = clock;
		this.#onProgress = listeners.onProgress;
		this.#onEnd = listeners.onEnd;
		this.#rest(0);
	}

	stop(): void {
		this.#cancel?.();
		this.#cancel = undefined;
	}

	#rest(milliseconds: number): void {
		const due = this.#clock.monotonic() + milliseconds;
		this.#cancel = this.#clock.after(milliseconds, () => this.#step(this.#clock.monotonic() - due > lateMs));
	}

	#step(isBusy: boolean): void {
		this.#cancel = undefined;
		const began = this.#clock.monotonic();
		let step: IteratorResult<WorkProgress, T>;
		try {
			step = this.#work.next();
		} catch (error) {
			this.#onEnd({ kind: 'failed', error });
			return;
		}
		if (step.done) {
			this.#onEnd({ kind: 'done', value: step.value });
			return;
		}
		this.#onProgress(step.value);
		const took = this.#clock.monotonic() - began;
		this.#rest(Math.min(longestRestMs, Math.max(shortestRestMs, took * (isBusy ? patience : 1))));
	}
}
