/** Brace expansion, as in Bash: `{a,b}`, `{1..5}`, `{a..e..2}`, within each other too. Quotes and `${…}` keep their braces. */

/** The most words that one word becomes. */
const mostWords = 100_000;

export function expandBraces(text: string): string[] {
	const group = findGroup(text);
	if (group === undefined) return [text];
	const before = text.slice(0, group.start);
	const after = expandBraces(text.slice(group.end));
	const words: string[] = [];
	for (const middle of group.alternatives) {
		for (const rest of after) {
			if (words.length >= mostWords) return words;
			words.push(before + middle + rest);
		}
	}
	return words;
}

interface Group {
	readonly start: number;
	readonly end: number;
	readonly alternatives: readonly string[];
}

function findGroup(text: string): Group | undefined {
	for (let start = 0; start < text.length; start = skipQuoted(text, start)) {
		if (text[start] !== '{') continue;
		const parts = readAlternatives(text, start);
		if (parts === undefined) continue;
		const { end, alternatives } = parts;
		if (alternatives.length > 1) return { start, end, alternatives: alternatives.flatMap(expandBraces) };
		const sequence = expandSequence(alternatives[0] ?? '');
		if (sequence !== undefined) return { start, end, alternatives: sequence };
	}
	return undefined;
}

/** The place after the character at `index`, or after the quotes or the expansion that begins there. */
function skipQuoted(text: string, index: number): number {
	const character = text[index];
	if (character === '\\') return index + 2;
	if (character === "'" || character === '"') {
		const close = text.indexOf(character, index + 1);
		return close < 0 ? text.length : close + 1;
	}
	if (character === '$' && text[index + 1] === '{') {
		const close = text.indexOf('}', index);
		return close < 0 ? text.length : close + 1;
	}
	return index + 1;
}

function readAlternatives(text: string, start: number): { end: number; alternatives: string[] } | undefined {
	const alternatives: string[] = [];
	let depth = 0;
	let from = start + 1;
	for (let index = start + 1; index < text.length; index = skipQuoted(text, index)) {
		const character = text[index];
		if (character === '{') depth++;
		else if (character === '}' && depth > 0) depth--;
		else if (depth === 0 && (character === ',' || character === '}')) {
			alternatives.push(text.slice(from, index));
			from = index + 1;
			if (character === '}') return { end: index + 1, alternatives };
		}
	}
	return undefined;
}

function expandSequence(text: string): string[] | undefined {
	const [, first, last, step] = /^(-?\d+|[A-Za-z])\.\.(-?\d+|[A-Za-z])(?:\.\.(-?\d+))?$/.exec(text) ?? [];
	if (first === undefined || last === undefined) return undefined;
	const isNumber = /\d/.test(first);
	if (isNumber !== /\d/.test(last)) return undefined;
	const code = (value: string): number => (isNumber ? Number(value) : (value.codePointAt(0) ?? 0));
	const [from, to] = [code(first), code(last)];
	const by = Math.max(1, Math.abs(Number(step ?? 1))) * (from <= to ? 1 : -1);
	const isPadded = /^-?0\d/.test(first) || /^-?0\d/.test(last);
	const width = isPadded ? Math.max(first.length, last.length) : 0;
	const words: string[] = [];
	for (let value = from; (by > 0 ? value <= to : value >= to) && words.length < mostWords; value += by)
		words.push(isNumber ? pad(value, width) : String.fromCodePoint(value));
	return words;
}

function pad(value: number, width: number): string {
	const digits = String(Math.abs(value));
	return value < 0 ? `-${digits.padStart(width - 1, '0')}` : digits.padStart(width, '0');
}
