/**
 * One service: its process, its state, and its next start after a failure.
 *
 * Rules of use: `ServiceTable` knows the others; this one is told to start when what it needs runs.
 *
 * Invariants:
 * - It has a process in the states `starting`, `running` and `stopping`, and in no other.
 * - After each failure in a row it waits twice as long, at most `longestBackOffMs`; after `mostFailures` it has failed and
 *   waits for a person. A run of `steadyMs` makes the failures forgotten.
 * - Nothing starts it again after `stop` or `close`.
 */
import type { ExitStatus, ServiceState } from '#abi/structures.generated.ts';
import { Emitter } from '#base/emitter.ts';
import type { Clock, Log } from '#base/ports.ts';
import type { ServiceDefinition } from './service-definition.ts';

export const firstBackOffMs = 1000;
export const longestBackOffMs = 60_000;
export const mostFailures = 6;
export const steadyMs = 120_000;
export const readyPatienceMs = 30_000;
export const stopPatienceMs = 5000;

/** A process as its service sees it. */
export interface ServiceProcess {
	readonly pid: number;
	/** Asks it to end. */
	ask(): void;
	/** Ends it. */
	end(): void;
}

export interface ServiceParts {
	readonly clock: Clock;
	readonly log: Log;
	/** Starts its program; `ended` is called once when it has ended, never before this has returned. */
	launch(definition: ServiceDefinition, ended: (status: ExitStatus) => void): ServiceProcess;
}

export class Service {
	readonly definition: ServiceDefinition;
	readonly #parts: ServiceParts;
	readonly #changes = new Emitter<ServiceState>();
	state: ServiceState = 'stopped';
	since: number;
	process: ServiceProcess | undefined;
	failures = 0;
	failure = '';
	nextStart: number | undefined;
	#cancelTimer: (() => void) | undefined;
	#isClosed = false;

	constructor(definition: ServiceDefinition, parts: ServiceParts) {
		this.definition = definition;
		this.#parts = parts;
		this.since = parts.clock.now();
	}

	/** Fires after each change of the state. */
	get onChange() {
		return this.#changes.event;
	}

	/** Whether it has a process or will have one without being asked. */
	get isActive(): boolean {
		return this.process !== undefined || this.state === 'waiting';
	}

	start(): void {
		if (this.#isClosed || this.process !== undefined) return;
		this.#stopTimer();
		try {
			this.process = this.#parts.launch(this.definition, (status) => this.#noteEnd(status));
		} catch (error) {
			this.#fail(`it could not be started: ${error instanceof Error ? error.message : error}`);
			return;
		}
		this.#enter('starting');
		if (this.definition.ready === 'start') this.noteReady();
		else this.#after(readyPatienceMs, () => this.#noteUnready());
	}

	noteReady(): void {
		if (this.state !== 'starting') return;
		this.#stopTimer();
		this.#enter('running');
		this.#after(steadyMs, () => {
			this.failures = 0;
		});
	}

	stop(): void {
		if (this.process === undefined) {
			this.#stopTimer();
			if (this.state === 'waiting') this.#enter('stopped');
			return;
		}
		if (this.state === 'stopping') return;
		const { process } = this;
		this.#enter('stopping');
		this.#after(stopPatienceMs, () => process.end());
		process.ask();
	}

	/** Somebody asked for it: what went wrong before does not count. */
	forgetFailures(): void {
		this.failures = 0;
		this.failure = '';
	}

	/** One that it needs does not run. */
	refuse(reason: string): void {
		this.#stopTimer();
		this.failure = reason;
		this.#report('error', 'service-failed', reason);
		this.#enter('failed');
	}

	/** Ends it for good. */
	close(): void {
		this.#isClosed = true;
		this.#stopTimer();
		const { process } = this;
		if (process !== undefined) this.#enter('stopping');
		process?.end();
	}

	#noteUnready(): void {
		this.failure = `it did not get ready within ${readyPatienceMs / 1000} seconds`;
		this.process?.end();
	}

	#noteEnd(status: ExitStatus): void {
		const before = this.state;
		this.process = undefined;
		this.#stopTimer();
		if (before === 'stopping' || this.#isClosed) {
			this.#enter('stopped');
			return;
		}
		const isFailure = status.code !== 0 || before === 'starting';
		const { restart } = this.definition;
		if (!isFailure && restart !== 'always') {
			this.#report('information', 'service-ended', 'it has done its work');
			this.#enter('stopped');
			return;
		}
		const reason = before === 'starting' && this.failure !== '' ? this.failure : describeEnd(status);
		this.#fail(reason);
	}

	#fail(reason: string): void {
		this.failures++;
		this.failure = reason;
		if (this.definition.restart === 'never' || this.failures >= mostFailures) {
			const times = this.failures > 1 ? `, ${this.failures} times in a row` : '';
			this.#report('error', 'service-failed', `${reason}${times}. It is not started again by itself`);
			this.#enter('failed');
			return;
		}
		const delayMs = Math.min(longestBackOffMs, firstBackOffMs * 2 ** (this.failures - 1));
		this.#report('warning', 'service-restarts', `${reason}. It is started again in ${delayMs / 1000} s`);
		this.nextStart = this.#parts.clock.now() + delayMs;
		this.#enter('waiting');
		this.#after(delayMs, () => this.start());
	}

	#enter(state: ServiceState): void {
		if (state !== 'waiting') this.nextStart = undefined;
		const hadFailed = this.failures > 0;
		this.state = state;
		this.since = this.#parts.clock.now();
		if (state === 'running') this.#report('information', 'service-running', hadFailed ? 'it runs again' : 'it runs');
		if (state === 'stopped' && !this.#isClosed) this.#report('information', 'service-stopped', 'it is stopped');
		this.#changes.fire(state);
	}

	#report(level: 'information' | 'warning' | 'error', code: string, words: string): void {
		const { name, title } = this.definition;
		this.#parts.log.write(level, 'services', `${title}: ${words}.`, { code, fields: [`service=${name}`] });
	}

	#after(delayMs: number, callback: () => void): void {
		this.#stopTimer();
		this.#cancelTimer = this.#parts.clock.after(delayMs, callback);
	}

	#stopTimer(): void {
		this.#cancelTimer?.();
		this.#cancelTimer = undefined;
	}
}

function describeEnd({ code, reason }: ExitStatus): string {
	if (reason === 'exited') return code === 0 ? 'it ended' : `it ended with code ${code}`;
	return reason === 'signal' ? 'it was ended from outside' : `it ${reason}`;
}
