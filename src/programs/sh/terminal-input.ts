/**
 * The terminal's side of an interactive shell: one reader of standard input that never stops, so that Ctrl+C is
 * seen while a command runs.
 *
 * Rules of use:
 * - While the shell edits a line, keys go to `onKey`. While a command runs, they are echoed and gathered to lines, which
 *   `readLine` hands to whoever reads standard input; Ctrl+D on an empty line is its end.
 * - Keys are taken without waiting for anything, so that they stay in order whatever the commands do.
 * - What is typed while a command runs and nobody reads is kept for the next prompt.
 */
import { OsError } from '#abi/errors.ts';
import type { System } from '#runtime/system.ts';
import { type Key, KeyDecoder } from './key-decoder.ts';
import type { ReadBytes } from './streams.ts';
import { splitGraphemes, textWidth } from './text-width.ts';

export class TerminalInput {
	readonly #system: System;
	readonly #write: (text: string) => Promise<void>;
	readonly #decoder = new KeyDecoder();
	readonly #keys: Key[] = [];
	/** Wakes the shell's line editor. */
	#wakeEditor: (() => void) | undefined;
	#mode: 'editing' | 'running' = 'editing';
	#ended = false;
	#line = '';
	readonly #lines: Uint8Array<ArrayBuffer>[] = [];
	#waiting: ((line: Uint8Array<ArrayBuffer>) => void)[] = [];

	/** Called for Ctrl+C while a command runs, and when the terminal has gone. */
	onInterrupt: (() => void) | undefined;
	/** Called with the terminal's width. */
	onSize: ((size: { rows: number; columns: number }) => void) | undefined;

	constructor(system: System, write: (text: string) => Promise<void>) {
		this.#system = system;
		this.#write = write;
	}

	/** Reads standard input until it ends. */
	async pump(handle: number): Promise<void> {
		for (;;) {
			const bytes = await this.#system.streamRead(handle, 65_536);
			if (bytes.length === 0) break;
			for (const key of this.#decoder.decode(bytes)) this.#take(key);
			this.#wakeEditor?.();
		}
		this.end();
	}

	/** Nothing more is read: whoever waits sees the end. */
	end(): void {
		this.#ended = true;
		this.#finishReaders();
		// Nobody is at the terminal any more: what runs is stopped, and the shell ends.
		if (this.#mode === 'running') this.onInterrupt?.();
		this.#wakeEditor?.();
	}

	/** Keys for the line editor; `undefined` at the end of standard input. */
	async nextKeys(): Promise<Key[] | undefined> {
		this.#mode = 'editing';
		while (this.#keys.length === 0) {
			if (this.#ended) return undefined;
			await new Promise<void>((resolve) => {
				this.#wakeEditor = resolve;
			});
		}
		return this.#keys.splice(0);
	}

	/** Keys that the editor did not use, because the line before them was accepted. */
	putBack(keys: readonly Key[]): void {
		this.#keys.unshift(...keys);
	}

	/** From now on keys are for the command that runs. */
	commandStarts(): void {
		this.#mode = 'running';
		for (const key of this.#keys.splice(0)) this.#take(key);
	}

	/** What was typed and not read goes to the next prompt. */
	commandEnds(): void {
		const text = new TextDecoder();
		this.#mode = 'editing';
		this.#finishReaders();
		for (const line of this.#lines.splice(0).filter(({ length }) => length > 0)) {
			this.#keys.push({ kind: 'text', text: text.decode(line).trimEnd() }, { kind: 'key', name: 'enter' });
		}
		if (this.#line !== '') this.#keys.push({ kind: 'text', text: this.#line });
		this.#line = '';
	}

	/** Standard input for commands. */
	readonly readLine: ReadBytes = () => {
		const line = this.#lines.shift();
		if (line !== undefined) return Promise.resolve(line);
		if (this.#ended) return Promise.resolve(new Uint8Array());
		return new Promise((resolve) => this.#waiting.push(resolve));
	};

	#take(key: Key): void {
		if (key.kind === 'size') this.onSize?.(key);
		else if (this.#mode === 'editing') this.#keys.push(key);
		else this.#takeForCommand(key);
	}

	#takeForCommand(key: Key & { kind: 'text' | 'paste' | 'key' }): void {
		if (key.kind !== 'key') {
			const text = key.text.replaceAll('\r', '\n');
			const lines = text.split('\n');
			for (const [index, part] of lines.entries()) {
				this.#line += part;
				this.#echo(part);
				if (index < lines.length - 1) this.#finishLine();
			}
		} else if (key.name === 'enter') this.#finishLine();
		else if (key.name === 'control-c') {
			this.#line = '';
			this.#echo('^C\n');
			this.onInterrupt?.();
		} else if (key.name === 'control-d' && this.#line === '') this.#deliver(new Uint8Array());
		else if (key.name === 'backspace' && this.#line !== '') {
			const last = splitGraphemes(this.#line).at(-1) ?? '';
			this.#line = this.#line.slice(0, -last.length);
			const width = textWidth(last);
			this.#echo('\b'.repeat(width) + ' '.repeat(width) + '\b'.repeat(width));
		}
	}

	/** Shows what was typed. Writes are sent at once and taken in order, so a line is shown before its reader has it. */
	#echo(text: string): void {
		this.#write(text).catch((error: unknown) => {
			// The terminal has gone; the end of standard input follows.
			if (!(error instanceof OsError)) throw error;
		});
	}

	#finishLine(): void {
		const line = new TextEncoder().encode(`${this.#line}\n`);
		this.#line = '';
		this.#echo('\n');
		this.#deliver(line);
	}

	#deliver(line: Uint8Array<ArrayBuffer>): void {
		const reader = this.#waiting.shift();
		if (reader !== undefined) reader(line);
		else this.#lines.push(line);
	}

	#finishReaders(): void {
		for (const resolve of this.#waiting.splice(0)) resolve(new Uint8Array());
	}
}
