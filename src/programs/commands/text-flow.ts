/** Commands that pass text through: `cat`, `wc`, `tee`, `tac`, `nl`, `cut`, `uniq`, `seq`, `yes`, `cmp`, `od`. */
import { rights } from '#abi/rights.ts';
import {
	type Command,
	type CommandContext,
	CommandError,
	type Options,
	parseCount,
	parseSize,
	pathOf,
	reportFailure,
	UsageError,
} from './command.ts';
import { forEachInput, withInput } from './inputs.ts';
import { type Input, linesWithEnd } from './streams.ts';

const lineFeed = 10;

const cat: Command = {
	usage: 'cat [-AbEnsTuv] [FILE…]',
	summary:
		'Writes files one after the other; -n numbers the lines, -b those that are not empty, -s joins empty ones, -E and -T show ends and tabs.',
	options: {
		flags: 'AbEnstTuv',
		long: {
			number: 'n',
			'number-nonblank': 'b',
			'squeeze-blank': 's',
			'show-all': 'A',
			'show-ends': 'E',
			'show-tabs': 'T',
		},
	},
	run(context, options) {
		const isPlain = ![...'AbEnsT'].some((letter) => options.has(letter));
		let number = 0;
		let wasEmpty = false;
		return forEachInput(context, options.operands, (input) => {
			if (isPlain) {
				for (const piece of input.pieces()) context.output.write(piece);
				return;
			}
			for (const line of input.lines()) {
				const isEmpty = line === '';
				if (isEmpty && wasEmpty && options.has('s')) continue;
				wasEmpty = isEmpty;
				const isNumbered = options.has('b') ? !isEmpty : options.has('n');
				const prefix = isNumbered ? `${String(++number).padStart(6)}\t` : '';
				context.output.write(prefix + showLine(line, options) + (input.endedInLine ? '' : '\n'));
			}
		});
	},
};

function showLine(line: string, options: Options): string {
	const tabs = options.has('T') || options.has('A') ? line.replaceAll('\t', '^I') : line;
	return options.has('E') || options.has('A') ? `${tabs}$` : tabs;
}

const wc: Command = {
	usage: 'wc [-clmwL] [FILE…]',
	summary: 'Counts lines, words and bytes; -m characters, -L the longest line.',
	options: { flags: 'clmwL', long: { bytes: 'c', lines: 'l', chars: 'm', words: 'w', 'max-line-length': 'L' } },
	run(context, options) {
		const { operands } = options;
		const shown = [...'lwmcL'].filter((letter) =>
			[...'lwmcL'].some((any) => options.has(any)) ? options.has(letter) : 'lwc'.includes(letter),
		);
		const total: Counts = { l: 0, w: 0, m: 0, c: 0, L: 0 };
		const width = shown.length === 1 && operands.length < 2 ? 0 : 7;
		const write = (counts: Counts, label: string): void => {
			const cells = shown.map((letter) => String(counts[letter as keyof Counts]).padStart(width));
			context.output.write(`${cells.join(' ')}${label === '' ? '' : ` ${label}`}\n`);
		};
		const status = forEachInput(context, operands, (input, name) => {
			const counts = count(input, options.has('m') || options.has('L'));
			for (const key of ['l', 'w', 'm', 'c'] as const) total[key] += counts[key];
			total.L = Math.max(total.L, counts.L);
			write(counts, name === '-' && operands.length === 0 ? '' : name);
		});
		if (operands.length > 1) write(total, 'total');
		return status;
	},
};

interface Counts {
	l: number;
	w: number;
	m: number;
	c: number;
	L: number;
}

function count(input: Input, needsCharacters: boolean): Counts {
	const counts: Counts = { l: 0, w: 0, m: 0, c: 0, L: 0 };
	let isInsideWord = false;
	let column = 0;
	for (const piece of input.pieces()) {
		counts.c += piece.length;
		for (let at = 0; at < piece.length; at++) {
			const byte = piece[at] as number;
			if (byte === lineFeed) counts.l++;
			const isBlank = byte === 32 || (byte >= 9 && byte <= 13);
			if (!isBlank && !isInsideWord) counts.w++;
			isInsideWord = !isBlank;
			if (!needsCharacters || (byte & 0xc0) === 0x80) continue;
			counts.m++;
			column = byte === lineFeed ? 0 : byte === 9 ? column - (column % 8) + 8 : column + 1;
			counts.L = Math.max(counts.L, column);
		}
	}
	return counts;
}

const tee: Command = {
	usage: 'tee [-a] [FILE…]',
	summary: 'Copies standard input to files and to standard output; -a appends.',
	options: { flags: 'ai', long: { append: 'a' } },
	run(context, options) {
		const handles: number[] = [];
		let status = 0;
		for (const operand of options.operands) {
			try {
				const mode = options.has('a') ? 'append' : 'replace';
				handles.push(context.system.fileOpen(pathOf(context, operand), mode, rights.write));
			} catch (failure) {
				reportFailure(context, failure, operand);
				status = 1;
			}
		}
		for (const piece of context.input.pieces()) {
			context.output.write(piece);
			for (const handle of handles) context.system.streamWrite(handle, piece);
		}
		return status;
	},
};

const tac: Command = {
	usage: 'tac [FILE…]',
	summary: 'Writes the lines of files, the last one first.',
	run: (context, { operands }) =>
		forEachInput(context, operands, (input) => {
			const lines = [...linesWithEnd(input)].map((line) => line.slice());
			for (const line of lines.reverse()) context.output.write(line);
		}),
};

const nl: Command = {
	usage: 'nl [-b a|t] [FILE…]',
	summary: 'Numbers lines: those that are not empty (t), or all (-b a).',
	options: { values: 'bwsv' },
	run(context, options) {
		let number = Number(options.value('v') ?? 1);
		const width = options.count('w') ?? 6;
		return forEachInput(context, options.operands, (input) => {
			for (const line of input.lines()) {
				const isNumbered = options.value('b') === 'a' || line !== '';
				const label = isNumbered
					? `${String(number++).padStart(width)}${options.value('s') ?? '\t'}`
					: ' '.repeat(width + 1);
				context.output.write(`${label}${line}\n`);
			}
		});
	},
};

const cut: Command = {
	usage: 'cut -c LIST | -b LIST | -f LIST [-d CHARACTER] [-s] [FILE…]',
	summary: 'Writes parts of each line: characters, bytes or fields, such as 1,3-5,7-.',
	options: {
		flags: 'sn',
		values: 'bcdfO',
		long: { delimiter: 'd', fields: 'f', characters: 'c', bytes: 'b', 'only-delimited': 's', 'output-delimiter': 'O' },
	},
	run(context, options) {
		const list = options.value('f') ?? options.value('c') ?? options.value('b');
		if (list === undefined) throw new UsageError('which parts?');
		const isChosen = parseRanges(list);
		const delimiter = options.value('d') ?? '\t';
		const joiner = options.value('O') ?? (options.has('f') ? delimiter : '');
		return forEachInput(context, options.operands, (input) => {
			for (const line of input.lines()) {
				const parts = options.has('f') ? line.split(delimiter) : [...line];
				if (options.has('f') && parts.length === 1) {
					if (!options.has('s')) context.output.write(`${line}\n`);
					continue;
				}
				context.output.write(`${parts.filter((_, index) => isChosen(index + 1)).join(joiner)}\n`);
			}
		});
	},
};

function parseRanges(list: string): (place: number) => boolean {
	const ranges = list.split(',').map((text) => {
		const [, from = '', dash, to = ''] = /^(\d*)(-?)(\d*)$/.exec(text) ?? [];
		if (text === '' || text === '-' || dash === undefined) throw new UsageError(`"${text}" is not a range`);
		const first = from === '' ? 1 : parseCount(from);
		if (first === 0) throw new UsageError('places begin at 1');
		return [first, dash === '' ? first : to === '' ? Number.POSITIVE_INFINITY : parseCount(to)] as const;
	});
	return (place) => ranges.some(([first, last]) => place >= first && place <= last);
}

const uniq: Command = {
	usage: 'uniq [-cdiu] [-f FIELDS] [-s CHARACTERS] [-w CHARACTERS] [INPUT [OUTPUT]]',
	summary:
		'Joins equal lines that follow each other. -c counts, -d only repeated ones, -u only single ones, -i ignores case.',
	options: {
		flags: 'cdiuDz',
		values: 'fsw',
		long: {
			count: 'c',
			repeated: 'd',
			unique: 'u',
			'ignore-case': 'i',
			'skip-fields': 'f',
			'skip-chars': 's',
			'check-chars': 'w',
		},
	},
	run(context, options) {
		const [from = '-', to] = options.operands;
		if (to !== undefined) context.output.flush();
		const keyOf = (line: string): string => {
			let key = line;
			for (let left = options.count('f') ?? 0; left > 0; left--) key = key.replace(/^\s*\S*/, '');
			key = key.slice(options.count('s') ?? 0).slice(0, options.count('w') ?? undefined);
			return options.has('i') ? key.toLowerCase() : key;
		};
		let [first, key, repeats]: [string | undefined, string, number] = [undefined, '', 0];
		let text = '';
		const finish = (): void => {
			if (first === undefined) return;
			if ((options.has('d') && repeats < 2) || (options.has('u') && repeats > 1)) return;
			const line = `${options.has('c') ? `${String(repeats).padStart(7)} ` : ''}${first}\n`;
			if (to === undefined) context.output.write(line);
			else text += line;
		};
		withInput(context, from, (input) => {
			for (const line of input.lines()) {
				const next = keyOf(line);
				if (first !== undefined && next === key) {
					repeats++;
					continue;
				}
				finish();
				[first, key, repeats] = [line, next, 1];
			}
		});
		finish();
		if (to !== undefined) context.system.pathWrite(pathOf(context, to), new TextEncoder().encode(text), 'replace');
		return 0;
	},
};

const seq: Command = {
	usage: 'seq [-w] [-s TEXT] [FIRST [STEP]] LAST',
	summary: 'Writes numbers; -w all of one width, -s with a text between them.',
	options: { flags: 'w', values: 's', stopsAtOperand: true },
	run({ output }, options) {
		const numbers = options.operands.map((text) => {
			if (text.trim() === '' || Number.isNaN(Number(text))) throw new UsageError(`"${text}" is not a number`);
			return Number(text);
		});
		if (numbers.length === 0 || numbers.length > 3) throw new UsageError('from where to where?');
		const [first, step, last] =
			numbers.length === 3 ? numbers : numbers.length === 2 ? [numbers[0], 1, numbers[1]] : [1, 1, numbers[0]];
		const [from, by, to] = [first as number, step as number, last as number];
		if (by === 0) throw new UsageError('the step is 0');
		const places = Math.max(...options.operands.map((text) => (text.split('.')[1] ?? '').length));
		const show = (value: number): string => value.toFixed(places);
		const width = options.has('w') ? Math.max(show(from).length, show(to).length) : 0;
		const separator = options.value('s') ?? '\n';
		const steps = Math.floor((to - from) / by + 1e-10);
		for (let index = 0; index <= steps; index++)
			output.write(`${index > 0 ? separator : ''}${show(from + index * by).padStart(width, '0')}`);
		if (steps >= 0) output.write('\n');
		return 0;
	},
};

const yes: Command = {
	usage: 'yes [TEXT…]',
	summary: 'Writes a text again and again.',
	run({ output }, { operands }) {
		const line = `${operands.length === 0 ? 'y' : operands.join(' ')}\n`;
		const block = line.repeat(Math.max(1, Math.floor(8192 / line.length)));
		for (;;) output.write(block);
	},
};

const cmp: Command = {
	usage: 'cmp [-s] FILE1 FILE2',
	summary: 'Compares two files byte by byte. Exit code 1: they differ.',
	options: { flags: 'sl', long: { silent: 's', quiet: 's' } },
	failure: 2,
	run(context, options) {
		const [one, other = '-'] = options.operands;
		if (one === undefined) throw new UsageError('which files?');
		return withInput(context, one, (left) =>
			withInput(context, other, (right) => compare(context, options, { one, other, left, right })),
		);
	},
};

function compare(
	{ output }: CommandContext,
	options: Options,
	{ one, other, left, right }: { one: string; other: string; left: Input; right: Input },
): number {
	let [place, line] = [0, 1];
	for (;;) {
		const first = left.readExactly(65_536);
		const second = right.readExactly(65_536);
		const length = Math.min(first.length, second.length);
		for (let at = 0; at < length; at++) {
			if (first[at] !== second[at]) {
				if (!options.has('s')) output.write(`${one} ${other} differ: byte ${place + at + 1}, line ${line}\n`);
				return 1;
			}
			if (first[at] === lineFeed) line++;
		}
		if (first.length !== second.length) {
			if (!options.has('s')) throw new CommandError(`EOF on ${first.length < second.length ? one : other}`);
			return 1;
		}
		if (length === 0) return 0;
		place += length;
	}
}

const od: Command = {
	usage: 'od [-A x|d|o|n] [-t x1|c|o1|u1] [-N COUNT] [-c] [-v] [FILE…]',
	summary: 'Shows bytes as numbers: octal, or as -t says; -c as characters.',
	options: { flags: 'cvbx', values: 'AtNj' },
	run(context, options) {
		const type = options.has('c') ? 'c' : (options.value('t') ?? 'o1');
		const base = { x: 16, d: 10, o: 8, n: 0 }[options.value('A') ?? 'o'] ?? 8;
		let left = options.has('N') ? parseSize(options.value('N') ?? '') : Number.POSITIVE_INFINITY;
		let place = 0;
		const label = (): string =>
			base === 0 ? '' : place.toString(base).padStart(base === 10 ? 7 : base === 16 ? 6 : 7, '0');
		const status = forEachInput(context, options.operands, (input) => {
			for (
				let line = input.readExactly(Math.min(16, left));
				line.length > 0;
				line = input.readExactly(Math.min(16, left))
			) {
				context.output.write(`${label()}${[...line].map((byte) => showByte(byte, type)).join('')}\n`);
				place += line.length;
				left -= line.length;
			}
		});
		if (base !== 0) context.output.write(`${label()}\n`);
		return status;
	},
};

const byteNames: Readonly<Record<number, string>> = {
	0: '\\0',
	7: '\\a',
	8: '\\b',
	9: '\\t',
	10: '\\n',
	11: '\\v',
	12: '\\f',
	13: '\\r',
};

function showByte(byte: number, type: string): string {
	if (type.startsWith('x')) return ` ${byte.toString(16).padStart(2, '0')}`;
	if (type.startsWith('u') || type.startsWith('d')) return ` ${String(byte).padStart(3)}`;
	if (type.startsWith('o')) return ` ${byte.toString(8).padStart(3, '0')}`;
	const text =
		byte >= 32 && byte < 127 ? String.fromCharCode(byte) : (byteNames[byte] ?? byte.toString(8).padStart(3, '0'));
	return text.padStart(4);
}

export const textFlowCommands = {
	cat,
	wc,
	tee,
	tac,
	nl,
	cut,
	uniq,
	seq,
	yes,
	cmp,
	od,
} satisfies Record<string, Command>;
