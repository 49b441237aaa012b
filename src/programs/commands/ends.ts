/** `head` and `tail`: one end of a text. */
import { type Command, type CommandContext, parseSize } from './command.ts';
import { forEachInput } from './inputs.ts';
import { type Input, join, linesWithEnd } from './streams.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const lineFeed = 10;

function heading(context: CommandContext, name: string, isFirst: boolean): void {
	context.output.write(`${isFirst ? '' : '\n'}==> ${name === '-' ? 'standard input' : name} <==\n`);
}

const head: Command = {
	usage: 'head [-n [-]LINES | -c [-]BYTES] [-qv] [FILE…]',
	summary: 'Writes the first lines (10) or bytes; with a "-" before the count all but the last.',
	options: { flags: 'qv0123456789', values: 'nc', long: { lines: 'n', bytes: 'c', quiet: 'q', verbose: 'v' } },
	run(context, options) {
		let isFirst = true;
		const lines = options.value('n') ?? shortCount(context) ?? '10';
		const bytes = options.value('c');
		return forEachInput(context, options.operands, (input, name) => {
			if ((options.operands.length > 1 && !options.has('q')) || options.has('v')) heading(context, name, isFirst);
			isFirst = false;
			if (bytes !== undefined) headBytes(context, input, bytes);
			else headLines(context, input, lines);
		});
	},
};

/** The digits of `-20`, which are options of a letter each otherwise. */
function shortCount({ start }: CommandContext): string | undefined {
	return start.arguments.find((text) => /^-\d+$/.test(text))?.slice(1);
}

function headLines({ output }: CommandContext, input: Input, text: string): void {
	if (text.startsWith('-')) {
		const kept: Bytes[] = [];
		const count = parseSize(text.slice(1));
		for (const line of linesWithEnd(input)) {
			kept.push(line.slice());
			if (kept.length > count) output.write(kept.shift() as Bytes);
		}
		return;
	}
	let left = parseSize(text);
	if (left === 0) return;
	for (const piece of input.pieces()) {
		let end = -1;
		do {
			end = piece.indexOf(lineFeed, end + 1);
			if (end >= 0) left--;
		} while (end >= 0 && left > 0);
		output.write(end < 0 ? piece : piece.subarray(0, end + 1));
		if (left === 0) return;
	}
}

function headBytes({ output }: CommandContext, input: Input, text: string): void {
	if (text.startsWith('-')) {
		const all = input.readAll();
		output.write(all.subarray(0, Math.max(0, all.length - parseSize(text.slice(1)))));
		return;
	}
	let left = parseSize(text);
	while (left > 0) {
		const piece = input.read();
		if (piece.length === 0) return;
		output.write(piece.subarray(0, left));
		left -= piece.length;
	}
}

const tail: Command = {
	usage: 'tail [-n [+]LINES | -c [+]BYTES] [-fqv] [FILE…]',
	summary: 'Writes the last lines (10) or bytes; with a "+" from that one on. -f waits for more.',
	options: {
		flags: 'fFqv0123456789',
		values: 'ncs',
		long: { lines: 'n', bytes: 'c', follow: 'f', quiet: 'q', verbose: 'v' },
	},
	run(context, options) {
		let isFirst = true;
		const unit = options.has('c') ? 'bytes' : 'lines';
		const amount = options.value('c') ?? options.value('n') ?? shortCount(context) ?? '10';
		const status = forEachInput(context, options.operands, (input, name) => {
			if ((options.operands.length > 1 && !options.has('q')) || options.has('v')) heading(context, name, isFirst);
			isFirst = false;
			if (amount.startsWith('+')) tailFrom(context, input, parseSize(amount.slice(1)), unit);
			else tailLast(context, input, parseSize(amount.replace(/^-/, '')), unit);
			const follows = options.has('f') || options.has('F');
			if (follows && name === options.operands.at(-1) && name !== '-') followFile(context, input);
		});
		return status;
	},
};

function tailFrom({ output }: CommandContext, input: Input, from: number, unit: 'lines' | 'bytes'): void {
	let left = Math.max(0, from - 1);
	for (const piece of input.pieces()) {
		let start = 0;
		if (unit === 'bytes') {
			start = Math.min(left, piece.length);
			left -= start;
		} else
			while (left > 0 && start < piece.length) {
				const end = piece.indexOf(lineFeed, start);
				start = end < 0 ? piece.length : end + 1;
				if (end >= 0) left--;
			}
		output.write(piece.subarray(start));
	}
}

/** Keeps only as many pieces as hold what is wanted. */
function tailLast({ output }: CommandContext, input: Input, wanted: number, unit: 'lines' | 'bytes'): void {
	const pieces: { bytes: Bytes; count: number }[] = [];
	let total = 0;
	for (const piece of input.pieces()) {
		const count = unit === 'bytes' ? piece.length : countByte(piece, lineFeed);
		pieces.push({ bytes: piece.slice(), count });
		total += count;
		while (pieces.length > 1 && total - (pieces[0]?.count ?? 0) > wanted) total -= pieces.shift()?.count ?? 0;
	}
	const all = join(pieces.map(({ bytes }) => bytes));
	if (wanted === 0) return;
	if (unit === 'bytes') {
		output.write(all.subarray(Math.max(0, all.length - wanted)));
		return;
	}
	let start = all.length;
	// The end of the last line belongs to it.
	for (let left = wanted; left > 0 && start > 0; left--)
		start = (start < 2 ? -1 : all.lastIndexOf(lineFeed, start - 2)) + 1;
	output.write(all.subarray(start));
}

function countByte(bytes: Bytes, wanted: number): number {
	let count = 0;
	for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1)) count++;
	return count;
}

function followFile({ output, host }: CommandContext, input: Input): never {
	for (;;) {
		for (const piece of input.pieces()) output.write(piece);
		output.flush();
		host.sleep(250);
	}
}

export const endCommands = { head, tail } satisfies Record<string, Command>;
