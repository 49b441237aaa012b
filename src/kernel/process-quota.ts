/**
 * How many processes may be alive at a time among all that come from one: its children, theirs, and so on, whoever of
 * those between has ended.
 *
 * Rules of use: a process that was given a limit begins a quota; every other one shares that of its parent. `admit` before
 * a process is made, `leave` once when it has ended.
 *
 * Invariant: a process counts in its quota and in all above it, so a limit further down never lifts one further up.
 */
import { OsError } from '#abi/errors.ts';

export class ProcessQuota {
	readonly #limit: number;
	readonly #above: ProcessQuota | undefined;
	#alive = 0;

	constructor(limit: number, above: ProcessQuota | undefined) {
		this.#limit = limit;
		this.#above = above;
	}

	/** Counts one more; EAGAIN, and nothing is counted, when that is too many. */
	admit(): void {
		if (this.#alive >= this.#limit) throw new OsError('EAGAIN', 'too many processes');
		this.#above?.admit();
		this.#alive++;
	}

	leave(): void {
		this.#alive--;
		this.#above?.leave();
	}
}
