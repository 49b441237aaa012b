/**
 * Whose turn it is: takes the calls of all processes that wait for theirs (`MemoryConnection`), one of each in turn.
 *
 * Rules of use:
 * - A connection says `wake` when it may have a request. `defer` puts work behind the requests that have come.
 * - A round takes at most one request of each process, then does what was deferred: the calls of a round share a commit.
 *
 * Invariants:
 * - After `turnMs` the event loop has its turn, so processes that send messages, timers and Workers are never starved.
 * - When nothing comes for `watchMs` every connection sleeps (`Atomics.waitAsync`). To be woken costs ten times what a
 *   call does, so for that long it watches; on a single processor it does not, for nobody could ask meanwhile.
 * - A request is taken by nobody but the round: never from inside another call.
 */

export interface Asking {
	/** Takes one request, or says that there is none. */
	take(): boolean;
	/** Asks to be woken by the next request; `false`: it has come already. */
	sleep(): boolean;
}

export interface CallTurnsParts {
	/** Runs a callback behind the messages that have arrived. */
	defer(callback: () => void): void;
	/** Milliseconds. */
	now(): number;
	/** How long to watch for the next request before sleeping. */
	readonly watchMs: number;
}

const turnMs = 2;
/** Looks at the clock only so often. */
const looksBetweenClocks = 16;

export class CallTurns {
	readonly #parts: CallTurnsParts;
	readonly #awake = new Set<Asking>();
	#deferred: (() => void)[] = [];
	#state: 'asleep' | 'running' | 'gives way' = 'asleep';

	constructor(parts: CallTurnsParts) {
		this.#parts = parts;
	}

	/** Runs a callback when all that has arrived was taken. */
	readonly defer = (callback: () => void): void => {
		if (this.#state === 'running') this.#deferred.push(callback);
		else this.#parts.defer(callback);
	};

	/** It may have a request, now or soon. */
	wake(asking: Asking): void {
		this.#awake.add(asking);
		if (this.#state === 'asleep') this.#giveWay(queueMicrotask);
	}

	forget(asking: Asking): void {
		this.#awake.delete(asking);
	}

	#giveWay(later: (callback: () => void) => void): void {
		this.#state = 'gives way';
		later(() => this.#run());
	}

	#run(): void {
		this.#state = 'running';
		try {
			if (this.#takeTurns() === 'more') this.#giveWay(this.#parts.defer);
			else this.#state = 'asleep';
		} finally {
			// Whatever was thrown is told by the host; calls go on.
			if (this.#state === 'running') this.#giveWay(this.#parts.defer);
			for (const callback of this.#deferred.splice(0)) this.#parts.defer(callback);
		}
	}

	/** Takes requests until none comes any more, or until the turn is over. */
	#takeTurns(): 'none' | 'more' {
		const { now, watchMs } = this.#parts;
		const began = now();
		let last = began;
		for (let looks = 1; ; looks++) {
			if (this.#takeRound()) {
				last = now();
				looks = 0;
				if (last - began >= turnMs) return 'more';
			} else if (watchMs === 0 || (looks % looksBetweenClocks === 0 && now() - last >= watchMs)) {
				if (this.#sleepAll()) return 'none';
			}
		}
	}

	#takeRound(): boolean {
		let took = false;
		for (const asking of this.#awake) if (asking.take()) took = true;
		if (took) this.#runDeferred();
		return took;
	}

	#runDeferred(): void {
		while (this.#deferred.length > 0) for (const callback of this.#deferred.splice(0)) callback();
	}

	#sleepAll(): boolean {
		for (const asking of this.#awake) if (asking.sleep()) this.#awake.delete(asking);
		return this.#awake.size === 0;
	}
}
