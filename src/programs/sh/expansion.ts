/**
 * Turns words into arguments: braces, tilde, parameters, commands, arithmetic, splitting into fields, file names, quotes
 * (POSIX XCU 2.6).
 *
 * Rules of use:
 * - Only text that came unquoted out of an expansion is split, at the characters of `IFS`.
 * - Only unquoted pattern characters make a pattern; a pattern without a match stands for itself.
 * - `expandToText` is for places that hold one field: assignments and redirections. `expandToPattern` keeps what is
 *   special in a pattern special, and nothing else.
 */
import type { ArithmeticExpression, ParameterExpansionPart, ParsedScript, Word, WordPart } from 'unbash';
import { parse } from 'unbash';
import type { System } from '#runtime/system.ts';
import { type ArithmeticScope, evaluate, evaluateText } from './arithmetic.ts';
import { expandBraces } from './braces.ts';
import { type Field, type Segment, splitFields } from './fields.ts';
import { escapePattern, expandPattern, hasPattern, unescapePattern } from './glob.ts';
import { changeCase, mindsUnset, quoteWord, removeMatch, replaceMatches, slice } from './parameter.ts';
import { ShellError } from './scope.ts';
import type { Session } from './session.ts';

export interface ExpansionScope {
	readonly system: System;
	readonly session: Session;
	/** What the script writes to its standard output. */
	capture(script: ParsedScript): Promise<string>;
}

type Quoting = 'bare' | 'quoted';
type Parts = readonly WordPart[];

export const defaultSeparators = ' \t\n';

export async function expandWords(words: readonly Word[], scope: ExpansionScope): Promise<string[]> {
	const expanded: string[] = [];
	for (const word of words) for (const argument of await expandWord(word, scope)) expanded.push(argument);
	return expanded;
}

async function expandWord(word: Word, scope: ExpansionScope): Promise<string[]> {
	if (word.parts?.some(({ type }) => type === 'BraceExpansion') === true) {
		const words = expandBraces(word.text).flatMap(parseWords);
		// One that stays as it was would be taken apart without end.
		if (words.length !== 1 || words[0]?.text !== word.text) return expandWords(words, scope);
	}
	const expanded: string[] = [];
	const segments = await new WordExpander(scope).expand(word);
	for (const field of splitFields(segments, separatorsOf(scope.session)))
		for (const argument of await matchField(field, scope)) expanded.push(argument);
	return expanded;
}

function parseWords(text: string): Word[] {
	const command = parse(`: ${text}`).commands[0]?.command;
	return command?.type === 'Command' ? command.suffix.filter((part) => part.type === 'Word') : [];
}

export function separatorsOf(session: Session): string {
	return session.findVariable('IFS') ?? defaultSeparators;
}

export async function expandToText(word: Word, scope: ExpansionScope, isAssignment = false): Promise<string> {
	const segments = await new WordExpander(scope, isAssignment).expand(word);
	return joinSegments(segments, scope);
}

/** The body of a here-document. */
export async function expandParts(parts: Parts, scope: ExpansionScope): Promise<string> {
	return joinSegments(await new WordExpander(scope).expandParts(parts, 'quoted'), scope);
}

export async function expandToPattern(word: Word, scope: ExpansionScope): Promise<string> {
	const segments = await new WordExpander(scope).expand(word);
	return segments
		.map((segment) => (segment === 'end' ? ' ' : segment.quoted ? escapePattern(segment.text) : segment.text))
		.join('');
}

export function expandArithmetic(expression: ArithmeticExpression | undefined, scope: ExpansionScope): Promise<bigint> {
	return expression === undefined ? Promise.resolve(0n) : evaluate(expression, arithmeticScope(scope));
}

function joinSegments(segments: readonly Segment[], { session }: ExpansionScope): string {
	const separator = separatorsOf(session)[0] ?? '';
	return segments.map((segment) => (segment === 'end' ? separator : segment.text)).join('');
}

export function arithmeticScope(scope: ExpansionScope): ArithmeticScope {
	const { session } = scope;
	return {
		find: (name) => session.findVariable(name),
		set: (name, value) => session.setVariable(name, value),
		async expand(part) {
			const parts =
				part.type === 'ArithmeticWord' ? (part.parts ?? []) : [{ ...part, type: 'CommandExpansion' as const }];
			return joinSegments(await new WordExpander(scope).expandParts(parts, 'quoted'), scope);
		},
	};
}

async function matchField(field: Field, { system, session }: ExpansionScope): Promise<string[]> {
	const pattern = field
		.map(({ text, quoted }) => (quoted ? escapePattern(text) : text.replace(/\\/g, '\\\\')))
		.join('');
	if (!session.options.has('f') && hasPattern(pattern)) {
		const paths = await expandPattern(system, session.workingDirectory, pattern);
		if (paths.length > 0) return paths;
	}
	return [unescapePattern(pattern)];
}

class WordExpander {
	readonly #scope: ExpansionScope;
	readonly #session: Session;
	readonly #isAssignment: boolean;

	constructor(scope: ExpansionScope, isAssignment = false) {
		this.#scope = scope;
		this.#session = scope.session;
		this.#isAssignment = isAssignment;
	}

	async expand(word: Word): Promise<Segment[]> {
		if (word.parts === undefined) return this.#literal(word.text, true);
		return this.expandParts(word.parts, 'bare');
	}

	async expandParts(parts: Parts, quoting: Quoting): Promise<Segment[]> {
		const segments: Segment[] = [];
		for (const [index, part] of parts.entries())
			for (const segment of await this.#expandPart(part, quoting, index === 0)) segments.push(segment);
		return segments;
	}

	async #expandPart(part: WordPart, quoting: Quoting, isFirst: boolean): Promise<Segment[]> {
		switch (part.type) {
			case 'Literal':
				return quoting === 'quoted' ? [asQuoted(part.value)] : this.#literal(part.text, isFirst);
			case 'Glob': {
				const bare = (text: string): Segment => ({ text, quoted: quoting === 'quoted', splits: false });
				if (part.kind !== 'bracket') return [bare(part.text)];
				return [bare('['), ...(await this.expandParts(part.parts, quoting)), bare(']')];
			}
			case 'ExtendedGlob':
			case 'BraceExpansion':
				return [{ text: part.text, quoted: quoting === 'quoted', splits: false }];
			case 'SingleQuoted':
			case 'AnsiCQuoted':
				return [asQuoted(part.value)];
			case 'DoubleQuoted':
			case 'LocaleString':
				return this.#doubleQuoted(part.parts);
			case 'SimpleExpansion':
				return this.#parameter(part.text.slice(1), quoting);
			case 'ParameterExpansion':
				return this.#expansion(part, quoting);
			case 'CommandExpansion': {
				if (part.script === undefined) return [];
				const output = (await this.#scope.capture(part.script)).replace(/\n+$/, '');
				return [fromExpansion(output, quoting)];
			}
			case 'ArithmeticExpansion':
				return [fromExpansion(String(await expandArithmetic(part.expression, this.#scope)), quoting)];
			case 'ProcessSubstitution':
				throw new ShellError(`${part.text}: process substitution is not supported; use a pipe or a file`, 2);
		}
	}

	/** Text outside quotes: a backslash quotes what follows it, a tilde at the start is a home directory. */
	#literal(text: string, isFirst: boolean): Segment[] {
		const segments: Segment[] = [];
		const tilde = isFirst ? /^~(?=\/|:|$)/ : undefined;
		let rest = text;
		const home = this.#session.findVariable('HOME');
		if (home !== undefined && tilde?.test(rest) === true) {
			segments.push(asQuoted(home));
			rest = rest.slice(1);
		}
		for (const piece of rest.split(/(\\.?|:~(?=\/|:|$))/s)) {
			if (piece === '' || piece === '\\\n') continue;
			if (piece.startsWith('\\')) segments.push(asQuoted(piece.slice(1) || '\\'));
			else if (piece === ':~' && this.#isAssignment && home !== undefined) segments.push(asQuoted(`:${home}`));
			else segments.push({ text: piece, quoted: false, splits: false });
		}
		return segments;
	}

	async #doubleQuoted(parts: Parts): Promise<Segment[]> {
		const segments = await this.expandParts(parts, 'quoted');
		// `""` is an empty field, but `"$@"` without parameters is none.
		const isEmptyList = parts.length === 1 && segments.length === 0 && isAllParameters(parts[0]);
		return isEmptyList ? [] : [asQuoted(''), ...segments];
	}

	async #parameter(name: string, quoting: Quoting): Promise<Segment[]> {
		if (name === '@' || name === '*') return this.#list(this.#session.positional, name, quoting);
		const value = this.#session.findVariable(name);
		if (value === undefined) this.#requireSet(name);
		return [fromExpansion(value ?? '', quoting)];
	}

	/** `"$@"`: a field each; `"$*"`: one field. */
	#list(values: readonly string[], name: string, quoting: Quoting): Segment[] {
		if (quoting === 'quoted' && name === '*') {
			const separator = separatorsOf(this.#session)[0] ?? '';
			return [asQuoted(values.join(separator))];
		}
		return values.flatMap((value, index): Segment[] => [
			...(index === 0 ? [] : (['end'] as const)),
			fromExpansion(value, quoting),
		]);
	}

	#requireSet(name: string): void {
		if (this.#session.options.has('u') && !/^[@*#?$!-]$/.test(name)) throw new ShellError(`${name}: parameter not set`);
	}

	async #expansion(part: ParameterExpansionPart, quoting: Quoting): Promise<Segment[]> {
		if (part.index !== undefined) throw new ShellError(`${part.text}: arrays are not supported`, 2);
		const name = this.#nameOf(part);
		const { operation, prefix } = part;
		const isList = name === '@' || name === '*';
		if (prefix === '#')
			return [fromExpansion(String(isList ? this.#session.positional.length : this.#lengthOf(name)), quoting)];
		if (operation === undefined) return this.#parameter(name, quoting);
		if (operation.type === 'Names') return this.#names(part.parameter, quoting);
		if (operation.type === 'Default') return this.#withDefault(name, operation, quoting);
		const values: readonly (string | undefined)[] = isList
			? this.#session.positional
			: [this.#session.findVariable(name)];
		if (values.includes(undefined) && !mindsUnset(operation)) this.#requireSet(name);
		if (operation.type === 'Slice' && isList) return this.#list(await this.#slicePositional(operation), name, quoting);
		const changed: string[] = [];
		for (const value of values) changed.push(await this.#change(value ?? '', operation, part.text));
		return isList ? this.#list(changed, name, quoting) : [fromExpansion(changed[0] ?? '', quoting)];
	}

	#nameOf({ parameter, prefix }: ParameterExpansionPart): string {
		return prefix === '!' ? (this.#session.findVariable(parameter) ?? '') : parameter;
	}

	#lengthOf(name: string): number {
		const value = this.#session.findVariable(name);
		if (value === undefined) this.#requireSet(name);
		return [...(value ?? '')].length;
	}

	#names(prefix: string, quoting: Quoting): Segment[] {
		const names = [...this.#session.variables.keys()].filter((name) => name.startsWith(prefix)).sort();
		return this.#list(names, '@', quoting);
	}

	async #withDefault(
		name: string,
		{ operator, operand }: { operator: string; operand: Word },
		quoting: Quoting,
	): Promise<Segment[]> {
		const isList = name === '@' || name === '*';
		const value = isList ? this.#session.positional.join(' ') || undefined : this.#session.findVariable(name);
		const isMissing = value === undefined || (operator.startsWith(':') && value === '');
		const kind = operator.at(-1);
		if (kind === '+') return isMissing ? [] : this.#operand(operand, quoting);
		if (!isMissing) return this.#parameter(name, quoting);
		if (kind === '-') return this.#operand(operand, quoting);
		const text = joinSegments(await this.#operand(operand, quoting), this.#scope);
		if (kind === '?') throw new ShellError(`${name}: ${text === '' ? 'parameter not set' : text}`);
		if (!/^[A-Za-z_]\w*$/.test(name)) throw new ShellError(`\${${name}=…}: only a variable can be assigned to`);
		this.#session.setVariable(name, text);
		return [fromExpansion(text, quoting)];
	}

	/** The word of a default keeps its own quotes; inside quotes all of it is quoted. */
	async #operand(operand: Word, quoting: Quoting): Promise<Segment[]> {
		const segments = await this.expand(operand);
		return segments.map((segment) => {
			if (segment === 'end') return segment;
			if (quoting === 'quoted') return asQuoted(segment.text);
			return segment.quoted ? segment : { ...segment, splits: true };
		});
	}

	async #slicePositional(operation: { offset: Word; length: Word | undefined }): Promise<string[]> {
		const [offset, length] = await this.#bounds(operation);
		const all = [this.#session.name, ...this.#session.positional];
		return slice(all, offset, length);
	}

	async #bounds({ offset, length }: { offset: Word; length: Word | undefined }): Promise<[number, number | undefined]> {
		const evaluateWord = async (word: Word): Promise<number> =>
			Number(await evaluateText(await expandToText(word, this.#scope), arithmeticScope(this.#scope)));
		return [await evaluateWord(offset), length === undefined ? undefined : await evaluateWord(length)];
	}

	async #change(
		value: string,
		operation: Exclude<ParameterExpansionPart['operation'], undefined>,
		text: string,
	): Promise<string> {
		switch (operation.type) {
			case 'Remove':
				return removeMatch(value, operation.operator, await expandToPattern(operation.operand, this.#scope));
			case 'Replace': {
				const pattern = await expandToPattern(operation.pattern, this.#scope);
				const replacement = await expandToText(operation.replacement, this.#scope);
				return replaceMatches(value, operation.operator, { pattern, replacement });
			}
			case 'Slice':
				return slice([...value], ...(await this.#bounds(operation))).join('');
			case 'CaseModification': {
				const { operand, operator } = operation;
				return changeCase(value, operator, operand === undefined ? '' : await expandToPattern(operand, this.#scope));
			}
			case 'Transform':
				if (operation.operand.value === 'Q') return quoteWord(value);
		}
		throw new ShellError(`${text}: bad substitution`, 2);
	}
}

function asQuoted(text: string): Segment {
	return { text, quoted: true, splits: false };
}

function fromExpansion(text: string, quoting: Quoting): Segment {
	return { text, quoted: quoting === 'quoted', splits: quoting === 'bare' };
}

function isAllParameters(part: WordPart | undefined): boolean {
	if (part?.type === 'SimpleExpansion') return part.text === '$@';
	return part?.type === 'ParameterExpansion' && part.parameter === '@';
}
