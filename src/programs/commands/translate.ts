/** `tr`: characters by others. */
import { type Command, UsageError } from './command.ts';
import { type Input, join } from './streams.ts';
import { decodeText } from './text.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const tr: Command = {
	usage: 'tr [-cds] SET1 [SET2]',
	summary:
		'Replaces characters of the first set by those of the second, -d deletes them, -s joins repeated ones. Sets: a-z, \\n, [:upper:].',
	options: { flags: 'cCdst', stopsAtOperand: true },
	run(context, options) {
		const [first, second] = options.operands;
		if (first === undefined) throw new UsageError('which characters?');
		if (second === undefined && !options.has('d') && !options.has('s')) throw new UsageError('replaced by what?');
		const from = expandSet(first);
		const to = second === undefined ? [] : expandSet(second);
		const known = new Set(from);
		const isMeant = options.has('c') || options.has('C') ? (c: string) => !known.has(c) : (c: string) => known.has(c);
		const places = new Map(
			from.map((character, index) => [character, to[Math.min(index, to.length - 1)]] as const).reverse(),
		);
		const squeezed = new Set(second !== undefined ? to : from);
		const squeezes = (c: string): boolean => options.has('s') && (second === undefined ? isMeant(c) : squeezed.has(c));
		let last = '';
		for (const text of characterPieces(context.input)) {
			let result = '';
			for (const character of text) {
				if (options.has('d') && isMeant(character)) continue;
				const replaces = !options.has('d') && second !== undefined && isMeant(character);
				const next = replaces ? (places.get(character) ?? to.at(-1) ?? character) : character;
				if (squeezes(next) && next === last) continue;
				result += next;
				last = next;
			}
			context.output.write(result);
		}
		return 0;
	},
};

/** Pieces of the input as text that never end in the middle of a character. */
function* characterPieces(input: Input): Generator<string> {
	let rest: Bytes = new Uint8Array(0);
	for (const piece of input.pieces()) {
		const all = rest.length === 0 ? piece : join([rest, piece]);
		let end = all.length;
		// Goes back over the bytes that continue a character, and its first.
		for (let back = 1; back <= Math.min(4, all.length); back++) {
			const byte = all[all.length - back] as number;
			if ((byte & 0xc0) === 0x80) continue;
			if (byte >= 0xc0) end = all.length - back;
			break;
		}
		rest = all.slice(end);
		yield decodeText(all.subarray(0, end));
	}
	if (rest.length > 0) yield decodeText(rest);
}

const setEscapes: Readonly<Record<string, string>> = {
	n: '\n',
	t: '\t',
	r: '\r',
	a: '\x07',
	b: '\b',
	f: '\f',
	v: '\v',
	'\\': '\\',
};
const setClasses: Readonly<Record<string, RegExp>> = {
	upper: /[A-Z]/,
	lower: /[a-z]/,
	alpha: /[A-Za-z]/,
	digit: /\d/,
	alnum: /[A-Za-z\d]/,
	space: /[\t-\r ]/,
	blank: /[\t ]/,
	punct: /[!-/:-@[-`{-~]/,
	cntrl: /\p{Cc}/u,
	print: /[ -~]/,
	graph: /[!-~]/,
	xdigit: /[\dA-Fa-f]/,
};

interface SetToken {
	readonly character: string;
	readonly className: string | undefined;
}

function readSet(text: string): SetToken[] {
	const tokens: SetToken[] = [];
	for (const [, className, octal, letter, plain] of text.matchAll(/\[:(\w+):\]|\\([0-7]{1,3})|\\(.)|(.)/gsu)) {
		const byOctal = octal === undefined ? undefined : String.fromCharCode(Number.parseInt(octal, 8));
		const byLetter = letter === undefined ? plain : (setEscapes[letter] ?? letter);
		tokens.push({ character: byOctal ?? byLetter ?? '', className });
	}
	return tokens;
}

function expandSet(text: string): string[] {
	const set: string[] = [];
	const tokens = readSet(text);
	for (let at = 0; at < tokens.length; at++) {
		const { character, className } = tokens[at] as SetToken;
		const last = tokens[at + 2];
		if (className !== undefined) set.push(...charactersOf(className));
		else if (tokens[at + 1]?.character === '-' && last !== undefined && last.className === undefined) {
			set.push(...rangeOf(character, last.character));
			at += 2;
		} else set.push(character);
	}
	return set;
}

function charactersOf(className: string): string[] {
	const expression = setClasses[className];
	if (expression === undefined) throw new UsageError(`there is no class [:${className}:]`);
	return Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).filter((one) => expression.test(one));
}

function rangeOf(first: string, last: string): string[] {
	const [from, to] = [first.codePointAt(0) ?? 0, last.codePointAt(0) ?? 0];
	if (to < from) throw new UsageError(`the range ${first}-${last} goes backwards`);
	return Array.from({ length: to - from + 1 }, (_, step) => String.fromCodePoint(from + step));
}

export const translateCommands = { tr } satisfies Record<string, Command>;
