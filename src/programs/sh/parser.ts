/**
 * Parses shell text into a `List`.
 *
 * Rules of use:
 * - `parseShell` throws `ShellSyntaxError`; its `incomplete` says that more text could make it right.
 * - Reserved words count only where a command may start, and only unquoted, as in POSIX.
 */
import { Lexer } from './lexer.ts';
import {
	type AndOrList,
	type Assignment,
	type Command,
	type List,
	type Pipeline,
	type Redirection,
	ShellSyntaxError,
	type Word,
} from './syntax.ts';

export function parseShell(text: string): List {
	const parser = new Parser(new Lexer(text, parseSubstitution));
	const list = parser.list([]);
	parser.expectOperator('');
	return list;
}

function parseSubstitution(lexer: Lexer): List {
	const parser = new Parser(lexer);
	const list = parser.list([]);
	parser.expectOperator(')');
	return list;
}

const reserved = ['if', 'then', 'elif', 'else', 'fi', 'while', 'until', 'for', 'do', 'done', '{', '}', '!'];
const unsupported = ['case', 'function', 'select'];
const redirectionKinds: Readonly<Record<string, Redirection['kind']>> = {
	'<': 'read',
	'>': 'replace',
	'>>': 'append',
	'>&': 'duplicate',
	'<&': 'duplicate',
};

class Parser {
	readonly #lexer: Lexer;

	constructor(lexer: Lexer) {
		this.#lexer = lexer;
	}

	/** Lists until one of the reserved words `ends`, `)` or the end of the text, which stay unread. */
	list(ends: readonly string[]): List {
		const list: AndOrList[] = [];
		for (;;) {
			this.#skipNewlines();
			if (this.#atEnd(ends)) return list;
			const parts = this.#andOr();
			const background = this.#takeOperator('&');
			list.push({ parts, background });
			if (!(background || this.#takeOperator(';') || this.#takeOperator('\n'))) {
				if (!this.#atEnd(ends)) throw this.#unexpected();
				return list;
			}
		}
	}

	expectOperator(text: string): void {
		if (!this.#takeOperator(text)) throw this.#unexpected();
	}

	#andOr(): AndOrList['parts'] {
		const parts: { operator: ';' | '&&' | '||'; pipeline: Pipeline }[] = [];
		parts.push({ operator: ';', pipeline: this.#pipeline() });
		for (;;) {
			const operator = this.#takeOperator('&&') ? '&&' : this.#takeOperator('||') ? '||' : undefined;
			if (operator === undefined) return parts;
			this.#skipNewlines();
			parts.push({ operator, pipeline: this.#pipeline() });
		}
	}

	#pipeline(): Pipeline {
		const negated = this.#takeReserved('!');
		const commands = [this.#command()];
		while (this.#takeOperator('|')) {
			this.#skipNewlines();
			commands.push(this.#command());
		}
		return { negated, commands };
	}

	#command(): Command {
		if (this.#takeOperator('(')) {
			const body = this.#nonEmpty(this.list([]));
			this.expectOperator(')');
			return { kind: 'subshell', body, redirections: this.#redirections() };
		}
		const word = this.#peekReserved();
		if (word === '{') return this.#group();
		if (word === 'if') return this.#if();
		if (word === 'while' || word === 'until') return this.#while(word);
		if (word === 'for') return this.#for();
		if (word !== undefined) {
			const known = unsupported.includes(word)
				? `"${word}" is not supported by this shell`
				: `"${word}" is not expected here`;
			throw new ShellSyntaxError(known);
		}
		return this.#simple();
	}

	#group(): Command {
		this.#expectReserved('{');
		const body = this.#nonEmpty(this.list(['}']));
		this.#expectReserved('}');
		return { kind: 'group', body, redirections: this.#redirections() };
	}

	#if(): Command {
		const branches: { condition: List; body: List }[] = [];
		let otherwise: List | undefined;
		this.#expectReserved('if');
		do {
			const condition = this.#nonEmpty(this.list(['then']));
			this.#expectReserved('then');
			branches.push({ condition, body: this.#nonEmpty(this.list(['elif', 'else', 'fi'])) });
		} while (this.#takeReserved('elif'));
		if (this.#takeReserved('else')) otherwise = this.#nonEmpty(this.list(['fi']));
		this.#expectReserved('fi');
		return { kind: 'if', branches, otherwise, redirections: this.#redirections() };
	}

	#while(word: 'while' | 'until'): Command {
		this.#expectReserved(word);
		const condition = this.#nonEmpty(this.list(['do']));
		return {
			kind: 'while',
			until: word === 'until',
			condition,
			body: this.#loopBody(),
			redirections: this.#redirections(),
		};
	}

	#for(): Command {
		this.#expectReserved('for');
		const token = this.#lexer.next();
		const name = token.kind === 'word' ? plainText(token.word) : undefined;
		if (name === undefined || !/^[A-Za-z_]\w*$/.test(name)) {
			throw new ShellSyntaxError('the name of a variable must follow "for"', isEnd(token));
		}
		this.#skipNewlines();
		this.#expectReserved('in');
		const words: Word[] = [];
		for (let next = this.#lexer.peek(); next.kind === 'word'; next = this.#lexer.peek()) {
			words.push(next.word);
			this.#lexer.next();
		}
		if (!(this.#takeOperator(';') || this.#takeOperator('\n'))) throw this.#unexpected();
		this.#skipNewlines();
		return { kind: 'for', name, words, body: this.#loopBody(), redirections: this.#redirections() };
	}

	#loopBody(): List {
		this.#expectReserved('do');
		const body = this.#nonEmpty(this.list(['done']));
		this.#expectReserved('done');
		return body;
	}

	#simple(): Command {
		const assignments: Assignment[] = [];
		const words: Word[] = [];
		const redirections: Redirection[] = [];
		for (;;) {
			const redirection = this.#redirection();
			if (redirection !== undefined) {
				redirections.push(redirection);
				continue;
			}
			const token = this.#lexer.peek();
			if (token.kind !== 'word') break;
			this.#lexer.next();
			const assignment = words.length === 0 ? toAssignment(token.word) : undefined;
			if (assignment !== undefined) assignments.push(assignment);
			else words.push(token.word);
		}
		if (assignments.length + words.length + redirections.length === 0) throw this.#unexpected();
		return { kind: 'simple', assignments, words, redirections };
	}

	#redirections(): Redirection[] {
		const redirections: Redirection[] = [];
		for (let next = this.#redirection(); next !== undefined; next = this.#redirection()) redirections.push(next);
		return redirections;
	}

	#redirection(): Redirection | undefined {
		let token = this.#lexer.peek();
		let descriptor: number | undefined;
		if (token.kind === 'word') {
			if (!token.io) return undefined;
			descriptor = Number(plainText(token.word));
			if (descriptor > 2) throw new ShellSyntaxError(`descriptor ${descriptor} is not supported: 0, 1 and 2 are`);
			this.#lexer.next();
			token = this.#lexer.peek();
		}
		const kind = token.kind === 'operator' ? redirectionKinds[token.text] : undefined;
		if (kind === undefined || token.kind !== 'operator') return undefined;
		this.#lexer.next();
		const target = this.#lexer.next();
		if (target.kind !== 'word') throw new ShellSyntaxError(`a file name must follow "${token.text}"`, isEnd(target));
		return { descriptor: descriptor ?? (token.text.startsWith('<') ? 0 : 1), kind, target: target.word };
	}

	#skipNewlines(): void {
		while (this.#takeOperator('\n'));
	}

	#atEnd(ends: readonly string[]): boolean {
		const token = this.#lexer.peek();
		if (token.kind === 'operator') return token.text === '' || token.text === ')';
		return ends.includes(plainText(token.word) ?? '');
	}

	#takeOperator(text: string): boolean {
		const token = this.#lexer.peek();
		if (token.kind !== 'operator' || token.text !== text) return false;
		this.#lexer.next();
		return true;
	}

	#peekReserved(): string | undefined {
		const token = this.#lexer.peek();
		const text = token.kind === 'word' ? plainText(token.word) : undefined;
		return text !== undefined && (reserved.includes(text) || unsupported.includes(text)) ? text : undefined;
	}

	#takeReserved(text: string): boolean {
		const token = this.#lexer.peek();
		if (token.kind !== 'word' || plainText(token.word) !== text) return false;
		this.#lexer.next();
		return true;
	}

	#expectReserved(text: string): void {
		if (this.#takeReserved(text)) return;
		throw new ShellSyntaxError(`"${text}" is missing`, isEnd(this.#lexer.peek()));
	}

	#nonEmpty(list: List): List {
		if (list.length === 0) throw this.#unexpected();
		return list;
	}

	#unexpected(): ShellSyntaxError {
		const token = this.#lexer.peek();
		if (isEnd(token)) return new ShellSyntaxError('the command is not complete', true);
		const text = token.kind === 'operator' ? token.text : (plainText(token.word) ?? 'a word');
		return new ShellSyntaxError(`"${text === '\n' ? 'end of line' : text}" is not expected here`);
	}
}

function isEnd(token: ReturnType<Lexer['peek']>): boolean {
	return token.kind === 'operator' && token.text === '';
}

/** The text of a word that has neither quotes nor expansions. */
function plainText(word: Word): string | undefined {
	const [part] = word;
	return word.length === 1 && part?.kind === 'text' && !part.quoted ? part.text : undefined;
}

function toAssignment(word: Word): Assignment | undefined {
	const [first, ...rest] = word;
	if (first?.kind !== 'text' || first.quoted) return undefined;
	const match = /^([A-Za-z_]\w*)=(.*)$/s.exec(first.text);
	if (match === null) return undefined;
	const [, name = '', text = ''] = match;
	return { name, value: text === '' ? rest : [{ kind: 'text', text, quoted: false }, ...rest] };
}
