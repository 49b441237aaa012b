/**
 * The interactive shell: prompt, line editing, completion, history, jobs.
 *
 * Rules of use:
 * - At the prompt the terminal is raw and the shell edits the line itself; while a command runs it does what programs expect.
 * - Shell integration marks (OSC 133, as FinalTerm defined them) tell the terminal when a command starts and ends.
 * - Ctrl+C ends what is in the foreground. What runs in the shell itself stops at the next command.
 */
import { OsError } from '#abi/errors.ts';
import type { ProcessStart, Signal, TerminalMode } from '#abi/structures.generated.ts';
import type { System } from '#runtime/system.ts';
import { builtins } from './builtins/index.ts';
import { Children } from './children.ts';
import { formatColumns } from './columns.ts';
import { complete } from './completion.ts';
import { History } from './history.ts';
import { Interpreter } from './interpreter.ts';
import { type Key, KeyDecoder } from './key-decoder.ts';
import { LineEditor } from './line-editor.ts';
import { isIncomplete, parseShell, replaceAliases } from './parse.ts';
import { makePrompt } from './prompt.ts';
import { ExitControl, Interrupted, LoopControl, ReturnControl, type Scope } from './scope.ts';
import { Session } from './session.ts';
import { signalNames } from './signal-names.ts';

const rawMode: TerminalMode = { canonical: false, echo: false, signals: false, outputNewlines: true };
const cookedMode: TerminalMode = { canonical: true, echo: true, signals: true, outputNewlines: true };
const hungUpStatus = 129;

export class InteractiveShell {
	readonly #system: System;
	readonly #session: Session;
	readonly #start: ProcessStart;
	readonly #terminal: number;
	readonly #shell: Interpreter;
	readonly #history: History;
	readonly #editor: LineEditor;
	readonly #decoder = new KeyDecoder();
	readonly #keys: Key[] = [];
	#running: AbortController | undefined;
	#hungUp = false;
	#lastTab = '';

	constructor(system: System, start: ProcessStart, terminal: number) {
		this.#system = system;
		this.#start = start;
		this.#terminal = terminal;
		this.#session = new Session(start);
		this.#session.options.add('m');
		this.#shell = new Interpreter({ system, children: new Children(system), terminal, group: start.group });
		this.#history = new History(system, this.#session);
		this.#editor = new LineEditor(this.#session.history);
	}

	async run(): Promise<number> {
		this.#system.onSignal((signal) => this.#hear(signal));
		await this.#system.processSetTitle('Shell');
		await this.#history.load();
		await this.#shell.giveTerminal(this.#start.group);
		await this.#followSize();
		const status = await this.#readAndRun();
		await this.#end();
		return status;
	}

	async #readAndRun(): Promise<number> {
		while (!this.#hungUp) {
			await this.#tellDoneJobs();
			const text = await this.#readCommand();
			if (text === undefined) break;
			try {
				await this.#execute(text);
			} catch (error) {
				if (error instanceof ExitControl) return error.status;
				throw error;
			}
		}
		return this.#hungUp ? hungUpStatus : this.#session.lastStatus;
	}

	/** Jobs that were not disowned hear that their shell ends. */
	async #end(): Promise<void> {
		for (const job of this.#shell.jobs.all) {
			await this.#shell.jobs.signal(job, 'hangup');
			await this.#shell.jobs.signal(job, 'continue');
		}
		if (!this.#hungUp) {
			await this.#shell.runTrap('EXIT', this.#scope(new AbortController().signal));
			await this.#system.terminalSetMode(this.#terminal, cookedMode);
		}
	}

	#hear(signal: Signal): void {
		const name = signalNames.find((entry) => entry.signal === signal)?.name ?? '';
		if (this.#session.traps.has(name)) this.#shell.pendingTraps.push(name);
		else if (signal === 'hangup' || signal === 'terminate') {
			this.#hungUp = true;
			this.#running?.abort();
			// Ends the read of keys, if one waits.
			this.#system.handleClose(this.#terminal).catch(ignoreGone);
		} else if (signal === 'interrupt') this.#running?.abort();
	}

	/** Keeps `LINES` and `COLUMNS` as the terminal is. */
	async #followSize(): Promise<void> {
		let size = await this.#system.terminalSize(this.#terminal);
		this.#resize(size);
		const follow = async (): Promise<void> => {
			for (;;) {
				size = await this.#system.terminalAwaitSize(this.#terminal, size);
				this.#resize(size);
			}
		};
		follow().catch(ignoreGone);
	}

	#resize({ rows, columns }: { rows: number; columns: number }): void {
		this.#editor.resize(columns);
		this.#session.setVariable('LINES', String(rows), { exported: true });
		this.#session.setVariable('COLUMNS', String(columns), { exported: true });
	}

	async #tellDoneJobs(): Promise<void> {
		const lines = this.#shell.jobs.all
			.filter(({ state }) => state === 'done')
			.map((job) => this.#shell.jobs.describe(job));
		this.#shell.jobs.takeDone();
		if (lines.length > 0) await this.#shell.say(lines.join(''));
	}

	/** A whole command, which may be several lines; `undefined` at the end of input. */
	async #readCommand(): Promise<string | undefined> {
		let text = '';
		for (;;) {
			const line = await this.#readLine(text === '' ? makePrompt(this.#session) : '> ');
			if (line === 'ended') return undefined;
			if (line === 'interrupted') {
				this.#session.lastStatus = 130;
				text = '';
				continue;
			}
			text = text === '' ? line.text : `${text}\n${line.text}`;
			if (!isIncomplete(text)) return text;
		}
	}

	async #readLine(prompt: string): Promise<{ text: string } | 'ended' | 'interrupted'> {
		try {
			await this.#system.terminalSetMode(this.#terminal, rawMode);
			await this.#shell.say('\x1b]133;A\x07\x1b[?2004h');
			this.#editor.start(prompt);
			for (;;) {
				await this.#flushEditor();
				if (this.#keys.length === 0) {
					const bytes = await this.#system.streamRead(this.#terminal, 65_536);
					if (bytes.length === 0) return 'ended';
					for (const key of this.#decoder.decode(bytes)) this.#keys.push(key);
				}
				const finished = await this.#edit();
				if (finished === undefined) continue;
				await this.#shell.say('\x1b[?2004l');
				return finished;
			}
		} catch (error) {
			ignoreGone(error);
			return 'ended';
		}
	}

	/** Takes keys until the line is finished; those behind it stay for the next one. */
	async #edit(): Promise<{ text: string } | 'ended' | 'interrupted' | undefined> {
		for (let key = this.#keys.shift(); key !== undefined; key = this.#keys.shift()) {
			const result = this.#editor.handle(key);
			if (result.kind === 'complete') {
				await this.#complete();
				continue;
			}
			this.#lastTab = '';
			if (result.kind === 'editing') continue;
			await this.#flushEditor();
			return result.kind === 'accepted' ? { text: result.line } : result.kind;
		}
		return undefined;
	}

	async #flushEditor(): Promise<void> {
		const output = this.#editor.takeOutput();
		if (output !== '') await this.#shell.say(output);
	}

	async #complete(): Promise<void> {
		const before = this.#editor.beforeCursor;
		const completion = await complete(before, { system: this.#system, session: this.#session, builtins });
		const typed = before.slice(before.length - completion.replace);
		if (completion.candidates.length > 0 && completion.text !== typed) {
			this.#editor.replaceBeforeCursor(completion.replace, completion.text);
		} else if (completion.candidates.length > 1 && this.#lastTab === before) {
			this.#editor.showBelow(formatColumns(completion.candidates, this.#editor.columns));
		}
		this.#lastTab = this.#editor.beforeCursor;
	}

	#scope(signal: AbortSignal): Scope {
		const { standardInput, standardOutput, standardError } = this.#start;
		const streams = [standardInput, standardOutput, standardError];
		return { session: this.#session, streams, signal, job: undefined, checked: false, isSubshell: false };
	}

	async #execute(text: string): Promise<void> {
		if (text.trim() === '') return;
		await this.#history.remember(text);
		const running = new AbortController();
		this.#running = running;
		const scope = this.#scope(running.signal);
		await this.#system.processSetTitle(`Shell: ${text.split('\n')[0]?.slice(0, 80)}`);
		await this.#system.terminalSetMode(this.#terminal, cookedMode);
		await this.#shell.say('\x1b]133;C\x07');
		try {
			const expanded = replaceAliases(text, this.#session.aliases);
			const script = parseShell(expanded);
			await this.#shell.runScript(script, scope);
		} catch (error) {
			if (error instanceof Interrupted) await this.#tellInterrupted();
			else if (error instanceof ExitControl) throw error;
			else if (!(error instanceof LoopControl || error instanceof ReturnControl))
				await this.#shell.report(error, 'sh', { ...scope, signal: new AbortController().signal });
		} finally {
			this.#running = undefined;
			await this.#afterCommand();
		}
	}

	/** The `^C` that the terminal has shown stays in a line of its own. */
	async #tellInterrupted(): Promise<void> {
		this.#session.lastStatus = 130;
		await this.#shell.say('\n').catch(ignoreGone);
	}

	async #afterCommand(): Promise<void> {
		try {
			await this.#shell.giveTerminal(this.#start.group);
			await this.#system.processSetTitle('Shell');
			await this.#shell.say(`\x1b]133;D;${this.#session.lastStatus}\x07`);
		} catch (error) {
			ignoreGone(error);
		}
	}
}

/** The terminal has gone, or the shell has ended: the end of the input follows. */
function ignoreGone(error: unknown): void {
	if (!(error instanceof OsError && ['EIO', 'EBADF', 'ECANCELED', 'EPIPE'].includes(error.code))) throw error;
}
