/**
 * Splits shell text into words and operators, on demand, so that `$(…)` can hold a whole list.
 *
 * Rules of use:
 * - `next` consumes a token, `peek` looks at it; the end of the text is the operator `''`.
 * - A newline is the operator `\n`; comments and blanks vanish; a backslash before a newline joins the lines.
 * - `io` tells that a word of digits stood directly before `<` or `>` (`2>`).
 */
import { type List, ShellSyntaxError, type Word, type WordPart } from './syntax.ts';

export type Token =
	| { readonly kind: 'word'; readonly word: Word; readonly io: boolean }
	| { readonly kind: 'operator'; readonly text: string };

const operators = ['&&', '||', '>>', '>&', '<&', ';', '&', '|', '<', '>', '(', ')', '\n'] as const;
const unsupported = ['<<', '>|', '<>', ';;'] as const;
const wordEnd = /[\s;&|<>()]/;
const nameAt = /[A-Za-z_][A-Za-z0-9_]*|[0-9?#@*$!]/y;

export class Lexer {
	readonly #text: string;
	/** Parses the list of a `$(…)`, up to and without its `)`. */
	readonly #parseSubstitution: (lexer: Lexer) => List;
	#position = 0;
	#peeked: Token | undefined;

	constructor(text: string, parseSubstitution: (lexer: Lexer) => List) {
		this.#text = text;
		this.#parseSubstitution = parseSubstitution;
	}

	peek(): Token {
		this.#peeked ??= this.#scan();
		return this.#peeked;
	}

	next(): Token {
		const token = this.peek();
		this.#peeked = undefined;
		return token;
	}

	#scan(): Token {
		this.#skipBlanks();
		if (this.#position >= this.#text.length) return { kind: 'operator', text: '' };
		const wrong = unsupported.find((operator) => this.#text.startsWith(operator, this.#position));
		if (wrong !== undefined) throw new ShellSyntaxError(`"${wrong}" is not supported by this shell`);
		const operator = operators.find((candidate) => this.#text.startsWith(candidate, this.#position));
		if (operator !== undefined) {
			this.#position += operator.length;
			return { kind: 'operator', text: operator };
		}
		const start = this.#position;
		const word = this.#scanWord(wordEnd);
		const digits = /^[0-9]+$/.test(this.#text.slice(start, this.#position));
		const io = digits && /[<>]/.test(this.#text[this.#position] ?? '');
		return { kind: 'word', word, io };
	}

	#skipBlanks(): void {
		for (;;) {
			const character = this.#text[this.#position];
			if (character === ' ' || character === '\t' || character === '\r') this.#position++;
			else if (this.#text.startsWith('\\\n', this.#position)) this.#position += 2;
			else if (character === '#') {
				while (this.#position < this.#text.length && this.#text[this.#position] !== '\n') this.#position++;
			} else return;
		}
	}

	/** Reads word parts until a character that `end` matches stands unquoted. */
	#scanWord(end: RegExp): Word {
		const parts: WordPart[] = [];
		while (this.#position < this.#text.length) {
			const character = this.#text[this.#position] as string;
			if (end.test(character)) break;
			if (character === "'") this.#scanSingleQuoted(parts);
			else if (character === '"') this.#scanDoubleQuoted(parts);
			else if (character === '\\') this.#scanEscape(parts);
			else if (character === '$') this.#scanDollar(parts, false);
			else if (character === '`') throw new ShellSyntaxError('write $(command) instead of `command`');
			else {
				appendText(parts, character, false);
				this.#position++;
			}
		}
		return parts;
	}

	#scanSingleQuoted(parts: WordPart[]): void {
		const end = this.#text.indexOf("'", this.#position + 1);
		if (end < 0) throw new ShellSyntaxError("the closing ' is missing", true);
		appendText(parts, this.#text.slice(this.#position + 1, end), true);
		this.#position = end + 1;
	}

	#scanDoubleQuoted(parts: WordPart[]): void {
		appendText(parts, '', true);
		this.#position++;
		for (;;) {
			const character = this.#text[this.#position];
			if (character === undefined) throw new ShellSyntaxError('the closing " is missing', true);
			if (character === '"') break;
			if (character === '$') this.#scanDollar(parts, true);
			else if (character === '`') throw new ShellSyntaxError('write $(command) instead of `command`');
			else {
				const escaped = character === '\\' && /[$`"\\\n]/.test(this.#text[this.#position + 1] ?? '');
				if (escaped) this.#position++;
				const taken = this.#text[this.#position] as string;
				if (!(escaped && taken === '\n')) appendText(parts, taken, true);
				this.#position++;
			}
		}
		this.#position++;
	}

	#scanEscape(parts: WordPart[]): void {
		const character = this.#text[this.#position + 1];
		if (character === undefined) throw new ShellSyntaxError('nothing follows the \\', true);
		if (character !== '\n') appendText(parts, character, true);
		this.#position += 2;
	}

	#scanDollar(parts: WordPart[], quoted: boolean): void {
		if (this.#text.startsWith('$(', this.#position)) {
			this.#position += 2;
			const list = this.#parseSubstitution(this);
			parts.push({ kind: 'substitution', list, quoted });
		} else if (this.#text.startsWith('${', this.#position)) {
			this.#position += 2;
			parts.push(this.#scanBraces(quoted));
		} else {
			this.#position++;
			const name = this.#scanName();
			if (name === undefined) appendText(parts, '$', quoted);
			else parts.push({ kind: 'variable', name, quoted });
		}
	}

	#scanName(): string | undefined {
		nameAt.lastIndex = this.#position;
		const name = nameAt.exec(this.#text)?.[0];
		if (name !== undefined) this.#position += name.length;
		return name;
	}

	#scanBraces(quoted: boolean): WordPart {
		const name = this.#scanName();
		if (name === undefined) throw new ShellSyntaxError(`a name must follow \${`, this.#position >= this.#text.length);
		let fallback: Word | undefined;
		if (this.#text.startsWith(':-', this.#position)) {
			this.#position += 2;
			fallback = this.#scanWord(/\}/);
		}
		const character = this.#text[this.#position];
		if (character === undefined) throw new ShellSyntaxError('the closing } is missing', true);
		if (character !== '}') throw new ShellSyntaxError(`"\${${name}${character}" is not supported by this shell`);
		this.#position++;
		return fallback === undefined ? { kind: 'variable', name, quoted } : { kind: 'variable', name, quoted, fallback };
	}
}

function appendText(parts: WordPart[], text: string, quoted: boolean): void {
	const last = parts.at(-1);
	if (last?.kind === 'text' && last.quoted === quoted) {
		parts[parts.length - 1] = { kind: 'text', text: last.text + text, quoted };
	} else parts.push({ kind: 'text', text, quoted });
}
