/**
 * A reply that is held back until something happens: the kernel's only way to wait.
 *
 * Rules of use:
 * - The call's handler makes a `Wait`, keeps it where the event will happen, and returns it to the gate.
 * - It is over once: by `resolve`, `reject`, or `abandon` (the caller is gone; no reply is sent).
 * - `whenOver` cleans up (leaves a queue, stops a timer), whatever ended the wait.
 */
import type { OsError } from '#abi/errors.ts';

export type Outcome<T> =
	| { readonly kind: 'resolved'; readonly value: T }
	| { readonly kind: 'rejected'; readonly error: OsError }
	| { readonly kind: 'abandoned' };

export class Wait<T> {
	#outcome: Outcome<T> | undefined;
	#listeners: ((outcome: Outcome<T>) => void)[] = [];

	resolve(value: T): void {
		this.#end({ kind: 'resolved', value });
	}

	reject(error: OsError): void {
		this.#end({ kind: 'rejected', error });
	}

	abandon(): void {
		this.#end({ kind: 'abandoned' });
	}

	/** Calls back when the wait is over; at once when it is already. */
	whenOver(listener: (outcome: Outcome<T>) => void): void {
		if (this.#outcome === undefined) this.#listeners.push(listener);
		else listener(this.#outcome);
	}

	#end(outcome: Outcome<T>): void {
		if (this.#outcome !== undefined) return;
		this.#outcome = outcome;
		const listeners = this.#listeners;
		this.#listeners = [];
		for (const listener of listeners) listener(outcome);
	}
}

/** A wait seen by those who may only end it. */
export type EndableWait = Pick<Wait<unknown>, 'reject' | 'abandon'>;

/** Waits in order of arrival; one that is over leaves by itself. */
export class WaitQueue<T> {
	readonly #waits = new Set<Wait<T>>();

	add(wait: Wait<T>): Wait<T> {
		this.#waits.add(wait);
		wait.whenOver(() => this.#waits.delete(wait));
		return wait;
	}

	first(): Wait<T> | undefined {
		return this.#waits.values().next().value;
	}

	rejectAll(error: OsError): void {
		for (const wait of [...this.#waits]) wait.reject(error);
	}

	resolveAll(value: T): void {
		if (this.#waits.size === 0) return;
		for (const wait of [...this.#waits]) wait.resolve(value);
	}
}
