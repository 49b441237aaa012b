/**
 * A typed event with any number of listeners.
 *
 * Rules of use:
 * - `event` is what others see; only the owner holds the emitter and may `fire`.
 * - A listener that throws stops neither the others nor the owner: its error goes to `reportError`.
 */
import { type Disposable, toDisposable } from './disposable.ts';

export type Event<T> = (listener: (value: T) => void) => Disposable;

export class Emitter<T> implements Disposable {
	readonly #listeners = new Set<(value: T) => void>();
	readonly #reportError: (error: unknown) => void;

	constructor(reportError: (error: unknown) => void = (error) => void Promise.reject(error)) {
		this.#reportError = reportError;
	}

	readonly event: Event<T> = (listener) => {
		this.#listeners.add(listener);
		return toDisposable(() => this.#listeners.delete(listener));
	};

	get listenerCount(): number {
		return this.#listeners.size;
	}

	fire(value: T): void {
		for (const listener of [...this.#listeners]) {
			// An earlier listener may have taken this one away.
			if (!this.#listeners.has(listener)) continue;
			try {
				listener(value);
			} catch (error) {
				this.#reportError(error);
			}
		}
	}

	dispose(): void {
		this.#listeners.clear();
	}
}
