/**
 * Regular expressions of POSIX (XBD 9), basic and extended, as those of JavaScript.
 *
 * GNU's additions are understood: `\+ \? \|` in basic ones, `\w \W \s \S \b \< \>` in both. Repeats that JavaScript would
 * refuse (`*` at the start) mean the character.
 */
import { UsageError } from './command.ts';

const classes: Readonly<Record<string, string>> = {
	alpha: '\\p{L}',
	digit: '0-9',
	alnum: '\\p{L}\\p{Nd}',
	upper: '\\p{Lu}',
	lower: '\\p{Ll}',
	space: '\\t-\\r ',
	blank: '\\t ',
	punct: '!-\\/:-@\\[-`\\{-~',
	cntrl: '\\0-\\x1f\\x7f',
	print: '\\x20-\\x7e\\u00a0-\\u{10ffff}',
	graph: '\\x21-\\x7e\\u00a1-\\u{10ffff}',
	xdigit: '0-9A-Fa-f',
};

export type Syntax = 'basic' | 'extended' | 'fixed';

class Translator {
	readonly #pattern: string;
	readonly #syntax: Syntax;
	#at = 0;
	#source = '';
	/** A repeat here would have nothing to repeat. */
	#atStart = true;
	#depth = 0;

	constructor(pattern: string, syntax: Syntax) {
		this.#pattern = pattern;
		this.#syntax = syntax;
	}

	run(): string {
		if (this.#syntax === 'fixed') return literal(this.#pattern);
		while (this.#at < this.#pattern.length) this.#one();
		if (this.#depth > 0) throw new UsageError(`"${this.#pattern}": a ( is not closed`);
		return this.#source;
	}

	#one(): void {
		const character = String.fromCodePoint(this.#pattern.codePointAt(this.#at) ?? 0);
		this.#at += character.length;
		const isExtended = this.#syntax === 'extended';
		if (character === '\\') this.#escaped();
		else if (character === '[') this.#bracket();
		else if (character === '*') this.#repeat('*', true);
		else if (isExtended && (character === '+' || character === '?')) this.#repeat(character, true);
		else if (isExtended && character === '{') this.#interval('}');
		else if (isExtended && '()|'.includes(character)) this.#group(character);
		else if (character === '^') this.#anchor(character, isExtended || this.#atStart);
		else if (character === '$') this.#anchor(character, isExtended || this.#isAtEnd());
		else if (character === '.') this.#put('[^\\n]');
		else this.#put(literal(character));
	}

	#put(source: string): void {
		this.#source += source;
		this.#atStart = false;
	}

	#isAtEnd(): boolean {
		return /^(?:$|\\\)|\\\|)/.test(this.#pattern.slice(this.#at));
	}

	#anchor(character: string, isAnchor: boolean): void {
		if (!isAnchor) this.#put(`\\${character}`);
		else {
			this.#source += character;
			this.#atStart = character === '^';
		}
	}

	#repeat(character: string, isLiteralAtStart: boolean): void {
		if (this.#atStart && isLiteralAtStart) this.#put(`\\${character}`);
		// A repeat of a repeat is the same as one of them that may be nothing.
		else if (/(?<!\\)[*+?}]$/.test(this.#source) && !this.#source.endsWith('\\}'))
			this.#source = this.#source.replace(/[*+?]$/, '*');
		else this.#put(character);
	}

	#interval(close: string): void {
		const rest = this.#pattern.slice(this.#at);
		const form = close === '}' ? /^(\d*)(,?)(\d*)\}/ : /^(\d*)(,?)(\d*)\\\}/;
		const [whole, from = '', comma = '', to = ''] = form.exec(rest) ?? [];
		if (whole === undefined || this.#atStart || (from === '' && comma === '')) {
			if (close === '}') this.#put('\\{');
			else throw new UsageError(`"${this.#pattern}": \\{ is not closed`);
			return;
		}
		this.#at += whole.length;
		this.#put(`{${from === '' ? '0' : from}${comma}${to}}`);
	}

	#group(character: string): void {
		if (character === '(') this.#depth++;
		if (character === ')' && this.#depth-- === 0) {
			this.#depth = 0;
			if (this.#syntax === 'extended') throw new UsageError(`"${this.#pattern}": a ) too many`);
			throw new UsageError(`"${this.#pattern}": a \\) too many`);
		}
		this.#source += character;
		this.#atStart = character !== ')';
	}

	#escaped(): void {
		const character = this.#pattern[this.#at++];
		if (character === undefined) throw new UsageError(`"${this.#pattern}": a backslash at the end`);
		const isBasic = this.#syntax === 'basic';
		if (isBasic && '()|'.includes(character)) this.#group(character);
		else if (isBasic && character === '{') this.#interval('\\}');
		else if (isBasic && (character === '+' || character === '?')) this.#repeat(character, true);
		else if (/[1-9]/.test(character)) this.#put(`(?:\\${character})`);
		else if (character === 'n') this.#put('\\n');
		else if (character === 't') this.#put('\\t');
		else if (character === 'w' || character === 'W')
			this.#put(character === 'w' ? '[\\p{L}\\p{Nd}_]' : '[^\\p{L}\\p{Nd}_\\n]');
		else if (character === 's' || character === 'S') this.#put(`\\${character}`);
		else if (character === 'b' || character === 'B') this.#put(`\\${character}`);
		else if (character === '<') this.#put('\\b(?=\\w)');
		else if (character === '>') this.#put('\\b(?<=\\w)');
		else if (character === '`') this.#put('^');
		else if (character === "'") this.#put('$');
		else this.#put(literal(character));
	}

	#bracket(): void {
		const rest = this.#pattern.slice(this.#at);
		const [whole, negation, set = ''] = /^(\^?)(\]?(?:\[:\w+:\]|\[[.=].[.=]\]|[^\]])*)\]/su.exec(rest) ?? [];
		if (whole === undefined) throw new UsageError(`"${this.#pattern}": a [ is not closed`);
		this.#at += whole.length;
		const inside = set.replace(
			/\[:(\w+):\]|\[[.=](.)[.=]\]|([[\]\\^&~|(){}/])/gsu,
			(_, name?: string, single?: string, special?: string) => {
				if (name === undefined)
					return single === undefined ? `\\${special}` : single.replace(/[-[\]\\^&~|(){}/]/, '\\$&');
				const known = classes[name];
				if (known === undefined) throw new UsageError(`there is no class [:${name}:]`);
				return known;
			},
		);
		// A hyphen at an end, or behind a class, is itself.
		const safe = inside
			.replace(/^-/, '\\-')
			.replace(/(?<!\\)-$/, '\\-')
			.replace(/(\\p\{\w+\})-/g, '$1\\-');
		this.#put(negation === '' ? `[${safe}]` : `[^${safe}\\n]`);
	}
}

function literal(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** The source of a regular expression for JavaScript, in its mode `u`. */
export function translatePattern(pattern: string, syntax: Syntax): string {
	return new Translator(pattern, syntax).run();
}

export function compileExpression(source: string, flags: string, pattern: string): RegExp {
	try {
		return new RegExp(source, flags);
	} catch (error) {
		throw new UsageError(`"${pattern}" is not a regular expression`, { cause: error });
	}
}
