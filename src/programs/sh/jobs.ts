/**
 * Jobs: what a person has started and may stop, put into the background or end as a whole.
 *
 * A job is a process group and, for what runs in the shell itself, a signal to give up. Its group is made with its first
 * process, so a job of builtin commands alone has none.
 */
import { OsError } from '#abi/errors.ts';
import type { Signal } from '#abi/structures.generated.ts';
import type { System } from '#runtime/system.ts';
import { ShellError } from './scope.ts';

export type JobState = 'running' | 'stopped' | 'done';

export class Job {
	/** Number that a person knows it by; 0 as long as it has none. */
	number = 0;
	/** Its process group; `undefined` before its first process. */
	group: number | undefined;
	state: JobState = 'running';
	status = 0;
	/** The group that the terminal belongs to while it runs. */
	isForeground: boolean;
	readonly text: string;
	readonly controller = new AbortController();
	/** The process that was started last. */
	lastPid: number | undefined;
	/** What `$!` says of it: a process, or for what runs in the shell itself a number that no process has. */
	identifier = 0;
	#tellStarted: () => void = () => undefined;
	readonly firstStart: Promise<void> = new Promise((resolve) => {
		this.#tellStarted = resolve;
	});
	#starting: Promise<unknown> = Promise.resolve();
	readonly #onStopped = new Set<() => void>();
	#resolveDone: (status: number) => void = () => undefined;
	readonly done: Promise<number> = new Promise((resolve) => {
		this.#resolveDone = resolve;
	});

	constructor(text: string, isForeground: boolean) {
		this.text = text;
		this.isForeground = isForeground;
	}

	/** Starts of processes come one after the other, so that all join one group. */
	oneAtATime<T>(action: () => Promise<T>): Promise<T> {
		const next = this.#starting.then(action);
		this.#starting = next.then(
			() => undefined,
			() => undefined,
		);
		return next;
	}

	started(pid: number): void {
		this.lastPid = pid;
		this.#tellStarted();
	}

	finish(status: number): void {
		this.state = 'done';
		this.status = status;
		this.#resolveDone(status);
	}

	stopped(): void {
		if (this.state !== 'running') return;
		this.state = 'stopped';
		for (const listener of [...this.#onStopped]) listener();
	}

	continued(): void {
		if (this.state === 'stopped') this.state = 'running';
	}

	/** Resolves with the exit code when it is done, with `stopped` when it stands still. */
	doneOrStopped(): Promise<number | 'stopped'> {
		if (this.state === 'stopped') return Promise.resolve('stopped');
		return new Promise((resolve) => {
			const listener = () => {
				this.#onStopped.delete(listener);
				resolve('stopped');
			};
			this.#onStopped.add(listener);
			void this.done.then((status) => {
				this.#onStopped.delete(listener);
				resolve(status);
			});
		});
	}
}

export class JobTable {
	readonly #system: System;
	readonly #jobs = new Map<number, Job>();
	/** The job that `fg` means: the one stopped or started last. */
	#current: Job | undefined;
	#previous: Job | undefined;

	constructor(system: System) {
		this.#system = system;
	}

	get all(): Job[] {
		return [...this.#jobs.values()].sort((one, other) => one.number - other.number);
	}

	add(job: Job): void {
		if (job.number === 0) job.number = Math.max(0, ...this.#jobs.keys()) + 1;
		this.#jobs.set(job.number, job);
		this.makeCurrent(job);
	}

	remove(job: Job): void {
		this.#jobs.delete(job.number);
		if (this.#current === job) this.#current = this.#previous;
		if (this.#previous === job || this.#previous === this.#current) this.#previous = this.all.at(-1);
	}

	makeCurrent(job: Job): void {
		if (this.#current === job) return;
		this.#previous = this.#current;
		this.#current = job;
	}

	/** `+` for the current job, `-` for the one before it. */
	markOf(job: Job): string {
		return job === this.#current ? '+' : job === this.#previous ? '-' : ' ';
	}

	/** The job that `%1`, `%+`, `%%`, `%-`, `%name` or `%?text` means. */
	find(text: string): Job {
		const name = text.replace(/^%/, '');
		const job =
			name === '' || name === '+' || name === '%'
				? this.#current
				: name === '-'
					? this.#previous
					: /^\d+$/.test(name)
						? this.#jobs.get(Number(name))
						: this.all.find((candidate) =>
								name.startsWith('?') ? candidate.text.includes(name.slice(1)) : candidate.text.startsWith(name),
							);
		if (job === undefined) throw new ShellError(`${text === '' ? 'current' : text}: there is no such job`);
		return job;
	}

	/** Of a process that the shell has started. */
	findByPid(pid: number): Job | undefined {
		return this.all.find((job) => job.identifier === pid || job.lastPid === pid || job.group === pid);
	}

	/** To all of a job, what runs in the shell itself included. */
	async signal(job: Job, signal: Signal): Promise<void> {
		const ends = signal !== 'stop' && signal !== 'continue';
		if (ends) job.controller.abort();
		if (job.group === undefined) return;
		await this.#system.processKillGroup(job.group, signal).catch(ignoreEnded);
		if (ends && job.state === 'stopped') await this.#system.processKillGroup(job.group, 'continue').catch(ignoreEnded);
	}

	/** Jobs that are done since the last look; they are forgotten. */
	takeDone(): Job[] {
		const done = this.all.filter(({ state }) => state === 'done');
		for (const job of done) this.remove(job);
		return done;
	}

	/** `[1]+  Stopped  sleep 60`. */
	describe(job: Job): string {
		const state = job.state === 'running' ? 'Running' : job.state === 'stopped' ? 'Stopped' : describeEnd(job.status);
		return `[${job.number}]${this.markOf(job)}  ${state.padEnd(12)} ${job.text}\n`;
	}
}

function describeEnd(status: number): string {
	if (status === 0) return 'Done';
	return status === 130 ? 'Interrupted' : status === 143 ? 'Terminated' : status === 137 ? 'Killed' : `Exit ${status}`;
}

export function ignoreEnded(error: unknown): void {
	if (!(error instanceof OsError && (error.code === 'ESRCH' || error.code === 'ECANCELED'))) throw error;
}
