/** What can be done with the value of a parameter: `${name:-word}`, `${name%pattern}`, `${name/a/b}`, … (POSIX XCU 2.6.2). */
import type { ParameterOperation, ParameterReplaceOperation } from 'unbash';
import { patternSource } from './glob.ts';

/** Removes the smallest or largest part that matches from one end. */
export function removeMatch(value: string, operator: '#' | '##' | '%' | '%%', pattern: string): string {
	const isLongest = operator.length === 2;
	const source = patternSource(pattern, isLongest);
	if (operator[0] === '#') return value.replace(new RegExp(`^(?:${source})`, 'su'), '');
	if (isLongest) return value.replace(new RegExp(`(?:${source})$`, 'su'), '');
	// The last start that matches to the end is the shortest match.
	const expression = new RegExp(`^(?:${source})$`, 'su');
	for (let start = value.length; start >= 0; start--)
		if (expression.test(value.slice(start))) return value.slice(0, start);
	return value;
}

export function replaceMatches(
	value: string,
	operator: ParameterReplaceOperation['operator'],
	{ pattern, replacement }: { pattern: string; replacement: string },
): string {
	if (pattern === '') return value;
	const source = `(?:${patternSource(pattern)})`;
	const ends = { '/': source, '//': source, '/#': `^${source}`, '/%': `${source}$` };
	const expression = new RegExp(ends[operator], operator === '//' ? 'gsu' : 'su');
	return value.replace(expression, () => replacement);
}

/** `${value:offset:length}`; an offset below 0 counts from the end. */
export function slice<T>(values: readonly T[], offset: number, length: number | undefined): T[] {
	const start = offset < 0 ? values.length + offset : offset;
	if (start < 0) return [];
	const end = length === undefined ? values.length : length < 0 ? values.length + length : start + length;
	return values.slice(start, Math.max(start, end));
}

export function changeCase(value: string, operator: '^' | '^^' | ',' | ',,', pattern: string): string {
	const expression = new RegExp(`^(?:${patternSource(pattern === '' ? '?' : pattern)})$`, 'su');
	const change = (character: string): string => {
		if (!expression.test(character)) return character;
		return operator[0] === '^' ? character.toUpperCase() : character.toLowerCase();
	};
	const characters = [...value];
	if (operator.length === 2) return characters.map(change).join('');
	return characters.map((character, index) => (index === 0 ? change(character) : character)).join('');
}

/** As text that the shell reads back as one word. */
export function quoteWord(text: string): string {
	if (text !== '' && /^[\w@%+=:,./-]+$/.test(text)) return text;
	return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Whether the operation looks at a value that is unset; `set -u` then says nothing. */
export function mindsUnset(operation: ParameterOperation | undefined): boolean {
	return operation?.type === 'Default';
}
