/** What a command of the shell runs in, and the ways in which it may end otherwise than by its exit code. */
import type { CompoundCommand, CompoundList, Redirected } from 'unbash';
import type { Job } from './jobs.ts';
import type { Session } from './session.ts';

export type FunctionBody = CompoundCommand | Redirected | CompoundList;

/** Handles by descriptor; an absent one reads as empty and discards what is written. `exec` changes them in place. */
export type Streams = (number | undefined)[];

export interface Scope {
	readonly session: Session;
	readonly streams: Streams;
	readonly signal: AbortSignal;
	/** Whose group processes join; `undefined`: the shell's own, or a new job when a person is there. */
	readonly job: Job | undefined;
	/** Somebody looks at the exit code, so `set -e` does not end the shell. */
	readonly checked: boolean;
	/** Inside a subshell or a part of a pipeline. */
	readonly isSubshell: boolean;
}

/** The command was stopped by Ctrl+C or by a signal. */
export class Interrupted extends Error {
	constructor(options?: ErrorOptions) {
		super('interrupted', options);
		this.name = 'Interrupted';
	}
}

/** `exit`, or what `set -e` and `set -u` do. */
export class ExitControl extends Error {
	readonly status: number;

	constructor(status: number, options?: ErrorOptions) {
		super(`exit ${status}`, options);
		this.status = status;
	}
}

/** `break`, `continue`: how many loops. */
export class LoopControl extends Error {
	readonly kind: 'break' | 'continue';
	readonly levels: number;

	constructor(kind: 'break' | 'continue', levels: number, options?: ErrorOptions) {
		super(kind, options);
		this.kind = kind;
		this.levels = levels;
	}

	/** The same for the loop around this one. */
	outward(): LoopControl {
		return new LoopControl(this.kind, this.levels - 1, { cause: this });
	}
}

export class ReturnControl extends Error {
	readonly status: number;

	constructor(status: number) {
		super(`return ${status}`);
		this.status = status;
	}
}

/** A mistake in the use of the shell: the message, and the exit code 1 or another. */
export class ShellError extends Error {
	readonly status: number;

	constructor(message: string, status = 1, options?: ErrorOptions) {
		super(message, options);
		this.name = 'ShellError';
		this.status = status;
	}
}

/** Waits for `promise` unless `signal` is aborted first. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
	if (signal.aborted) {
		promise.catch(() => undefined);
		return Promise.reject(new Interrupted());
	}
	return new Promise((resolve, reject) => {
		const abort = () => reject(new Interrupted());
		signal.addEventListener('abort', abort, { once: true });
		promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
	});
}

/** The exit code of what runs, also when `exit`, `return` or a loop's control ends it. */
export async function endOf(run: Promise<number>): Promise<number> {
	try {
		return await run;
	} catch (error) {
		if (error instanceof ExitControl || error instanceof ReturnControl) return error.status;
		if (error instanceof LoopControl) return 0;
		throw error;
	}
}
