/** `sort`. All lines are in memory as bytes are read; keys are made once a line. */
import { type Command, type Options, pathOf, UsageError } from './command.ts';
import { forEachInput } from './inputs.ts';
import { encodeText } from './text.ts';

interface Key {
	readonly from: { readonly field: number; readonly character: number };
	/** `undefined`: to the end of the line. */
	readonly to: { readonly field: number; readonly character: number } | undefined;
	readonly letters: string;
}

type Compare = (one: string, other: string) => number;

const orderLetters = 'bdfghinrVM';

const sort: Command = {
	usage: 'sort [-bdfghiMnrsuVz] [-k FIELD[,FIELD]] [-t CHARACTER] [-o FILE] [-c] [FILE…]',
	summary:
		'Sorts lines. -n by number, -h by size (2K 1M), -V by version, -r reversed, -u each once, -f ignores case, -k by fields, -t with this separator, -c only tells whether they are sorted.',
	failure: 2,
	options: {
		flags: 'bcCdfghimMnrsuVz',
		values: 'kotSTp',
		long: {
			...{
				'numeric-sort': 'n',
				reverse: 'r',
				unique: 'u',
				'ignore-case': 'f',
				key: 'k',
				'field-separator': 't',
				output: 'o',
			},
			...{
				check: 'c',
				stable: 's',
				'human-numeric-sort': 'h',
				'version-sort': 'V',
				'zero-terminated': 'z',
				'general-numeric-sort': 'g',
			},
		},
	},
	run(context, options) {
		const lines: string[] = [];
		const separator = options.has('z') ? 0 : 10;
		const status = forEachInput(context, options.operands, (input) => {
			for (const line of input.lines(separator)) lines.push(line);
		});
		const compare = makeCompare(options);
		if (options.has('c') || options.has('C')) {
			const at = lines.findIndex(
				(line, index) => index > 0 && compare(lines[index - 1] as string, line) > (options.has('u') ? -1 : 0),
			);
			if (at < 0) return 0;
			if (options.has('c')) context.error.write(`sort: line ${at + 1} is out of order: ${lines[at]}\n`);
			return 1;
		}
		sortLines(lines, options, compare);
		const end = options.has('z') ? '\0' : '\n';
		const target = options.value('o');
		const parts: string[] = [];
		let previous: string | undefined;
		for (const line of lines) {
			if (options.has('u') && previous !== undefined && compare(previous, line) === 0) continue;
			previous = line;
			if (target === undefined) context.output.write(line + end);
			else parts.push(line + end);
		}
		if (target !== undefined) context.system.pathWrite(pathOf(context, target), encodeText(parts.join('')), 'replace');
		return status === 0 ? 0 : 2;
	},
};

function sortLines(lines: string[], options: Options, compare: Compare): void {
	const isPlain = !options.has('k') && ![...orderLetters].some((letter) => letter !== 'r' && options.has(letter));
	const hasOnlyBasic = isPlain && lines.every((line) => !/[\ud800-\udfff]/.test(line));
	// Code units are in the order of their bytes, unless there are surrogates.
	if (hasOnlyBasic) lines.sort();
	else {
		const last: Compare = options.has('s') || options.has('u') ? () => 0 : compareBytes;
		const factor = options.has('r') ? -1 : 1;
		lines.sort((one, other) => compare(one, other) || factor * last(one, other));
		return;
	}
	if (options.has('r')) lines.reverse();
}

/** In the order of UTF-8: by code point. */
function compareBytes(one: string, other: string): number {
	if (one === other) return 0;
	const length = Math.min(one.length, other.length);
	for (let at = 0; at < length; at++) {
		const [a, b] = [one.charCodeAt(at), other.charCodeAt(at)];
		if (a === b) continue;
		// Surrogates stand for what is behind all others.
		const [aHigh, bHigh] = [a >= 0xd800 && a < 0xe000, b >= 0xd800 && b < 0xe000];
		return aHigh === bHigh ? a - b : aHigh ? 1 : -1;
	}
	return one.length - other.length;
}

function makeCompare(options: Options): Compare {
	const own = [...orderLetters].filter((letter) => options.has(letter)).join('');
	const keys = options.values('k').map((text) => parseKey(text, own));
	const separator = separatorFrom(options.value('t'));
	if (keys.length === 0) return orderBy(own);
	const orders = keys.map((key) => ({ key, order: orderBy(key.letters) }));
	return (one, other) => {
		for (const { key, order } of orders) {
			const result = order(extract(one, key, separator), extract(other, key, separator));
			if (result !== 0) return result;
		}
		return 0;
	};
}

function separatorFrom(separator: string | undefined): string | undefined {
	return separator === '\\t' ? '\t' : separator === '\\0' ? '\0' : separator;
}

function parseKey(text: string, own: string): Key {
	const [, field, character, letters = '', toField, toCharacter, toLetters = ''] =
		/^(\d+)(?:\.(\d+))?([a-zA-Z]*)(?:,(\d+)(?:\.(\d+))?([a-zA-Z]*))?$/.exec(text) ?? [];
	if (field === undefined || field === '0') throw new UsageError(`-k ${text}: it is no key`);
	const all = letters + toLetters;
	return {
		from: { field: Number(field), character: Number(character ?? 1) },
		to: toField === undefined ? undefined : { field: Number(toField), character: Number(toCharacter ?? 0) },
		letters: all === '' ? own : all,
	};
}

/** Places where fields begin and end; without a separator blanks before a field belong to it. */
function fieldsOf(line: string, separator: string | undefined): [start: number, end: number][] {
	const fields: [number, number][] = [];
	if (separator === undefined) {
		for (const match of line.matchAll(/[ \t]*[^ \t]+|[ \t]+$/g))
			fields.push([match.index, match.index + match[0].length]);
		return fields;
	}
	let start = 0;
	for (let end = line.indexOf(separator); end >= 0; end = line.indexOf(separator, start)) {
		fields.push([start, end]);
		start = end + separator.length;
	}
	fields.push([start, line.length]);
	return fields;
}

function extract(line: string, { from, to, letters }: Key, separator: string | undefined): string {
	const fields = fieldsOf(line, separator);
	const skipBlanks = (start: number): number =>
		letters.includes('b') ? start + (/^[ \t]*/.exec(line.slice(start))?.[0].length ?? 0) : start;
	const first = fields[from.field - 1];
	if (first === undefined) return '';
	const start = skipBlanks(first[0]) + from.character - 1;
	if (to === undefined) return line.slice(start);
	const last = fields[to.field - 1];
	if (last === undefined) return line.slice(start);
	return line.slice(start, to.character === 0 ? last[1] : skipBlanks(last[0]) + to.character);
}

function orderBy(letters: string): Compare {
	const factor = letters.includes('r') ? -1 : 1;
	const compare = basicOrder(letters);
	return (one, other) => factor * compare(one, other);
}

function basicOrder(letters: string): Compare {
	if (letters.includes('n')) return byValue((text) => Number(/^[ \t]*(-?\d*\.?\d*)/.exec(text)?.[1] || 0) || 0);
	if (letters.includes('g')) return byValue((text) => Number.parseFloat(text) || 0);
	if (letters.includes('h')) return byValue(humanValue);
	if (letters.includes('M')) return byValue(monthOf);
	if (letters.includes('V')) return compareVersions;
	const change = (text: string): string => {
		let key = letters.includes('b') ? text.replace(/^[ \t]+/, '') : text;
		if (letters.includes('d')) key = key.replace(/[^\p{L}\p{N} \t]/gu, '');
		if (letters.includes('i')) key = key.replace(/[^\x20-\x7e]/g, '');
		return letters.includes('f') ? key.toUpperCase() : key;
	};
	return /[bdfi]/.test(letters) ? (one, other) => compareBytes(change(one), change(other)) : compareBytes;
}

function byValue(amountOf: (text: string) => number): Compare {
	const known = new Map<string, number>();
	const value = (text: string): number => {
		let found = known.get(text);
		if (found === undefined) {
			found = amountOf(text);
			if (known.size < 1_000_000) known.set(text, found);
		}
		return found;
	};
	return (one, other) => value(one) - value(other);
}

function humanValue(text: string): number {
	const [, digits, unit = ''] = /^[ \t]*(-?[\d.]+)([KMGTPE]?)/i.exec(text) ?? [];
	return digits === undefined ? 0 : Number(digits) * 1024 ** ('KMGTPE'.indexOf(unit.toUpperCase() || '-') + 1);
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

function monthOf(text: string): number {
	return months.indexOf(text.trimStart().slice(0, 3).toUpperCase()) + 1;
}

/** Runs of digits count as numbers. */
function compareVersions(one: string, other: string): number {
	const [left, right] = [one.match(/\d+|\D+/g) ?? [], other.match(/\d+|\D+/g) ?? []];
	for (let at = 0; at < Math.min(left.length, right.length); at++) {
		const [a, b] = [left[at] as string, right[at] as string];
		const result = /^\d/.test(a) && /^\d/.test(b) ? Number(a) - Number(b) : compareBytes(a, b);
		if (result !== 0) return result;
	}
	return left.length - right.length;
}

export const sortCommands = { sort } satisfies Record<string, Command>;
