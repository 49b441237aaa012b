/**
 * The interactive shell: prompt, line editing, completion, history, Ctrl+C.
 *
 * Rules of use:
 * - Shell integration marks (OSC 133, as FinalTerm defined them) tell the terminal when a command starts and ends.
 * - The history is kept in `shell-history.txt` of the person's settings folder; a line that starts with a blank is not kept.
 */
import { OsError } from '#abi/errors.ts';
import { rights } from '#abi/rights.ts';
import { joinPath } from '#base/path.ts';
import type { System } from '#runtime/system.ts';
import { formatColumns } from './commands/directories.ts';
import { commands } from './commands/index.ts';
import { complete } from './completion.ts';
import { Interpreter } from './interpreter.ts';
import type { Key } from './key-decoder.ts';
import { LineEditor } from './line-editor.ts';
import { parseShell } from './parser.ts';
import type { Session } from './session.ts';
import { type List, ShellSyntaxError } from './syntax.ts';
import { TerminalInput } from './terminal-input.ts';

const historyLimit = 1000;

export interface StandardHandles {
	readonly input: number;
	readonly output: number;
	readonly error: number;
}

export class InteractiveShell {
	readonly #system: System;
	readonly #session: Session;
	readonly #handles: StandardHandles;
	readonly #interpreter: Interpreter;
	readonly #input: TerminalInput;
	readonly #editor: LineEditor;
	readonly #encoder = new TextEncoder();
	#running: AbortController | undefined;
	#lastTab = '';

	constructor(system: System, session: Session, handles: StandardHandles) {
		this.#system = system;
		this.#session = session;
		this.#handles = handles;
		this.#interpreter = new Interpreter(system, commands, handles.output);
		this.#editor = new LineEditor(session.history);
		this.#input = new TerminalInput(system, (text) => this.#write(text));
		this.#input.onInterrupt = () => this.interrupt();
		this.#input.onSize = ({ rows, columns }) => this.#resize(rows, columns);
	}

	/** Stops the command that runs. */
	interrupt(): void {
		this.#running?.abort();
	}

	/** Stops the command that runs, then ends the shell. */
	hangUp(): void {
		this.#session.exitCode = 143;
		this.interrupt();
		this.#input.end();
	}

	async run(): Promise<number> {
		await this.#system.processSetTitle('Shell');
		await this.#loadHistory();
		this.#resize(
			Number(this.#session.findVariable('LINES') ?? 24),
			Number(this.#session.findVariable('COLUMNS') ?? 80),
		);
		this.#input.pump(this.#handles.input).catch((error: unknown) => {
			// ECANCELED: the shell has ended, and its last read with it.
			if (!(error instanceof OsError && error.code === 'ECANCELED')) throw error;
		});
		while (this.#session.exitCode === undefined) {
			const text = await this.#readCommand();
			if (text === undefined) break;
			await this.#execute(text);
		}
		return this.#session.exitCode ?? this.#session.lastStatus;
	}

	#resize(rows: number, columns: number): void {
		this.#editor.resize(columns);
		this.#session.variables.set('LINES', String(rows));
		this.#session.variables.set('COLUMNS', String(columns));
	}

	async #write(text: string): Promise<void> {
		await this.#system.streamWrite(this.#handles.output, this.#encoder.encode(text));
	}

	async #flushEditor(): Promise<void> {
		const output = this.#editor.takeOutput();
		if (output !== '') await this.#write(output);
	}

	/** A whole command, which may be several lines; `undefined` at the end of input. */
	async #readCommand(): Promise<string | undefined> {
		let text = '';
		for (;;) {
			const line = await this.#readLine(text === '' ? this.#prompt() : '> ');
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

	#prompt(): string {
		const home = this.#session.findVariable('HOME');
		const directory = this.#session.workingDirectory;
		const shown =
			home !== undefined && `${directory}/`.startsWith(`${home}/`) ? `~${directory.slice(home.length)}` : directory;
		const mark = this.#session.lastStatus === 0 ? '\x1b[32m' : '\x1b[31m';
		return `\x1b[1;34m${shown}\x1b[0m ${mark}$\x1b[0m `;
	}

	async #readLine(prompt: string): Promise<{ text: string } | 'ended' | 'interrupted'> {
		await this.#write('\x1b]133;A\x07\x1b[?2004h');
		this.#editor.start(prompt);
		for (;;) {
			await this.#flushEditor();
			const keys = await this.#input.nextKeys();
			if (keys === undefined) return 'ended';
			const finished = await this.#edit(keys);
			if (finished === undefined) continue;
			await this.#write('\x1b[?2004l');
			return finished;
		}
	}

	async #edit(keys: readonly Key[]): Promise<{ text: string } | 'ended' | 'interrupted' | undefined> {
		for (const [index, key] of keys.entries()) {
			const result = this.#editor.handle(key);
			if (result.kind === 'complete') {
				await this.#complete();
				continue;
			}
			this.#lastTab = '';
			if (result.kind === 'editing') continue;
			this.#input.putBack(keys.slice(index + 1));
			await this.#flushEditor();
			return result.kind === 'accepted' ? { text: result.line } : result.kind;
		}
		return undefined;
	}

	async #complete(): Promise<void> {
		const before = this.#editor.beforeCursor;
		const completion = await complete(before, {
			system: this.#system,
			session: this.#session,
			commandNames: commands.keys(),
		});
		const typed = before.slice(before.length - completion.replace);
		if (completion.candidates.length > 0 && completion.text !== typed) {
			this.#editor.replaceBeforeCursor(completion.replace, completion.text);
		} else if (completion.candidates.length > 1 && this.#lastTab === before) {
			this.#editor.showBelow(formatColumns(completion.candidates, this.#editor.columns));
		}
		this.#lastTab = this.#editor.beforeCursor;
	}

	async #execute(text: string): Promise<void> {
		if (text.trim() === '') return;
		await this.#remember(text);
		const list = await this.#parse(text);
		if (list === undefined) return;
		const { output, error } = this.#handles;
		const running = new AbortController();
		this.#running = running;
		await this.#system.processSetTitle(`Shell: ${text.split('\n')[0]?.slice(0, 80)}`);
		await this.#write('\x1b]133;C\x07');
		this.#input.commandStarts();
		try {
			const streams = { input: this.#input.readLine, output, error };
			await this.#interpreter.run(list, this.#session, streams, running.signal);
			if (running.signal.aborted) this.#session.lastStatus = 130;
		} finally {
			this.#running = undefined;
			this.#input.commandEnds();
			await this.#system.processSetTitle('Shell');
			await this.#write(`\x1b]133;D;${this.#session.lastStatus}\x07`);
		}
	}

	async #parse(text: string): Promise<List | undefined> {
		try {
			return parseShell(text);
		} catch (error) {
			if (!(error instanceof ShellSyntaxError)) throw error;
			this.#session.lastStatus = 2;
			await this.#write(`sh: ${error.message}\n`);
			return undefined;
		}
	}

	get #historyPath(): string | undefined {
		const home = this.#session.findVariable('HOME');
		return home === undefined ? undefined : joinPath(home, 'Settings', 'shell-history.txt');
	}

	async #loadHistory(): Promise<void> {
		const path = this.#historyPath;
		if (path === undefined) return;
		try {
			const bytes = await this.#system.pathRead(path, 4_194_304);
			const lines = new TextDecoder()
				.decode(bytes)
				.split('\n')
				.filter((line) => line !== '');
			this.#session.history.push(...lines.slice(-historyLimit));
			if (lines.length > 2 * historyLimit) {
				const kept = `${lines.slice(-historyLimit).join('\n')}\n`;
				await this.#system.pathWrite(path, this.#encoder.encode(kept), 'replace');
			}
		} catch (error) {
			if (!(error instanceof OsError)) throw error;
			// No history yet, or one that cannot be read: the shell starts with an empty one.
		}
	}

	async #remember(text: string): Promise<void> {
		const line = text.trimEnd();
		if (line.startsWith(' ') || this.#session.history.at(-1) === line) return;
		this.#session.history.push(line);
		const path = this.#historyPath;
		// The file has a command a line: one of several lines is remembered by this shell only.
		if (path === undefined || line.includes('\n')) return;
		try {
			const handle = await this.#system.fileOpen(path, 'append', rights.write);
			await this.#system.streamWrite(handle, this.#encoder.encode(`${line}\n`));
			await this.#system.handleClose(handle);
		} catch (error) {
			if (!(error instanceof OsError)) throw error;
			await this.#system.logWrite('warning', `sh: the history could not be kept: ${error.message}`);
		}
	}
}

function isIncomplete(text: string): boolean {
	try {
		parseShell(text);
		return false;
	} catch (error) {
		return error instanceof ShellSyntaxError && error.incomplete;
	}
}
