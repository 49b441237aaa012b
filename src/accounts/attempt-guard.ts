/**
 * Guessing online: how many wrong passwords were tried for each account, and how long nobody may try again.
 *
 * Rules of use: `begin` before a password is looked at, `succeed` when it was right. Between the two the attempt counts as
 * wrong already, and its caller has stored that, so that nobody gets a guess for free by pulling the plug.
 *
 * Invariants:
 * - A pause is bounded by the policy, whatever the record or the clock says: time runs by the monotonic clock from the moment
 *   that this system has heard of the failure. So nobody is locked out for long, neither by somebody who tries on purpose
 *   nor by a clock that was set.
 * - One attempt an account at a time.
 */
import { OsError } from '#abi/errors.ts';
import type { Clock } from '#base/ports.ts';
import type { Sid } from '#security/sid.ts';
import type { AccountRecord, Failures } from './account-record.ts';
import { type PasswordPolicy, pauseAfter } from './password-policy.ts';

interface Watched {
	failures: number;
	/** When the last failure was heard of, by the monotonic clock; of one from before the start, as long ago as it says. */
	heardAt: number;
	busy: boolean;
}

export interface AttemptGuardOptions {
	readonly clock: Pick<Clock, 'now' | 'monotonic'>;
	readonly policy: () => PasswordPolicy;
}

export class AttemptGuard {
	readonly #options: AttemptGuardOptions;
	readonly #watched = new Map<Sid, Watched>();

	constructor(options: AttemptGuardOptions) {
		this.#options = options;
	}

	/** Milliseconds until a password is looked at again. */
	pauseOf(record: AccountRecord): number {
		const { failures, heardAt } = this.#watch(record);
		const passed = this.#options.clock.monotonic() - heardAt;
		return Math.max(0, pauseAfter(this.#options.policy(), failures) - passed);
	}

	/** EAGAIN while it is too early, or while another attempt is being looked at; gives the failures to store. */
	begin(record: AccountRecord): Failures {
		const watched = this.#watch(record);
		if (watched.busy) throw new OsError('EAGAIN', 'another attempt is being looked at');
		const seconds = Math.ceil(this.pauseOf(record) / 1000);
		if (seconds > 0) throw new OsError('EAGAIN', `too many wrong passwords: the next one is looked at in ${seconds} s`);
		const { clock } = this.#options;
		watched.busy = true;
		watched.failures++;
		watched.heardAt = clock.monotonic();
		return { count: watched.failures, lastTime: clock.now() };
	}

	/** The attempt has been looked at. */
	end(sid: Sid, wasRight: boolean): void {
		const watched = this.#watched.get(sid);
		if (watched === undefined) return;
		watched.busy = false;
		if (wasRight) watched.failures = 0;
		// The pause begins when the person hears that it was wrong.
		else watched.heardAt = this.#options.clock.monotonic();
	}

	/** The attempt could not be looked at: it was no guess. */
	withdraw(sid: Sid): void {
		const watched = this.#watched.get(sid);
		if (watched === undefined) return;
		watched.busy = false;
		watched.failures = Math.max(0, watched.failures - 1);
	}

	/** The password is another one now. */
	forget(sid: Sid): void {
		const watched = this.#watched.get(sid);
		if (watched !== undefined) watched.failures = 0;
	}

	#watch({ sid, failures }: AccountRecord): Watched {
		let watched = this.#watched.get(sid);
		if (watched === undefined) {
			const { clock } = this.#options;
			const ago = Math.max(0, clock.now() - failures.lastTime);
			watched = { failures: Math.max(0, failures.count), heardAt: clock.monotonic() - ago, busy: false };
			this.#watched.set(sid, watched);
		}
		return watched;
	}
}
