/** The language of `sed` (POSIX XCU sed, with GNU's `0,/re/`, `first~step`, `I` and `M`): from text to commands. */
import { UsageError } from './command.ts';
import { compileExpression, type Syntax, translatePattern } from './regular-expression.ts';

export type Address =
	| { readonly kind: 'line'; readonly line: number }
	| { readonly kind: 'last' }
	| { readonly kind: 'step'; readonly first: number; readonly step: number }
	| { readonly kind: 'count'; readonly count: number }
	/** `undefined`: the expression that was used last. */
	| { readonly kind: 'match'; readonly expression: RegExp | undefined };

export interface SedCommand {
	readonly addresses: readonly Address[];
	readonly negated: boolean;
	readonly name: string;
	/** Text of `a`, `i`, `c`; label of `b`, `t`, `T`, `:`; name of a file of `r`, `w`; exit code of `q`. */
	readonly text: string;
	readonly substitution?: Substitution;
	/** `y`: what each character becomes. */
	readonly characters?: ReadonlyMap<string, string>;
	/** Of `{`: the place of its `}`; of a jump: the place of its label. */
	target: number;
}

export interface Substitution {
	readonly expression: RegExp | undefined;
	readonly replacement: string;
	readonly all: boolean;
	readonly which: number;
	readonly print: boolean;
	readonly file: string | undefined;
}

export function parseSed(script: string, syntax: Syntax): SedCommand[] {
	return new SedParser(script, syntax).run();
}

class SedParser {
	readonly #script: string;
	readonly #syntax: Syntax;
	readonly #commands: SedCommand[] = [];
	readonly #open: number[] = [];
	#at = 0;

	constructor(script: string, syntax: Syntax) {
		this.#script = script;
		this.#syntax = syntax;
	}

	run(): SedCommand[] {
		for (;;) {
			this.#skip(/[\s;]*/y);
			if (this.#at >= this.#script.length) break;
			if (this.#script[this.#at] === '#') this.#skip(/[^\n]*/y);
			else this.#command();
		}
		if (this.#open.length > 0) throw new UsageError('a { is not closed');
		this.#findLabels();
		return this.#commands;
	}

	#skip(form: RegExp): string {
		form.lastIndex = this.#at;
		const text = form.exec(this.#script)?.[0] ?? '';
		this.#at += text.length;
		return text;
	}

	#command(): void {
		const addresses: Address[] = [];
		const first = this.#address();
		if (first !== undefined) {
			addresses.push(first);
			if (this.#skip(/\s*,\s*/y) !== '') {
				const second = this.#address(true);
				if (second === undefined) throw new UsageError('an address is missing behind ","');
				addresses.push(second);
			}
		}
		const negated = this.#skip(/[\s!]*/y).includes('!');
		const name = this.#script[this.#at++];
		if (name === undefined) throw new UsageError('a command is missing');
		const parts = this.#arguments(name);
		if (name === '}') this.#close();
		if (name === '{') this.#open.push(this.#commands.length);
		this.#commands.push({ addresses, negated, name, text: '', target: -1, ...parts });
	}

	#close(): void {
		const opened = this.#open.pop();
		const command = opened === undefined ? undefined : this.#commands[opened];
		if (command === undefined) throw new UsageError('a } too many');
		command.target = this.#commands.length;
	}

	#address(isSecond = false): Address | undefined {
		const digits = this.#skip(/\d+/y);
		if (digits !== '') {
			const [, step] = /^~(\d+)/.exec(this.#script.slice(this.#at)) ?? [];
			if (step === undefined) return { kind: 'line', line: Number(digits) };
			this.#at += step.length + 1;
			return { kind: 'step', first: Number(digits), step: Number(step) };
		}
		if (this.#script[this.#at] === '$') {
			this.#at++;
			return { kind: 'last' };
		}
		const count = isSecond ? this.#skip(/\+\d+/y) : '';
		if (count !== '') return { kind: 'count', count: Number(count) };
		const start = this.#script[this.#at];
		if (start !== '/' && start !== '\\') return undefined;
		this.#at++;
		const delimiter = start === '\\' ? (this.#script[this.#at++] ?? '/') : '/';
		const pattern = this.#until(delimiter, true);
		const flags = this.#skip(/[IM]*/y);
		return { kind: 'match', expression: this.#expression(pattern, flags) };
	}

	#expression(pattern: string, flags: string): RegExp | undefined {
		if (pattern === '') return undefined;
		const source = translatePattern(pattern, this.#syntax).replaceAll('[^\\n]', '[^]');
		return compileExpression(source, `gu${/i/i.test(flags) ? 'i' : ''}${flags.includes('M') ? 'm' : ''}`, pattern);
	}

	/** Text up to the delimiter; a delimiter behind a backslash belongs to it, and so does one in brackets. */
	#until(delimiter: string, isPattern: boolean): string {
		let text = '';
		let isInBrackets = false;
		for (;;) {
			const character = this.#script[this.#at++];
			if (character === undefined) throw new UsageError(`the closing ${delimiter} is missing`);
			if (character === '\\') {
				const next = this.#script[this.#at++] ?? '';
				if (next === delimiter && !isInBrackets) text += isPattern && /[.*[\]^$]/.test(delimiter) ? `\\${next}` : next;
				else text += character + next;
				continue;
			}
			if (character === delimiter && !isInBrackets) return text;
			if (isPattern && character === '[' && !isInBrackets) {
				isInBrackets = true;
				text += character;
				// A `]` that comes first is one of the characters.
				text += this.#skip(/\^?\]?/y);
				continue;
			}
			if (character === ']') isInBrackets = false;
			text += character;
		}
	}

	#arguments(name: string): Partial<SedCommand> {
		if (name === 's') return { substitution: this.#substitution() };
		if (name === 'y') return { characters: this.#transliteration() };
		if ('aic'.includes(name)) return { text: this.#text() };
		if (':btT'.includes(name)) return { text: this.#skip(/[ \t]*[^\s;}]*/y).trim() };
		if ('rwRW'.includes(name)) return { text: this.#skip(/[ \t]*[^\n]*/y).trim() };
		if ('qQlL'.includes(name)) return { text: this.#skip(/[ \t]*\d*/y).trim() };
		if (!'{}=dDgGhHnNpPxz'.includes(name)) throw new UsageError(`there is no command "${name}"`);
		return {};
	}

	/** Of `a`, `i`, `c`: behind `\` and a line end, or in the same line. */
	#text(): string {
		this.#skip(/[ \t]*/y);
		if (this.#script[this.#at] === '\\') this.#skip(/\\[ \t]*\n?/y);
		let text = '';
		for (;;) {
			const character = this.#script[this.#at++];
			if (character === undefined || character === '\n') return `${text}\n`;
			text += character === '\\' ? (this.#script[this.#at++] ?? '') : character;
		}
	}

	#substitution(): Substitution {
		const delimiter = this.#script[this.#at++];
		if (delimiter === undefined || delimiter === '\n' || delimiter === '\\') throw new UsageError('s: what by what?');
		const pattern = this.#until(delimiter, true);
		const replacement = this.#until(delimiter, false);
		const flags = this.#skip(/[gpIiMme\d]*/y);
		const file =
			this.#script[this.#at] === 'w'
				? this.#skip(/w[^\n]*/y)
						.slice(1)
						.trim()
				: undefined;
		return {
			expression: this.#expression(pattern, flags),
			replacement,
			all: flags.includes('g'),
			which: Number(/\d+/.exec(flags)?.[0] ?? 1),
			print: flags.includes('p'),
			file,
		};
	}

	#transliteration(): Map<string, string> {
		const delimiter = this.#script[this.#at++] ?? '/';
		const read = (): string[] => [
			...this.#until(delimiter, false).replace(/\\([\\n])/g, (_, letter: string) => (letter === 'n' ? '\n' : '\\')),
		];
		const [from, to] = [read(), read()];
		if (from.length !== to.length) throw new UsageError('y: the two sides are not of one length');
		return new Map(from.map((character, index) => [character, to[index] as string]));
	}

	#findLabels(): void {
		const labels = new Map(this.#commands.map(({ name, text }, place) => [name === ':' ? text : '', place]));
		for (const command of this.#commands) {
			if (!'btT'.includes(command.name)) continue;
			command.target = command.text === '' ? this.#commands.length : (labels.get(command.text) ?? -1);
			if (command.target < 0) throw new UsageError(`there is no label "${command.text}"`);
		}
	}
}
