/** `sed`: edits lines as they come. Only the line at hand, the hold space and one line ahead are in memory. */
import { rights } from '#abi/rights.ts';
import {
	type Command,
	type CommandContext,
	CommandError,
	type Options,
	pathOf,
	reportFailure,
	UsageError,
} from './command.ts';
import { withInput } from './inputs.ts';
import { type Address, parseSed, type SedCommand, type Substitution } from './sed-script.ts';
import { Input, withFile } from './streams.ts';
import { decodeText, encodeText } from './text.ts';

const sed: Command = {
	usage: 'sed [-Enrsz] [-i[SUFFIX]] [-e SCRIPT] [-f FILE] [SCRIPT] [FILE…]',
	summary:
		'Edits lines: s/OLD/NEW/gI, d, p, q, a, i, c, y, n, N, h, g, x, labels; addresses such as 3, $, /RE/, 2,5. -n writes only what p says, -E extended expressions, -i in the files themselves.',
	options: {
		flags: 'Enrsuz',
		values: 'ef',
		attached: 'i',
		long: {
			quiet: 'n',
			silent: 'n',
			'regexp-extended': 'E',
			expression: 'e',
			file: 'f',
			'in-place': 'i',
			'null-data': 'z',
			separate: 's',
		},
	},
	run(context, options) {
		const operands = [...options.operands];
		const script = scriptOf(context, options, operands);
		const commands = parseSed(script, options.has('E') || options.has('r') ? 'extended' : 'basic');
		const inPlace = options.value('i');
		if (inPlace === undefined)
			return new Editor(context, options, commands).run(operands.length === 0 ? ['-'] : operands);
		let status = 0;
		for (const file of operands)
			status = Math.max(status, editInPlace(context, options, { commands, file, suffix: inPlace }));
		return status;
	},
};

function scriptOf(context: CommandContext, options: Options, operands: string[]): string {
	const parts = [...options.values('e')];
	for (const file of options.values('f'))
		parts.push(withInput(context, file, (input) => decodeText(input.readAll())).replace(/\n$/, ''));
	if (parts.length > 0) return parts.join('\n');
	const first = operands.shift();
	if (first === undefined) throw new UsageError('which script?');
	return first;
}

function editInPlace(
	context: CommandContext,
	options: Options,
	{ commands, file, suffix }: { commands: SedCommand[]; file: string; suffix: string },
): number {
	const path = pathOf(context, file);
	const written: Uint8Array<ArrayBuffer>[] = [];
	try {
		if (context.system.pathStat(path).kind === 'directory') throw new CommandError(`${file}: It is a folder.`);
		const editor = new Editor(context, options, commands, (text) => written.push(encodeText(text)));
		const status = editor.run([file]);
		if (suffix !== '') context.system.pathCopy(path, path + suffix);
		const handle = context.system.fileOpen(path, 'replace', rights.write);
		for (const bytes of written) context.system.streamWrite(handle, bytes);
		context.system.handleClose(handle);
		return status;
	} catch (failure) {
		reportFailure(context, failure, file);
		return 4;
	}
}

/** What becomes of the line after a command; a number is the place to go on at. */
type Verdict = number | 'delete' | 'restart' | 'quit' | 'quit-silently' | undefined;

class Editor {
	readonly #context: CommandContext;
	readonly #options: Options;
	readonly #commands: SedCommand[];
	readonly #write: (text: string) => void;
	readonly #isQuiet: boolean;
	readonly #end: string;
	/** Whether a range that began has not ended, by the place of its command; a count of lines left where it is one. */
	readonly #ranges = new Map<number, number | 'open'>();
	readonly #files = new Map<string, number>();
	readonly #queue: string[] = [];
	#pattern = '';
	#hold = '';
	#number = 0;
	#substituted = false;
	#lastExpression: RegExp | undefined;
	#lines: Iterator<string> = [][Symbol.iterator]();
	#ahead: string | undefined;
	#missingEnd = false;
	#isLastMissing = () => false;
	#status = 0;

	constructor(context: CommandContext, options: Options, commands: SedCommand[], write?: (text: string) => void) {
		this.#context = context;
		this.#options = options;
		this.#commands = commands;
		this.#write = write ?? ((text) => context.output.write(text));
		this.#isQuiet = options.has('n') || /^#n(?:\n|$)/.test(options.value('e') ?? '');
		this.#end = options.has('z') ? '\0' : '\n';
	}

	run(files: readonly string[]): number {
		this.#lines = this.#allLines(files);
		this.#ahead = this.#lines.next().value as string | undefined;
		while (this.#nextLine()) {
			const verdict = this.#cycle();
			if (verdict === 'quit') break;
		}
		for (const handle of this.#files.values()) this.#context.system.handleClose(handle);
		return this.#status;
	}

	*#allLines(files: readonly string[]): Generator<string> {
		for (const file of files) {
			try {
				if (file === '-') yield* this.#linesOf(this.#context.input);
				else {
					const path = pathOf(this.#context, file);
					// Opened here and not by a callback, so that lines can be given out one by one.
					withFile(this.#context.system, path, () => undefined);
					const handle = this.#context.system.fileOpen(path, 'open', rights.read);
					const input = new Input({ system: this.#context.system, handle, pipe: undefined });
					yield* this.#linesOf(input);
					input.close();
				}
			} catch (failure) {
				reportFailure(this.#context, failure, file);
				this.#status = 2;
			}
		}
	}

	*#linesOf(input: Input): Generator<string> {
		this.#isLastMissing = () => input.endedInLine;
		yield* input.lines(this.#options.has('z') ? 0 : 10);
	}

	get #isLast(): boolean {
		return this.#ahead === undefined;
	}

	#takeLine(): string | undefined {
		const line = this.#ahead;
		if (line === undefined) return undefined;
		const next = this.#lines.next();
		this.#ahead = next.done === true ? undefined : next.value;
		this.#missingEnd = this.#ahead === undefined && this.#isLastMissing();
		this.#number++;
		return line;
	}

	#nextLine(): boolean {
		const line = this.#takeLine();
		if (line === undefined) return false;
		this.#pattern = line;
		return true;
	}

	#print(text: string, isWhole = true): void {
		this.#write(text + (isWhole && this.#missingEnd && this.#isLast ? '' : this.#end));
	}

	#cycle(): 'next' | 'quit' {
		this.#substituted = false;
		let verdict = this.#runCommands();
		while (verdict === 'restart') {
			this.#flushQueue();
			verdict = this.#runCommands();
		}
		const isShown = verdict === 'end' || verdict === 'quit';
		if (isShown && !this.#isQuiet) this.#print(this.#pattern);
		this.#flushQueue();
		return verdict === 'quit' || verdict === 'quit-silently' ? 'quit' : 'next';
	}

	#runCommands(): Exclude<Verdict, number | undefined> | 'end' {
		for (let place = 0; place < this.#commands.length; place++) {
			const command = this.#commands[place] as SedCommand;
			if (!this.#isSelected(command, place)) {
				if (command.name === '{') place = command.target;
				continue;
			}
			const verdict = this.#execute(command);
			if (typeof verdict === 'number') place = verdict - 1;
			else if (verdict !== undefined) return verdict;
		}
		return 'end';
	}

	#flushQueue(): void {
		for (const text of this.#queue.splice(0)) this.#write(text);
	}

	#isSelected(command: SedCommand, place: number): boolean {
		return this.#isAddressed(command, place) !== command.negated;
	}

	#isAddressed({ addresses }: SedCommand, place: number): boolean {
		const [first, second] = addresses;
		if (first === undefined) return true;
		if (second === undefined) return this.#fits(first);
		const state = this.#ranges.get(place);
		if (state === undefined) {
			// `0,/re/`: the range is open before the first line.
			const startsBefore = first.kind === 'line' && first.line === 0 && this.#number === 1;
			if (!startsBefore && !this.#fits(first)) return false;
			if (second.kind === 'count') this.#setCount(place, second.count);
			else if (second.kind === 'line' && second.line <= this.#number) return true;
			else if (startsBefore && this.#fits(second)) return true;
			else this.#ranges.set(place, 'open');
			return true;
		}
		if (typeof state === 'number') this.#setCount(place, state - 1);
		else if (second.kind === 'line' ? this.#number >= second.line : this.#fits(second)) this.#ranges.delete(place);
		// A line beyond the end of the range is outside of it.
		return !(second.kind === 'line' && this.#number > second.line);
	}

	#setCount(place: number, left: number): void {
		if (left > 0) this.#ranges.set(place, left);
		else this.#ranges.delete(place);
	}

	#fits(address: Address): boolean {
		switch (address.kind) {
			case 'line':
				return this.#number === address.line;
			case 'last':
				return this.#isLast;
			case 'step':
				return address.step === 0
					? this.#number === address.first
					: this.#number >= address.first && (this.#number - address.first) % address.step === 0;
			case 'count':
				return false;
			case 'match':
				return this.#matches(address.expression);
		}
	}

	#expression(expression: RegExp | undefined): RegExp {
		const used = expression ?? this.#lastExpression;
		if (used === undefined) throw new CommandError('there is no earlier regular expression');
		this.#lastExpression = used;
		used.lastIndex = 0;
		return used;
	}

	#matches(expression: RegExp | undefined): boolean {
		return this.#expression(expression).test(this.#pattern);
	}

	/** A number is the place to go on at. */
	#execute(command: SedCommand): Verdict {
		const { name, text, target } = command;
		switch (name) {
			case 's':
				return this.#substitute(command.substitution as Substitution);
			case 'y':
				this.#pattern = [...this.#pattern].map((character) => command.characters?.get(character) ?? character).join('');
				return undefined;
			case 'd':
				return 'delete';
			case 'D':
				return this.#deleteFirstLine();
			case 'n':
			case 'N':
				return this.#appendNext(name);
			case 'b':
				return target;
			case 't':
			case 'T': {
				const jumps = this.#substituted === (name === 't');
				this.#substituted = false;
				return jumps ? target : undefined;
			}
			case 'q':
			case 'Q':
				this.#status = Number(text === '' ? 0 : text);
				return name === 'q' ? 'quit' : 'quit-silently';
			case 'c':
				if (command.addresses.length < 2 || command.negated || !this.#ranges.has(this.#commands.indexOf(command)))
					this.#write(text);
				return 'delete';
		}
		this.#executeSimple(name, text);
		return undefined;
	}

	#executeSimple(name: string, text: string): void {
		if (name === 'p') this.#print(this.#pattern, false);
		else if (name === 'P') this.#print(this.#pattern.split('\n', 1)[0] ?? '', false);
		else if (name === '=') this.#write(`${this.#number}\n`);
		else if (name === 'a') this.#queue.push(text);
		else if (name === 'i') this.#write(text);
		else if (name === 'h') this.#hold = this.#pattern;
		else if (name === 'H') this.#hold += `\n${this.#pattern}`;
		else if (name === 'g') this.#pattern = this.#hold;
		else if (name === 'G') this.#pattern += `\n${this.#hold}`;
		else if (name === 'x') [this.#pattern, this.#hold] = [this.#hold, this.#pattern];
		else if (name === 'z') this.#pattern = '';
		else if (name === 'l') this.#write(`${unambiguous(this.#pattern)}$\n`);
		else if (name === 'r') this.#queueFile(text);
		else if (name === 'w') this.#writeFile(text, `${this.#pattern}\n`);
	}

	#deleteFirstLine(): 'delete' | 'restart' {
		const end = this.#pattern.indexOf('\n');
		if (end < 0) return 'delete';
		this.#pattern = this.#pattern.slice(end + 1);
		return 'restart';
	}

	#appendNext(name: 'n' | 'N'): 'quit' | 'quit-silently' | undefined {
		if (this.#isLast) return name === 'n' || !this.#options.has('n') ? 'quit' : 'quit-silently';
		if (name === 'n' && !this.#isQuiet) this.#print(this.#pattern);
		this.#flushQueue();
		const line = this.#takeLine() as string;
		this.#pattern = name === 'n' ? line : `${this.#pattern}\n${line}`;
		return undefined;
	}

	#substitute({ expression, replacement, all, which, print, file }: Substitution): undefined {
		const used = this.#expression(expression);
		let count = 0;
		let changed = false;
		const before = this.#pattern;
		this.#pattern = before.replace(used, (...found: unknown[]) => {
			count++;
			if (count < which || (count > which && !all)) return found[0] as string;
			changed = true;
			return fill(replacement, found);
		});
		if (!changed) return undefined;
		this.#substituted = true;
		if (print) this.#print(this.#pattern, false);
		if (file !== undefined) this.#writeFile(file, `${this.#pattern}\n`);
		return undefined;
	}

	#queueFile(name: string): void {
		try {
			this.#queue.push(withInput(this.#context, name, (input) => decodeText(input.readAll())));
		} catch (failure) {
			// POSIX: a file that cannot be read counts as empty.
			if (!(failure instanceof Error)) throw failure;
		}
	}

	#writeFile(name: string, text: string): void {
		if (name === '/dev/stdout') {
			this.#write(text);
			return;
		}
		const { system } = this.#context;
		let handle = this.#files.get(name);
		if (handle === undefined) {
			handle = system.fileOpen(pathOf(this.#context, name), 'replace', rights.write);
			this.#files.set(name, handle);
		}
		system.streamWrite(handle, encodeText(text));
	}
}

/** `&`, `\1`, `\n`, and GNU's `\U \L \u \l \E`. */
function fill(replacement: string, found: readonly unknown[]): string {
	const filled = new CaseText();
	for (const [, escaped, plain] of replacement.matchAll(/\\(.)|(.)/gsu)) {
		if (plain !== undefined) filled.put(plain === '&' ? (found[0] as string) : plain);
		else if (/\d/.test(escaped ?? '')) filled.put((found[Number(escaped)] as string | undefined) ?? '');
		else if (!filled.change(escaped ?? '')) filled.put(lettersOf[escaped ?? ''] ?? escaped ?? '');
	}
	return filled.text;
}

const lettersOf: Readonly<Record<string, string>> = { n: '\n', t: '\t' };

/** Text whose letters are made large or small as it grows. */
class CaseText {
	text = '';
	#mode = '';
	#once = '';

	/** Whether the letter was one of `U`, `L`, `u`, `l`, `E`. */
	change(letter: string): boolean {
		if ('ULE'.includes(letter)) this.#mode = letter;
		else if ('ul'.includes(letter)) this.#once = letter;
		else return false;
		return true;
	}

	put(text: string): void {
		const changed = this.#mode === 'U' ? text.toUpperCase() : this.#mode === 'L' ? text.toLowerCase() : text;
		const [first = ''] = changed;
		if (first === '') return;
		const start = this.#once === 'u' ? first.toUpperCase() : this.#once === 'l' ? first.toLowerCase() : first;
		this.#once = '';
		this.text += start + changed.slice(first.length);
	}
}

function unambiguous(text: string): string {
	const names: Readonly<Record<string, string>> = {
		'\\': '\\\\',
		'\n': '\\n',
		'\t': '\\t',
		'\r': '\\r',
		'\x07': '\\a',
		'\b': '\\b',
		'\f': '\\f',
		'\v': '\\v',
	};
	return [...encodeText(text)]
		.map((byte) => {
			const character = String.fromCharCode(byte);
			return names[character] ?? (byte >= 32 && byte < 127 ? character : `\\${byte.toString(8).padStart(3, '0')}`);
		})
		.join('');
}

export const sedCommands = { sed } satisfies Record<string, Command>;
