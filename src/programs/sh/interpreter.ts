/**
 * Runs the tree of a script: lists, pipelines, compound commands, functions (POSIX XCU 2.9).
 *
 * Rules of use:
 * - A program and an everyday command are processes of their own, joined by kernel pipes; builtin commands, functions and
 *   compound commands run in the shell. Each part of a pipeline runs at the same time, on a copy of the session.
 * - With a terminal (`terminal`) every pipeline is a job with a process group of its own, which has the terminal while it runs
 *   in the foreground. Without one, processes stay in the shell's group.
 *
 * Invariants:
 * - Every handle that a command opened here is closed when the command has ended.
 * - A script that never waits still lets signals in: every `breathEvery` commands the shell listens.
 * - What runs in the shell is bounded: `mostTasks` parts and subshells at a time, `deepest` functions within each other.
 */
import type * as Tree from 'unbash';
import { OsError } from '#abi/errors.ts';
import { isEverydayCommand } from '#runtime/everyday-commands.ts';
import type { System } from '#runtime/system.ts';
import { evaluateText } from './arithmetic.ts';
import type { Children } from './children.ts';
import { isNegated, textOf } from './command-text.ts';
import { evaluateConditional } from './conditional.ts';
import {
	arithmeticScope,
	type ExpansionScope,
	expandArithmetic,
	expandToPattern,
	expandToText,
	expandWords,
} from './expansion.ts';
import { compilePattern } from './glob.ts';
import { Job, JobTable } from './jobs.ts';
import { Redirector } from './redirection.ts';
import { describeFailure, timeText } from './report.ts';
import {
	ExitControl,
	endOf,
	Interrupted,
	LoopControl,
	ReturnControl,
	type Scope,
	ShellError,
	type Streams,
} from './scope.ts';
import type { Session } from './session.ts';
import { type Resolved, SimpleCommands } from './simple-command.ts';
import { OutputStream, readToEnd } from './streams.ts';

const breathEvery = 200;
const mostTasks = 256;
const deepest = 500;
/** Above it are numbers of jobs that have no process. */
const noProcess = 2 ** 31;
/** Exit code of a job that was stopped: 128 + SIGTSTP. */
const stoppedStatus = 148;

export interface InterpreterOptions {
	readonly system: System;
	readonly children: Children;
	/** Handle of the terminal where a person is; `undefined`: no job control. */
	readonly terminal?: number | undefined;
	/** The group of the shell itself. */
	readonly group: number;
}

export class Interpreter {
	readonly system: System;
	readonly jobs: JobTable;
	readonly terminal: number | undefined;
	readonly children: Children;
	readonly #group: number;
	readonly #simple: SimpleCommands;
	#commands = 0;
	#tasks = 0;
	/** Signals that came for a trap and were not served yet. */
	readonly pendingTraps: string[] = [];

	constructor({ system, children, terminal, group }: InterpreterOptions) {
		this.system = system;
		this.children = children;
		this.terminal = terminal;
		this.#group = group;
		this.jobs = new JobTable(system);
		this.#simple = new SimpleCommands(this);
	}

	async runScript(script: Tree.Script | Tree.CompoundList, scope: Scope): Promise<number> {
		for (const statement of script.commands) {
			await this.#breathe(scope);
			if (statement.background === true) await this.#startBackground(statement, scope);
			else await this.run(statement.command, scope);
		}
		return scope.session.lastStatus;
	}

	/** Runs a command and keeps its exit code as that of the last command. */
	async run(node: Tree.PipelineNode | Tree.AndOr, scope: Scope): Promise<number> {
		const status = await this.#runNode(node, scope);
		scope.session.lastStatus = status;
		const isJudged = node.type !== 'AndOr' && !(node.type === 'Pipeline' && isNegated(node));
		if (status !== 0 && isJudged && !scope.checked && scope.session.options.has('e')) throw new ExitControl(status);
		return status;
	}

	/** What is in force for the expansion of words. */
	expansion(scope: Scope): ExpansionScope {
		return {
			system: this.system,
			session: scope.session,
			capture: (script) => this.#capture(script, scope),
		};
	}

	/** Says on standard error what went wrong, and answers the exit code for it. */
	async report(failure: unknown, name: string, scope: Scope, usage?: string): Promise<number> {
		const { text, status } = describeFailure(failure, name, usage);
		if (text !== '') {
			await this.#warn(text, scope).catch((problem: unknown) => {
				if (!(problem instanceof OsError || problem instanceof Interrupted)) throw problem;
			});
		}
		scope.session.lastStatus = status;
		return status;
	}

	/** Runs with redirections around it; closes what they opened. */
	async withRedirections(
		redirections: readonly Tree.Redirection[],
		scope: Scope,
		action: (streams: Streams, keep: () => void) => Promise<number>,
	): Promise<number> {
		if (redirections.length === 0) return action(scope.streams, () => undefined);
		const redirector = new Redirector(this.system, this.expansion(scope));
		let isKept = false;
		try {
			const streams = await redirector.apply(redirections, scope.streams);
			return await action(streams, () => {
				isKept = true;
			});
		} catch (error) {
			if (error instanceof OsError || error instanceof ShellError) return await this.report(error, 'sh', scope);
			throw error;
		} finally {
			if (!isKept) for (const handle of redirector.opened) await this.system.handleClose(handle);
		}
	}

	async callFunction(
		body: Parameters<Interpreter['runBody']>[0],
		list: readonly string[],
		scope: Scope,
	): Promise<number> {
		const { session } = scope;
		if (session.depth >= deepest) throw new ShellError('functions and scripts call each other too deeply');
		const positional = session.positional;
		session.positional = list;
		session.depth++;
		session.locals.push(new Map());
		try {
			return await this.runBody(body, scope);
		} catch (error) {
			if (error instanceof ReturnControl) return error.status;
			throw error;
		} finally {
			for (const [name, value] of session.locals.pop() ?? [])
				if (value === undefined) session.variables.delete(name);
				else session.variables.set(name, value);
			session.positional = positional;
			session.depth--;
		}
	}

	runBody(body: Tree.CompoundCommand | Tree.Redirected | Tree.CompoundList, scope: Scope): Promise<number> {
		return body.type === 'CompoundList' ? this.runScript(body, scope) : this.#runNode(body, scope);
	}

	resolve(name: string, session: Session): Promise<Resolved | undefined> {
		return this.#simple.resolve(name, session);
	}

	/** Whether a name is one of the everyday commands, or a program that the shell itself is. */
	isSystemProgram(name: string): boolean {
		return name === 'sh' || isEverydayCommand(name);
	}

	runWords(words: readonly string[], scope: Scope, options?: { readonly skipsFunctions?: boolean }): Promise<number> {
		return this.#simple.runWords(words, scope, options);
	}

	evaluate(text: string, scope: Scope): Promise<number> {
		return this.#simple.evaluate(text, scope);
	}

	calculate(text: string, scope: Scope): Promise<bigint> {
		return evaluateText(text, arithmeticScope(this.expansion(scope)));
	}

	/** Waits for a job in the foreground, with the terminal as its own; then takes the terminal back. */
	async waitInForeground(job: Job): Promise<number> {
		const outcome = await job.doneOrStopped();
		await this.giveTerminal(this.#group);
		job.isForeground = false;
		if (outcome !== 'stopped') return outcome;
		this.jobs.add(job);
		await this.say(`\n${this.jobs.describe(job)}`);
		return stoppedStatus;
	}

	async giveTerminal(group: number | undefined): Promise<void> {
		if (this.terminal !== undefined && group !== undefined)
			await this.system.terminalSetForeground(this.terminal, group);
	}

	/** Writes to the person at the terminal. */
	async say(text: string): Promise<void> {
		if (this.terminal !== undefined) await this.system.streamWrite(this.terminal, new TextEncoder().encode(text));
	}

	/** Runs the trap of a name, if there is one. */
	async runTrap(name: string, scope: Scope): Promise<void> {
		const { session } = scope;
		const text = session.traps.get(name);
		if (text === undefined || text === '') return;
		if (name === 'EXIT') session.traps.delete(name);
		const status = session.lastStatus;
		await this.evaluate(text, scope);
		session.lastStatus = status;
	}

	/** Runs what belongs to a subshell: on a copy of the session, with an end of its own. */
	async runSubshell(scope: Scope, action: (inner: Scope) => Promise<number>): Promise<number> {
		if (this.#tasks >= mostTasks) throw new ShellError('too many subshells at a time', 254);
		this.#tasks++;
		const session = scope.session.copy();
		const inner: Scope = { ...scope, session, isSubshell: true };
		try {
			const status = await endOf(action(inner));
			session.lastStatus = status;
			await this.runTrap('EXIT', inner);
			return status;
		} finally {
			this.#tasks--;
		}
	}

	async #breathe(scope: Scope): Promise<void> {
		if (++this.#commands % breathEvery === 0) await this.system.processSelf();
		if (scope.signal.aborted) throw new Interrupted();
		for (let name = this.pendingTraps.shift(); name !== undefined; name = this.pendingTraps.shift())
			await this.runTrap(name, scope);
	}

	async #runNode(node: Tree.PipelineNode | Tree.AndOr, scope: Scope): Promise<number> {
		switch (node.type) {
			case 'AndOr':
				return this.#runAndOr(node, scope);
			case 'Pipeline':
				return this.#runPipeline(node, scope);
			case 'Command':
				return this.#inJob(node, scope, (inner) => this.#simple.run(node, inner));
			case 'Redirected':
				return this.withRedirections(node.redirects, scope, (streams) =>
					this.#runNode(node.command, { ...scope, streams }),
				);
			case 'Function':
				scope.session.functions.set(node.name.value, node.body);
				return 0;
			case 'Coproc':
				throw new ShellError('coproc is not supported', 2);
			default:
				return this.#runCompound(node, scope);
		}
	}

	async #runAndOr({ commands, operators }: Tree.AndOr, scope: Scope): Promise<number> {
		let status = 0;
		for (const [index, command] of commands.entries()) {
			const operator = operators[index - 1];
			if ((operator === '&&' && status !== 0) || (operator === '||' && status === 0)) continue;
			const isLast = index === commands.length - 1;
			status = await this.run(command, isLast ? scope : { ...scope, checked: true });
		}
		return status;
	}

	async #runPipeline(pipeline: Tree.Pipeline, scope: Scope): Promise<number> {
		const { commands, prefixes } = pipeline;
		const [only] = commands;
		const negated = isNegated(pipeline);
		const inner = negated ? { ...scope, checked: true } : scope;
		const started = performance.now();
		const status =
			commands.length === 1 && only !== undefined
				? await this.#runNode(only, inner)
				: await this.#inJob(pipeline, inner, (within) => this.#runStages(pipeline, within));
		if (prefixes.some(({ type }) => type === 'Time')) await this.#warn(timeText(performance.now() - started), scope);
		return negated ? Number(status === 0) : status;
	}

	async #warn(text: string, { streams, signal }: Scope): Promise<void> {
		const error = new OutputStream(this.system, streams[2], signal);
		await error.write(text);
		await error.flush();
	}

	/** In a shell with a terminal, what is not part of a job yet becomes one, and has the terminal. */
	async #inJob(node: Tree.PipelineNode, scope: Scope, action: (scope: Scope) => Promise<number>): Promise<number> {
		if (this.terminal === undefined || scope.job !== undefined || scope.isSubshell) return action(scope);
		if (node.type === 'Command' && !this.#simple.isProcess(node, scope)) return action(scope);
		const job = new Job(textOf(node), true);
		const giveUp = () => job.controller.abort();
		scope.signal.addEventListener('abort', giveUp);
		void endOf(action({ ...scope, job, signal: job.controller.signal })).then(
			(status) => job.finish(status),
			async (error: unknown) => {
				job.finish(error instanceof Interrupted ? 130 : await this.report(error, 'sh', scope));
			},
		);
		const status = await this.waitInForeground(job);
		scope.signal.removeEventListener('abort', giveUp);
		// Ctrl+C stops the whole of what was typed, not this command alone.
		if (status === 130) throw new Interrupted();
		return status;
	}

	async #runStages({ commands, operators }: Tree.Pipeline, scope: Scope): Promise<number> {
		const statuses: Promise<number>[] = [];
		let input = scope.streams[0];
		for (const [index, command] of commands.entries()) {
			const isLast = index === commands.length - 1;
			const pipe = isLast ? undefined : await this.system.pipeCreate();
			const streams = scope.streams.with(0, input).with(1, pipe?.write ?? scope.streams[1]);
			if (operators[index] === '|&') streams[2] = streams[1];
			const ends = [index > 0 ? input : undefined, pipe?.write];
			statuses.push(this.#runStage(command, { ...scope, streams }, ends));
			input = pipe?.read;
		}
		const all = await Promise.all(statuses);
		const failed = scope.session.options.has('pipefail') ? all.findLast((status) => status !== 0) : undefined;
		return failed ?? all.at(-1) ?? 0;
	}

	/** Runs a part of a pipeline, then closes its ends, so that its neighbours see that it is gone. */
	async #runStage(command: Tree.CommandNode, scope: Scope, ends: readonly (number | undefined)[]): Promise<number> {
		try {
			return await this.runSubshell(scope, (inner) => this.run(command, inner));
		} catch (error) {
			if (error instanceof Interrupted) return 130;
			return await this.report(error, 'sh', scope);
		} finally {
			for (const handle of ends) if (handle !== undefined) await this.system.handleClose(handle);
		}
	}

	async #startBackground(statement: Tree.Statement, scope: Scope): Promise<void> {
		const { session } = scope;
		const job = new Job(textOf(statement.command), false);
		// What a job in the background reads is nothing, unless it can wait for the terminal.
		const streams = this.terminal === undefined ? scope.streams.with(0, undefined) : [...scope.streams];
		const inner: Scope = { ...scope, job, streams, signal: job.controller.signal, checked: false };
		const run = this.runSubshell(inner, (within) => this.run(statement.command, within));
		run.then(
			(status) => job.finish(status),
			async (error: unknown) => {
				job.finish(
					error instanceof Interrupted ? 130 : await this.report(error, 'sh', { ...scope, session: session.copy() }),
				);
			},
		);
		this.jobs.add(job);
		// `$!` is a process where there is one. A job that goes about other things first is not waited for long.
		await Promise.race([job.firstStart, job.done, this.#turns(4)]);
		job.identifier = job.lastPid ?? noProcess + job.number;
		session.lastBackground = job.identifier;
		session.lastStatus = 0;
		if (!scope.isSubshell) await this.say(`[${job.number}] ${job.lastPid ?? ''}\n`);
	}

	/** So many answers of the kernel later. */
	async #turns(count: number): Promise<void> {
		for (let left = count; left > 0; left--) await this.system.processSelf();
	}

	async #runCompound(command: Tree.CompoundCommand, scope: Scope): Promise<number> {
		switch (command.type) {
			case 'BraceGroup':
				return this.runScript(command.body, scope);
			case 'Subshell':
				return this.#inJob(command, scope, (inner) =>
					this.runSubshell(inner, (within) => this.runScript(command.body, within)),
				);
			case 'If':
				return this.#runIf(command, scope);
			case 'While':
				return this.#loop(scope, async () => {
					const holds = (await this.runScript(command.clause, { ...scope, checked: true })) === 0;
					return holds === (command.kind === 'while') ? command.body : undefined;
				});
			case 'For':
				return this.#runFor(command, scope);
			case 'ArithmeticFor':
				return this.#runArithmeticFor(command, scope);
			case 'Case':
				return this.#runCase(command, scope);
			case 'ArithmeticCommand':
				return Number((await expandArithmetic(command.expression, this.expansion(scope))) === 0n);
			case 'TestCommand':
				return Number(!(await evaluateConditional(command.expression, this.expansion(scope))));
			case 'Select':
				throw new ShellError('select is not supported', 2);
		}
	}

	async #runIf(command: Tree.If, scope: Scope): Promise<number> {
		for (const { clause, then } of [command, ...command.elif]) {
			if ((await this.runScript(clause, { ...scope, checked: true })) === 0) return this.#runList(then, scope);
		}
		return command.else === undefined ? 0 : this.#runList(command.else, scope);
	}

	/** A list whose exit code is 0 when it is empty. */
	#runList(list: Tree.CompoundList, scope: Scope): Promise<number> {
		scope.session.lastStatus = 0;
		return this.runScript(list, scope);
	}

	async #runFor({ name, wordlist, body }: Tree.For, scope: Scope): Promise<number> {
		const { session } = scope;
		const values = wordlist === undefined ? session.positional : await expandWords(wordlist, this.expansion(scope));
		const left = [...values].reverse();
		return this.#loop(scope, async () => {
			const value = left.pop();
			if (value === undefined) return undefined;
			session.setVariable(name.value, value);
			return body;
		});
	}

	async #runArithmeticFor({ initialize, test, update, body }: Tree.ArithmeticFor, scope: Scope): Promise<number> {
		const within = this.expansion(scope);
		await expandArithmetic(initialize, within);
		let isFirst = true;
		return this.#loop(scope, async () => {
			if (!isFirst) await expandArithmetic(update, within);
			isFirst = false;
			return test === undefined || (await expandArithmetic(test, within)) !== 0n ? body : undefined;
		});
	}

	/** Runs what `next` gives until it gives nothing, `break` says so or the command is stopped. */
	async #loop(scope: Scope, next: () => Promise<Tree.CompoundList | undefined>): Promise<number> {
		let status = 0;
		for (;;) {
			await this.#breathe(scope);
			try {
				const body = await next();
				if (body === undefined) return status;
				status = await this.runScript(body, scope);
			} catch (error) {
				if (!(error instanceof LoopControl)) throw error;
				status = 0;
				if (error.levels > 1) throw error.outward();
				if (error.kind === 'break') return status;
			}
		}
	}

	async #runCase({ word, items }: Tree.Case, scope: Scope): Promise<number> {
		const within = this.expansion(scope);
		const text = await expandToText(word, within);
		let status = 0;
		let goesOn = false;
		for (const { pattern, body, terminator } of items) {
			let matches = goesOn;
			for (const candidate of matches ? [] : pattern)
				matches ||= compilePattern(await expandToPattern(candidate, within)).test(text);
			if (!matches) continue;
			status = await this.#runList(body, scope);
			if (terminator !== ';&' && terminator !== ';;&') return status;
			goesOn = terminator === ';&';
		}
		return status;
	}

	async #capture(script: Tree.ParsedScript, scope: Scope): Promise<string> {
		const pipe = await this.system.pipeCreate();
		const inner: Scope = { ...scope, streams: scope.streams.with(1, pipe.write), checked: true };
		const finished = this.runSubshell(inner, (within) => this.runScript(script, within)).finally(() =>
			this.system.handleClose(pipe.write),
		);
		try {
			const [bytes, status] = await Promise.all([readToEnd(this.system, pipe.read), finished]);
			scope.session.lastStatus = status;
			// A variable holds no NUL.
			return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).replaceAll('\0', '');
		} finally {
			await this.system.handleClose(pipe.read);
		}
	}
}
