/**
 * Runs a `List`: pipelines over kernel pipes, redirections, builtin commands in this process, all others as
 * processes of their own.
 *
 * Rules of use:
 * - Each part of a pipeline runs at the same time on a copy of the session; a single command runs on the session.
 * - A builtin's standard input may be the terminal (`ReadBytes`); a process gets a handle, so the terminal's lines are
 *   then carried to it over a pipe.
 * - `interrupt` aborts what runs: builtins stop at their next read or write, processes get the signal.
 *
 * Invariant: every handle that a command opened here is closed when the command has ended.
 */
import { errorTable, OsError } from '#abi/errors.ts';
import { rights } from '#abi/rights.ts';
import { DisposableStore } from '#base/disposable.ts';
import { resolvePath } from '#base/path.ts';
import type { System } from '#runtime/system.ts';
import { type Command as Builtin, type CommandContext, UsageError } from './command.ts';
import { spawnElevated } from './elevate.ts';
import { type ExpansionScope, expandToText, expandWords } from './expansion.ts';
import type { Session } from './session.ts';
import { InputStream, Interrupted, OutputStream, type ReadBytes, readHandle, untilAborted } from './streams.ts';
import type { AndOrList, Command, List, Pipeline, Redirection } from './syntax.ts';

/** The standard streams of a command; an absent handle reads as empty and discards what is written. */
export interface Streams {
	readonly input: number | ReadBytes | undefined;
	readonly output: number | undefined;
	readonly error: number | undefined;
}

type SpawnParameters = Parameters<System['processSpawn']>;

export class Interpreter {
	readonly #system: System;
	readonly #builtins: ReadonlyMap<string, Builtin>;
	readonly #terminalOutput: number | undefined;

	/** `terminalOutput` is the handle behind which a person reads, when there is one. */
	constructor(system: System, builtins: ReadonlyMap<string, Builtin>, terminalOutput?: number) {
		this.#system = system;
		this.#builtins = builtins;
		this.#terminalOutput = terminalOutput;
	}

	async run(list: List, session: Session, streams: Streams, signal: AbortSignal): Promise<number> {
		for (const andOr of list) {
			if (signal.aborted) return this.#interrupted(session);
			if (session.exitCode !== undefined) break;
			if (andOr.background) {
				this.#runInBackground(andOr, session.copy(), streams, signal);
				session.lastStatus = 0;
			} else await this.#runAndOr(andOr, session, streams, signal);
		}
		return session.exitCode ?? session.lastStatus;
	}

	#runInBackground(andOr: AndOrList, session: Session, streams: Streams, signal: AbortSignal): void {
		const detached: Streams = { ...streams, input: undefined };
		this.#runAndOr(andOr, session, detached, signal).catch((error: unknown) =>
			this.#system.logWrite('error', `sh: ${String(error)}`),
		);
	}

	async #runAndOr(andOr: AndOrList, session: Session, streams: Streams, signal: AbortSignal): Promise<void> {
		for (const { operator, pipeline } of andOr.parts) {
			if (session.exitCode !== undefined) return;
			const succeeded = session.lastStatus === 0;
			if ((operator === '&&' && !succeeded) || (operator === '||' && succeeded)) continue;
			const status = await this.#runPipeline(pipeline, session, streams, signal);
			session.lastStatus = pipeline.negated ? Number(status === 0) : status;
			if (signal.aborted) return;
		}
	}

	async #runPipeline(pipeline: Pipeline, session: Session, streams: Streams, signal: AbortSignal): Promise<number> {
		const [only] = pipeline.commands;
		if (pipeline.commands.length === 1 && only !== undefined) return this.#runCommand(only, session, streams, signal);
		const statuses: Promise<number>[] = [];
		let input = streams.input;
		for (const [index, command] of pipeline.commands.entries()) {
			const last = index === pipeline.commands.length - 1;
			const pipe = last ? undefined : await this.#system.pipeCreate();
			const part: Streams = { ...streams, input, output: pipe?.write ?? streams.output };
			const ends = [index > 0 ? input : undefined, pipe?.write];
			statuses.push(this.#runPart(command, session.copy(), part, { ends, signal }));
			input = pipe?.read;
		}
		return (await Promise.all(statuses)).at(-1) ?? 0;
	}

	/** Runs a part of a pipeline, then closes its ends, so that its neighbours see that it is gone. */
	async #runPart(
		command: Command,
		session: Session,
		streams: Streams,
		{ ends, signal }: { ends: readonly (number | ReadBytes | undefined)[]; signal: AbortSignal },
	): Promise<number> {
		try {
			return await this.#runCommand(command, session, streams, signal);
		} finally {
			await this.#closeAll(ends);
		}
	}

	async #closeAll(handles: readonly (number | ReadBytes | undefined)[]): Promise<void> {
		for (const handle of handles) if (typeof handle === 'number') await this.#system.handleClose(handle);
	}

	async #runCommand(command: Command, session: Session, streams: Streams, signal: AbortSignal): Promise<number> {
		const opened: number[] = [];
		try {
			const redirected = await this.#redirect(command.redirections, session, { streams, opened, signal });
			if (command.kind === 'simple') return await this.#runSimple(command, session, redirected, signal);
			return await this.#runCompound(command, session, redirected, signal);
		} catch (error) {
			return await this.#report(error, 'sh', session, { streams, signal });
		} finally {
			await this.#closeAll(opened);
		}
	}

	async #runCompound(
		command: Exclude<Command, { kind: 'simple' }>,
		session: Session,
		streams: Streams,
		signal: AbortSignal,
	): Promise<number> {
		const run = (list: List) => this.run(list, session, streams, signal);
		switch (command.kind) {
			case 'subshell':
				return this.run(command.body, session.copy(), streams, signal);
			case 'group':
				return run(command.body);
			case 'if':
				for (const branch of command.branches) if ((await run(branch.condition)) === 0) return run(branch.body);
				return command.otherwise === undefined ? 0 : run(command.otherwise);
			case 'while': {
				let status = 0;
				const goesOn = async () => ((await run(command.condition)) === 0) !== command.until;
				while (session.exitCode === undefined && !signal.aborted && (await goesOn())) status = await run(command.body);
				return status;
			}
			case 'for': {
				let status = 0;
				for (const value of await expandWords(command.words, this.#scope(session, streams, signal))) {
					if (session.exitCode !== undefined || signal.aborted) break;
					session.variables.set(command.name, value);
					status = await run(command.body);
				}
				return status;
			}
		}
	}

	async #runSimple(
		command: Command & { kind: 'simple' },
		session: Session,
		streams: Streams,
		signal: AbortSignal,
	): Promise<number> {
		const scope = this.#scope(session, streams, signal);
		const [name, ...commandArguments] = await expandWords(command.words, scope);
		const assigned = new Map<string, string>();
		for (const { name: variable, value } of command.assignments)
			assigned.set(variable, await expandToText(value, scope));
		if (name === undefined) {
			for (const [variable, value] of assigned) session.variables.set(variable, value);
			return command.words.length === 0 ? 0 : session.lastStatus;
		}
		const builtin = this.#builtins.get(name);
		const isElevation = name === 'elevate' && commandArguments.length > 0 && commandArguments[0] !== '--help';
		if (builtin === undefined || isElevation)
			return this.#runProcess([name, ...commandArguments], assigned, session, { streams, signal });
		return this.#runBuiltin(builtin, [name, ...commandArguments], session, { streams, signal });
	}

	async #runBuiltin(
		builtin: Builtin,
		[name = '', ...commandArguments]: readonly string[],
		session: Session,
		{ streams, signal }: { streams: Streams; signal: AbortSignal },
	): Promise<number> {
		const output = new OutputStream(this.#system, streams.output, signal);
		const error = new OutputStream(this.#system, streams.error, signal);
		const read = typeof streams.input === 'function' ? streams.input : readHandle(this.#system, streams.input);
		const input = new InputStream(read, signal, () => output.flush());
		const outputIsTerminal = streams.output !== undefined && streams.output === this.#terminalOutput;
		const context: CommandContext = {
			...{ system: this.#system, session, name, arguments: commandArguments },
			...{ input, output, error, signal, outputIsTerminal },
		};
		try {
			if (commandArguments[0] === '--help') {
				await output.write(`usage: ${builtin.usage}\n${builtin.summary}\n`);
				await output.flush();
				return 0;
			}
			const status = await builtin.run(context);
			await output.flush();
			await error.flush();
			return status;
		} catch (failure) {
			// What the command wrote before it failed comes first, unless nobody can read it any more.
			if (!(failure instanceof OsError && failure.code === 'EPIPE') && !signal.aborted) await output.flush();
			return this.#report(failure, name, session, { streams, signal, usage: builtin.usage });
		}
	}

	async #runProcess(
		[name = '', ...programArguments]: readonly string[],
		assigned: ReadonlyMap<string, string>,
		session: Session,
		{ streams, signal }: { streams: Streams; signal: AbortSignal },
	): Promise<number> {
		const overridden = session.environment().filter((line) => !assigned.has(line.slice(0, line.indexOf('='))));
		const environment = [...overridden, ...[...assigned].map(([variable, value]) => `${variable}=${value}`)];
		const pipe = typeof streams.input === 'function' ? await this.#system.pipeCreate() : undefined;
		const input = pipe?.read ?? (typeof streams.input === 'number' ? streams.input : undefined);
		try {
			const pid = await this.#spawnWithPipe(pipe, name, {
				...{ arguments: programArguments, environment, workingDirectory: session.workingDirectory },
				...(input === undefined ? {} : { standardInput: input }),
				...(streams.output === undefined ? {} : { standardOutput: streams.output }),
				...(streams.error === undefined ? {} : { standardError: streams.error }),
			});
			if (pipe !== undefined) void this.#carryInput(streams.input as ReadBytes, pipe.write);
			return await this.#waitForProcess(pid, signal);
		} finally {
			if (pipe !== undefined) await this.#closeQuietly(pipe.write);
		}
	}

	/** The pipe's end for reading is the process's alone, or nobody's when there is no such program. */
	async #spawnWithPipe(pipe: { readonly read: number } | undefined, ...what: SpawnParameters): Promise<number> {
		try {
			return await this.#spawn(...what);
		} finally {
			if (pipe !== undefined) await this.#system.handleClose(pipe.read);
		}
	}

	async #spawn(...[name, options]: SpawnParameters): Promise<number> {
		try {
			if (name === 'elevate') return await spawnElevated(this.#system, (word) => this.#builtins.has(word), options);
			return await this.#system.processSpawn(name, options);
		} catch (error) {
			if (error instanceof OsError && error.code === 'ENOENT')
				throw new CommandNotFound(name === 'elevate' ? (options.arguments[0] ?? name) : name, { cause: error });
			throw error;
		}
	}

	/** Carries the terminal's lines to a process until either side ends. */
	async #carryInput(read: ReadBytes, handle: number): Promise<void> {
		try {
			for (let bytes = await read(); bytes.length > 0; bytes = await read())
				await this.#system.streamWrite(handle, bytes);
			await this.#closeQuietly(handle);
		} catch (error) {
			// The process has ended or was interrupted: what was typed for it has no reader any more.
			if (!(error instanceof OsError || error instanceof Interrupted)) throw error;
		}
	}

	async #closeQuietly(handle: number): Promise<void> {
		await this.#system.handleClose(handle).catch((error: unknown) => {
			if (!(error instanceof OsError && error.code === 'EBADF')) throw error;
		});
	}

	async #waitForProcess(pid: number, signal: AbortSignal): Promise<number> {
		const owned = new DisposableStore();
		const interrupt = () => void this.#system.processKill(pid, 'interrupt').catch(ignoreEnded);
		signal.addEventListener('abort', interrupt);
		owned.defer(() => signal.removeEventListener('abort', interrupt));
		try {
			const ended = this.#system.processWait(pid);
			const status = await untilAborted(ended, signal).catch((error: unknown) => {
				if (error instanceof Interrupted) return this.#endInterrupted(pid, ended);
				throw error;
			});
			return status.code;
		} finally {
			owned.dispose();
		}
	}

	/** An interrupted process has a second to end by itself. */
	async #endInterrupted(pid: number, ended: ReturnType<System['processWait']>): ReturnType<System['processWait']> {
		const timer = await this.#system.eventCreate(false);
		const elapsed = this.#system.eventWait(timer, 1000).catch(() => undefined);
		const first = await Promise.race([ended, elapsed]);
		await this.#system.handleClose(timer);
		if (first !== undefined) return first;
		await this.#system.processKill(pid, 'kill').catch(ignoreEnded);
		return ended;
	}

	async #redirect(
		redirections: readonly Redirection[],
		session: Session,
		{ streams, opened, signal }: { streams: Streams; opened: number[]; signal: AbortSignal },
	): Promise<Streams> {
		const ends: [Streams['input'], Streams['output'], Streams['error']] = [
			streams.input,
			streams.output,
			streams.error,
		];
		for (const redirection of redirections) {
			const target = await expandToText(redirection.target, this.#scope(session, streams, signal));
			if (redirection.kind === 'duplicate') duplicateEnd(ends, redirection.descriptor, target);
			else {
				const handle = await this.#openTarget(redirection.kind, resolvePath(session.workingDirectory, target));
				if (handle !== undefined) opened.push(handle);
				ends[redirection.descriptor as 0 | 1 | 2] = handle;
			}
		}
		return { input: ends[0], output: ends[1], error: ends[2] };
	}

	async #openTarget(kind: 'read' | 'replace' | 'append', path: string): Promise<number | undefined> {
		if (path === '/dev/null') return undefined;
		if (kind === 'read') return this.#system.fileOpen(path, 'open', rights.read);
		return this.#system.fileOpen(path, kind, rights.write);
	}

	#scope(session: Session, streams: Streams, signal: AbortSignal): ExpansionScope {
		return {
			system: this.#system,
			workingDirectory: session.workingDirectory,
			findVariable: (name) => session.findVariable(name),
			capture: (list) => this.#capture(list, session, streams, signal),
		};
	}

	async #capture(list: List, session: Session, streams: Streams, signal: AbortSignal): Promise<string> {
		const pipe = await this.#system.pipeCreate();
		const copy = session.copy();
		const finished = this.run(list, copy, { ...streams, output: pipe.write }, signal).finally(() =>
			this.#system.handleClose(pipe.write),
		);
		const decoder = new TextDecoder();
		let text = '';
		const input = new InputStream(readHandle(this.#system, pipe.read), signal);
		try {
			for await (const piece of input.pieces()) text += decoder.decode(piece, { stream: true });
			session.lastStatus = await finished;
			return text + decoder.decode();
		} finally {
			await this.#system.handleClose(pipe.read);
		}
	}

	#interrupted(session: Session): number {
		session.lastStatus = 130;
		return 130;
	}

	/** Says on standard error what went wrong, and answers the exit code for it. */
	async #report(
		failure: unknown,
		name: string,
		session: Session,
		{ streams, signal, usage }: { streams: Streams; signal: AbortSignal; usage?: string },
	): Promise<number> {
		if (failure instanceof Interrupted || signal.aborted) return this.#interrupted(session);
		if (failure instanceof OsError && failure.code === 'EPIPE') return 141;
		const error = new OutputStream(this.#system, streams.error, signal);
		await error.write(`${describeFailure(failure, name, usage)}\n`);
		await error.flush().catch((problem: unknown) => {
			if (!(problem instanceof OsError || problem instanceof Interrupted)) throw problem;
		});
		if (failure instanceof CommandNotFound) return 127;
		return failure instanceof UsageError ? 2 : 1;
	}
}

class CommandNotFound extends Error {}

function describeFailure(failure: unknown, name: string, usage: string | undefined): string {
	if (failure instanceof CommandNotFound) return `sh: ${failure.message}: there is no such command; "help" lists them`;
	if (failure instanceof UsageError)
		return `${name}: ${failure.message}${usage === undefined ? '' : `\nusage: ${usage}`}`;
	return `${name}: ${describeError(failure)}`;
}

/** `path: sentence` for an error of the system; the message for any other. */
export function describeError(failure: unknown): string {
	if (!(failure instanceof OsError)) return failure instanceof Error ? failure.message : String(failure);
	const { sentence } = errorTable[failure.code];
	return failure.detail === '' ? sentence : `${failure.detail}: ${sentence}`;
}

function duplicateEnd(
	ends: [Streams['input'], Streams['output'], Streams['error']],
	descriptor: number,
	target: string,
): void {
	if (target === '-') {
		ends[descriptor as 0 | 1 | 2] = undefined;
		return;
	}
	if (!/^[12]$/.test(target) || descriptor === 0)
		throw new UsageError(`"${target}" is not a stream that can be written`);
	ends[descriptor as 1 | 2] = ends[Number(target) as 1 | 2];
}

function ignoreEnded(error: unknown): void {
	if (!(error instanceof OsError && (error.code === 'ESRCH' || error.code === 'ECANCELED'))) throw error;
}
