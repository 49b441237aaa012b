/**
 * Runs one simple command: assignments, redirections, and a function, a builtin or a process (POSIX XCU 2.9.1).
 *
 * Rules of use: `resolve` says what a name means; the order is function, builtin, everyday command, the folders of `PATH`,
 * program of the system.
 */
import type * as Tree from 'unbash';
import { OsError } from '#abi/errors.ts';
import { resolvePath } from '#base/path.ts';
import { describeError } from '#runtime/describe-error.ts';
import { isEverydayCommand } from '#runtime/everyday-commands.ts';
import type { System } from '#runtime/system.ts';
import type { Builtin, BuiltinContext } from './builtin.ts';
import { builtins } from './builtins/index.ts';
import { spawnElevated } from './elevate.ts';
import { expandToText, expandWords } from './expansion.ts';
import type { Interpreter } from './interpreter.ts';
import { ignoreEnded, type Job } from './jobs.ts';
import { quoteWord } from './parameter.ts';
import { parseWhole } from './parse.ts';
import { ExitControl, type FunctionBody, type Scope, ShellError } from './scope.ts';
import type { Session, Variable } from './session.ts';
import { OutputStream } from './streams.ts';

/** Folders in which programs are looked for, without `PATH`. */
export const defaultPath = '/Programs';

export type Resolved =
	| { readonly kind: 'function'; readonly body: FunctionBody }
	| { readonly kind: 'builtin'; readonly builtin: Builtin }
	| { readonly kind: 'program'; readonly program: string };

/** Their assignments stay, and a mistake in their use ends a script (POSIX XCU 2.14). */
const specialBuiltins = new Set([
	'.',
	':',
	'break',
	'continue',
	'eval',
	'exec',
	'exit',
	'export',
	'readonly',
	'return',
	'set',
	'shift',
	'trap',
	'unset',
]);

export class SimpleCommands {
	readonly #shell: Interpreter;
	readonly #system: System;

	constructor(shell: Interpreter) {
		this.#shell = shell;
		this.#system = shell.system;
	}

	/** Whether it will be a process, as far as can be said before its words are expanded. */
	isProcess({ name }: Tree.Command, { session }: Scope): boolean {
		if (name === undefined) return false;
		return name.parts !== undefined || !(session.functions.has(name.value) || builtins.has(name.value));
	}

	async run(command: Tree.Command, scope: Scope): Promise<number> {
		const { session } = scope;
		const within = this.#shell.expansion(scope);
		const before = session.lastStatus;
		const words: string[] = command.name === undefined ? [] : await expandWords([command.name], within);
		for (const argument of command.args) {
			if (argument.type === 'Word') for (const word of await expandWords([argument], within)) words.push(word);
			else words.push(`${argument.name}${argument.append === true ? '+' : ''}=${await this.#valueOf(argument, scope)}`);
		}
		const assigned = await this.#assignments(command, scope, words.length === 0);
		if (session.options.has('x')) await this.#trace(assigned, words, scope);
		return this.#shell.withRedirections(command.redirects, scope, async (streams, keep) => {
			const inner = { ...scope, streams };
			const [name, ...list] = words;
			if (name === undefined) {
				// The exit code of an assignment is that of the last command substitution in it.
				return command.prefix.length > 0 && session.lastStatus === before ? 0 : session.lastStatus;
			}
			if (name === 'exec') return this.#exec(list, assigned, { scope: inner, outer: scope, keep });
			return this.#runNamed([name, ...list], assigned, inner);
		});
	}

	/** Runs words as a command: for `command`, `eval`, `exec` and the like. */
	async runWords(
		[name, ...list]: readonly string[],
		scope: Scope,
		options: { readonly skipsFunctions?: boolean } = {},
	): Promise<number> {
		return name === undefined ? 0 : this.#runNamed([name, ...list], new Map(), scope, options);
	}

	/** Runs text as `eval`, `source` and traps do. */
	async evaluate(text: string, scope: Scope): Promise<number> {
		return this.#shell.runScript(parseWhole(text), scope);
	}

	async resolve(name: string, session: Session, skipsFunctions = false): Promise<Resolved | undefined> {
		const body = skipsFunctions ? undefined : session.functions.get(name);
		if (body !== undefined) return { kind: 'function', body };
		const builtin = builtins.get(name);
		if (builtin !== undefined) return { kind: 'builtin', builtin };
		if (name.includes('/')) return { kind: 'program', program: resolvePath(session.workingDirectory, name) };
		if (isEverydayCommand(name)) return { kind: 'program', program: name };
		return { kind: 'program', program: (await this.#searchPath(name, session)) ?? name };
	}

	async #searchPath(name: string, session: Session): Promise<string | undefined> {
		for (const folder of (session.findVariable('PATH') ?? defaultPath).split(':')) {
			for (const candidate of [name, `${name}.wasm`]) {
				const path = resolvePath(session.workingDirectory, `${folder === '' ? '.' : folder}/${candidate}`);
				const stat = await this.#system.pathStat(path).catch(() => undefined);
				if (stat?.kind === 'file') return path;
			}
		}
		return undefined;
	}

	/** Those without a command are made one after the other, so that one may use the one before it. */
	async #assignments({ prefix }: Tree.Command, scope: Scope, stay: boolean): Promise<Map<string, string>> {
		const assigned = new Map<string, string>();
		for (const part of prefix) {
			if (part.type !== 'Assignment') continue;
			const value = await this.#valueOf(part, scope);
			const old = assigned.get(part.name) ?? scope.session.findVariable(part.name) ?? '';
			assigned.set(part.name, part.append === true ? old + value : value);
			if (stay) scope.session.setVariable(part.name, assigned.get(part.name) ?? '');
		}
		return assigned;
	}

	#valueOf({ value, index, name }: Tree.Assignment, scope: Scope): Promise<string> {
		if (value.type === 'ArrayValue' || index !== undefined)
			throw new ShellError(`${name}: arrays are not supported`, 2);
		return expandToText(value, this.#shell.expansion(scope), true);
	}

	async #trace(assigned: ReadonlyMap<string, string>, words: readonly string[], scope: Scope): Promise<void> {
		const parts = [...[...assigned].map(([name, value]) => `${name}=${quoteWord(value)}`), ...words.map(quoteWord)];
		const error = new OutputStream(this.#system, scope.streams[2], scope.signal);
		await error.write(`${scope.session.findVariable('PS4') ?? '+ '}${parts.join(' ')}\n`);
		await error.flush();
	}

	async #runNamed(
		[name = '', ...list]: readonly string[],
		assigned: ReadonlyMap<string, string>,
		scope: Scope,
		{ skipsFunctions = false }: { readonly skipsFunctions?: boolean } = {},
	): Promise<number> {
		const { session } = scope;
		if (name === 'elevate' && list.length > 0 && list[0] !== '--help')
			return this.#runProgram('elevate', [name, ...list], assigned, scope);
		const resolved = await this.resolve(name, session, skipsFunctions);
		if (resolved === undefined) throw new ShellError(`${name}: there is no such command`, 127);
		if (resolved.kind === 'program') return this.#runProgram(resolved.program, [name, ...list], assigned, scope);
		const restore = this.#assignFor(assigned, session, specialBuiltins.has(name));
		try {
			if (resolved.kind === 'function') return await this.#shell.callFunction(resolved.body, list, scope);
			return await this.#runBuiltin(resolved.builtin, [name, ...list], scope);
		} finally {
			restore();
		}
	}

	/** Sets variables for one command; returns the way back. */
	#assignFor(assigned: ReadonlyMap<string, string>, session: Session, stays: boolean): () => void {
		const hidden = new Map<string, Variable | undefined>();
		for (const [name, value] of assigned) {
			if (!stays) hidden.set(name, session.variables.get(name));
			session.setVariable(name, value, stays ? {} : { exported: true });
		}
		return () => {
			for (const [name, before] of hidden)
				if (before === undefined) session.variables.delete(name);
				else session.variables.set(name, before);
		};
	}

	async #runBuiltin(builtin: Builtin, [name = '', ...list]: readonly string[], scope: Scope): Promise<number> {
		const { session, streams, signal } = scope;
		const output = new OutputStream(this.#system, streams[1], signal);
		const error = new OutputStream(this.#system, streams[2], signal);
		const context: BuiltinContext = {
			...{ system: this.#system, shell: this.#shell, scope, session, name, arguments: list, output, error },
		};
		try {
			const isQuestion = list[0] === '--help' && builtin.takesAnything !== true;
			if (isQuestion) await output.write(`usage: ${builtin.usage}\n${builtin.summary}\n`);
			const status = isQuestion ? 0 : await builtin.run(context);
			await output.flush();
			await error.flush();
			return status;
		} catch (failure) {
			// As the signal would: a loop whose reader has gone ends with its subshell.
			if (failure instanceof OsError && failure.code === 'EPIPE') throw new ExitControl(141, { cause: failure });
			if (!signal.aborted) await output.flush().catch(ignoreBroken);
			const status = await this.#shell.report(failure, name, scope, builtin.usage);
			// A special builtin that is used wrongly ends a script.
			if (specialBuiltins.has(name) && this.#shell.terminal === undefined && failure instanceof ShellError)
				throw new ExitControl(status, { cause: failure });
			return status;
		}
	}

	async #exec(
		list: readonly string[],
		assigned: ReadonlyMap<string, string>,
		{ scope, outer, keep }: { scope: Scope; outer: Scope; keep: () => void },
	): Promise<number> {
		if (list.length > 0) throw new ExitControl(await this.#runNamed(list, assigned, scope));
		for (const [name, value] of assigned) scope.session.setVariable(name, value);
		outer.streams.splice(0, outer.streams.length, ...scope.streams);
		keep();
		return 0;
	}

	async #runProgram(
		program: string,
		[name = '', ...list]: readonly string[],
		assigned: ReadonlyMap<string, string>,
		scope: Scope,
	): Promise<number> {
		const { session, job, signal } = scope;
		let pid: number;
		try {
			pid = await this.#spawn(program, list, assigned, scope);
		} catch (error) {
			if (!(error instanceof OsError)) throw error;
			// Told here: a script goes on after a command that could not be started.
			return this.#shell.report(notStarted(error, name), 'sh', scope);
		}
		job?.started(pid);
		const interrupt = () => void this.#system.processKill(pid, 'interrupt').catch(ignoreEnded);
		signal.addEventListener('abort', interrupt, { once: true });
		if (signal.aborted) interrupt();
		const listener = { stopped: () => job?.stopped(), continued: () => job?.continued() };
		const { code, reason } = await this.#shell.children.watch(pid, listener);
		signal.removeEventListener('abort', interrupt);
		if (reason.startsWith('crashed')) await this.#sayCrash(name, reason, scope);
		session.lastStatus = code;
		return code;
	}

	async #sayCrash(name: string, reason: string, { streams, signal }: Scope): Promise<void> {
		const error = new OutputStream(this.#system, streams[2], signal);
		await error.write(`sh: ${name}: ${reason.split('\n')[0]}\n`);
		await error.flush();
	}

	async #spawn(
		program: string,
		list: readonly string[],
		assigned: ReadonlyMap<string, string>,
		scope: Scope,
	): Promise<number> {
		const { session, streams, job } = scope;
		const [standardInput, standardOutput, standardError] = streams;
		const options = {
			...{
				arguments: [...list],
				environment: session.environment(assigned),
				workingDirectory: session.workingDirectory,
			},
			...{ standardInput, standardOutput, standardError },
		};
		if (this.#shell.terminal === undefined || job === undefined) return this.#start(program, options);
		return job.oneAtATime(() => this.#startInJob(program, options, job));
	}

	/** A file without a `#!` line that is no program is a script of the shell (POSIX XCU 2.9.1.4). */
	async #start(program: string, options: Parameters<System['processSpawn']>[1]): Promise<number> {
		if (program === 'elevate') return spawnElevated(this.#system, (name) => builtins.has(name), options);
		try {
			return await this.#system.processSpawn(program, options);
		} catch (error) {
			if (!(error instanceof OsError && error.code === 'ENOEXEC' && program.includes('/'))) throw error;
			return this.#system.processSpawn('sh', { ...options, arguments: [program, ...options.arguments] });
		}
	}

	async #startInJob(program: string, options: Parameters<System['processSpawn']>[1], job: Job): Promise<number> {
		const begin = async (): Promise<number> => {
			const pid = await this.#start(program, { ...options, group: 0 });
			job.group = pid;
			if (job.isForeground) await this.#shell.giveTerminal(pid);
			return pid;
		};
		if (job.group === undefined) return begin();
		try {
			return await this.#start(program, { ...options, group: job.group });
		} catch (error) {
			// Those who were in the group have ended: the next ones begin another.
			if (error instanceof OsError && error.code === 'ESRCH') return begin();
			throw error;
		}
	}
}

/** 127: not found; 126: found, but no program. */
function notStarted(error: OsError, name: string): ShellError {
	if (error.code === 'ENOENT')
		return new ShellError(
			`${name}: ${name.includes('/') ? 'there is no such file' : 'there is no such command; "help" lists them'}`,
			127,
			{ cause: error },
		);
	if (error.code === 'EAGAIN') return new ShellError(`${name}: ${describeError(error)}`, 254, { cause: error });
	// A refusal keeps its reason; elsewhere the detail is the path, which the person has typed.
	const told = error.code === 'EPERM' || error.code === 'EACCES' ? error : new OsError(error.code);
	return new ShellError(`${name}: ${describeError(told)}`, 126, { cause: error });
}

function ignoreBroken(error: unknown): void {
	if (!(error instanceof OsError)) throw error;
}
