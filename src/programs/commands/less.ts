/**
 * `less`: shows text a screen at a time.
 *
 * The keys come from the terminal of the process, so that the text may come through a pipe. Of the text as much is read as
 * was asked for; it stays in memory as long as it is looked at.
 */
import type { TerminalMode } from '#abi/structures.generated.ts';
import { type Command, type CommandContext, type Options, pathOf, UsageError } from './command.ts';
import { translatePattern } from './regular-expression.ts';
import { Input } from './streams.ts';
import { decodeText } from './text.ts';

const keyMode: TerminalMode = { canonical: false, echo: false, signals: true, outputNewlines: true };

const less: Command = {
	usage: 'less [-iNRS] [+LINE] [FILE…]',
	summary:
		'Shows text a screen at a time: Space and b turn, arrows move, / searches, n and N go on, g and G to the ends, q ends. -N numbers, -S cuts long lines, -i ignores case.',
	options: { flags: 'eEFiIMNRrSX' },
	run(context, options) {
		const { output, system, input } = context;
		const operands = options.operands.filter((text) => !text.startsWith('+'));
		const isTerminal = output.handle !== undefined && system.handleKind(output.handle) === 'terminal';
		if (operands.length === 0 && (input.handle === undefined || system.handleKind(input.handle) === 'terminal'))
			throw new UsageError('which file?');
		const source = operands.length === 0 ? input.lines() : linesOf(context, operands);
		if (!isTerminal) {
			for (const line of source) output.write(`${line}\n`);
			return 0;
		}
		const keys = system.terminalOpen();
		const before = system.terminalMode(keys);
		system.terminalSetMode(keys, keyMode);
		try {
			output.write('\x1b[?1049h');
			const start = Number(options.operands.find((text) => /^\+\d+$/.test(text))?.slice(1) ?? 1);
			new Pager(context, options, { source, keys, title: operands[0] ?? '' }).run(start - 1);
		} finally {
			output.write('\x1b[?1049l');
			output.flush();
			system.terminalSetMode(keys, before);
			system.handleClose(keys);
		}
		return 0;
	},
};

function* linesOf(context: CommandContext, operands: readonly string[]): Generator<string> {
	for (const operand of operands) {
		if (operand === '-') {
			yield* context.input.lines();
			continue;
		}
		const handle = context.system.fileOpen(pathOf(context, operand), 'open', 1);
		const input = new Input({ system: context.system, handle, pipe: undefined });
		yield* input.lines();
		input.close();
	}
}

class Pager {
	readonly #context: CommandContext;
	readonly #options: Options;
	readonly #source: Iterator<string>;
	readonly #keys: number;
	readonly #title: string;
	readonly #lines: string[] = [];
	#isWhole = false;
	/** The first line shown. */
	#top = 0;
	#rows = 24;
	#columns = 80;
	#expression: RegExp | undefined;
	#message = '';

	constructor(
		context: CommandContext,
		options: Options,
		parts: { source: Iterator<string>; keys: number; title: string },
	) {
		this.#context = context;
		this.#options = options;
		this.#source = parts.source;
		this.#keys = parts.keys;
		this.#title = parts.title;
	}

	run(start: number): void {
		this.#top = start;
		for (;;) {
			this.#draw();
			const key = this.#readKey();
			if (key === undefined || key === 'q' || key === 'Q') return;
			this.#message = '';
			this.#handle(key);
		}
	}

	/** Reads the text up to a line; false when it ends before. */
	#need(line: number): boolean {
		while (!this.#isWhole && this.#lines.length <= line) {
			const next = this.#source.next();
			if (next.done === true) this.#isWhole = true;
			else this.#lines.push(next.value);
		}
		return line < this.#lines.length;
	}

	#readKey(): string | undefined {
		const bytes = this.#context.system.streamRead(this.#keys, 64);
		return bytes.length === 0 ? undefined : decodeText(bytes);
	}

	#handle(key: string): void {
		const page = this.#rows - 1;
		if ([' ', 'f', '\x1b[6~', '\x06'].includes(key)) this.#move(page);
		else if (['b', '\x1b[5~', '\x02'].includes(key)) this.#move(-page);
		else if (['j', '\r', '\n', 'e', '\x1b[B', '\x1bOB'].includes(key)) this.#move(1);
		else if (['k', 'y', '\x1b[A', '\x1bOA'].includes(key)) this.#move(-1);
		else if (key === 'd' || key === '\x04') this.#move(Math.floor(page / 2));
		else if (key === 'u' || key === '\x15') this.#move(-Math.floor(page / 2));
		else if (['g', '<', '\x1b[H', '\x1bOH', '\x1b[1~'].includes(key)) this.#top = 0;
		else if (['G', '>', '\x1b[F', '\x1bOF', '\x1b[4~'].includes(key)) this.#toEnd();
		else if (key === '/' || key === '?') this.#ask(key);
		else if (key === 'n') this.#search(1, this.#top + 1);
		else if (key === 'N') this.#search(-1, this.#top - 1);
		else if (key === 'h') this.#message = 'Space b j k g G: move   /: search   n N: next, before   q: end';
	}

	#move(lines: number): void {
		const wanted = Math.max(0, this.#top + lines);
		this.#need(wanted + this.#rows);
		this.#top = this.#isWhole ? Math.min(wanted, Math.max(0, this.#lines.length - this.#rows + 1)) : wanted;
	}

	#toEnd(): void {
		this.#need(Number.POSITIVE_INFINITY);
		this.#top = Math.max(0, this.#lines.length - this.#rows + 1);
	}

	/** Lets the person type a line at the bottom. */
	#ask(mark: string): void {
		let text = '';
		for (;;) {
			this.#bottom(mark + text);
			const key = this.#readKey();
			if (key === undefined || key === '\x1b') return;
			for (const character of key) {
				if (character === '\r' || character === '\n') {
					this.#begin(text, mark);
					return;
				}
				text =
					character === '\x7f' || character === '\b' ? text.slice(0, -1) : text + (character >= ' ' ? character : '');
			}
		}
	}

	#begin(text: string, mark: string): void {
		if (text !== '') {
			const ignoresCase = this.#options.has('I') || (this.#options.has('i') && text === text.toLowerCase());
			try {
				this.#expression = new RegExp(translatePattern(text, 'extended'), ignoresCase ? 'giu' : 'gu');
			} catch {
				this.#message = `"${text}" is not a regular expression`;
				return;
			}
		}
		this.#search(mark === '/' ? 1 : -1, this.#top + (mark === '/' ? 0 : -1));
	}

	#search(step: 1 | -1, from: number): void {
		const expression = this.#expression;
		if (expression === undefined) {
			this.#message = 'Search for what? Type / and a text.';
			return;
		}
		for (let line = from; line >= 0 && this.#need(line); line += step) {
			expression.lastIndex = 0;
			if (!expression.test(this.#lines[line] as string)) continue;
			this.#top = line;
			return;
		}
		this.#message = 'The text was not found.';
	}

	#draw(): void {
		const { rows, columns } = this.#context.system.terminalSize(this.#keys);
		[this.#rows, this.#columns] = [Math.max(2, rows), Math.max(10, columns)];
		this.#need(this.#top + this.#rows);
		let screen = '\x1b[H\x1b[2J';
		let shown = 0;
		for (let line = this.#top; shown < this.#rows - 1; line++) {
			const text = this.#lines[line];
			const parts = text === undefined ? ['~'] : this.#wrap(text, line);
			for (const part of parts) if (shown++ < this.#rows - 1) screen += `${part}\n`;
		}
		this.#context.output.write(screen);
		this.#bottom(this.#message === '' ? this.#status() : `\x1b[7m${this.#message}\x1b[0m`);
	}

	#status(): string {
		const isAtEnd = this.#isWhole && this.#top + this.#rows - 1 >= this.#lines.length;
		if (isAtEnd) return '\x1b[7m(END)\x1b[0m';
		return this.#title === '' ? ':' : `\x1b[7m${this.#title.slice(0, this.#columns - 2)}\x1b[0m`;
	}

	#bottom(text: string): void {
		this.#context.output.write(`\x1b[${this.#rows};1H\x1b[K${text}`);
		this.#context.output.flush();
	}

	/** A line as it fits; what cannot be shown is shown as `^X`. */
	#wrap(text: string, line: number): string[] {
		const prefix = this.#options.has('N') ? `${String(line + 1).padStart(6)} ` : '';
		const width = this.#columns - prefix.length;
		const keepsColours = this.#options.has('R') || this.#options.has('r');
		const plain = keepsColours
			? text
			: text.replaceAll('\t', '        ').replace(/\p{Cc}/gu, (c) => `^${String.fromCharCode(c.charCodeAt(0) ^ 64)}`);
		if (keepsColours) return [prefix + plain];
		const parts: string[] = [];
		for (let at = 0; at < plain.length || at === 0; at += width) {
			parts.push((at === 0 ? prefix : ' '.repeat(prefix.length)) + this.#mark(plain.slice(at, at + width)));
			if (this.#options.has('S') || parts.length >= this.#rows) break;
		}
		return parts;
	}

	/** What was searched stands out. */
	#mark(text: string): string {
		const expression = this.#expression;
		return expression === undefined
			? text
			: text.replace(expression, (hit) => (hit === '' ? hit : `\x1b[7m${hit}\x1b[27m`));
	}
}

export const lessCommands = { less } satisfies Record<string, Command>;
