/** Commands that read and write text; all of them stream, but `sort`, which must see every line first. */
import { rights } from '#abi/rights.ts';
import { joinPath } from '#base/path.ts';
import { type Command, type CommandContext, parseCount, parseOptions, pathOf, UsageError } from '../command.ts';
import { readDirectory } from '../glob.ts';
import { InputStream, readHandle } from '../streams.ts';
import { forEachOperand } from './directories.ts';

/** Opens each operand in turn; standard input when there is none, or for `-`. */
async function forEachInput(
	context: CommandContext,
	operands: readonly string[],
	action: (input: InputStream, name: string) => Promise<void>,
): Promise<number> {
	return forEachOperand(context, operands.length === 0 ? ['-'] : operands, async (operand) => {
		if (operand === '-') return action(context.input, operand);
		const handle = await context.system.fileOpen(pathOf(context, operand), 'open', rights.read);
		try {
			await action(new InputStream(readHandle(context.system, handle), context.signal), operand);
		} finally {
			await context.system.handleClose(handle);
		}
	});
}

const cat: Command = {
	usage: 'cat [-n] [FILE…]',
	summary: 'Writes files one after the other; -n numbers the lines.',
	async run(context) {
		const { flags, operands } = parseOptions(context.arguments, 'n');
		let number = 0;
		return forEachInput(context, operands, async (input) => {
			if (!flags.has('n')) for await (const piece of input.pieces()) await context.output.write(piece);
			else
				for await (const line of input.lines())
					await context.output.write(`${String(++number).padStart(6)}  ${line}\n`);
		});
	},
};

/** `-5` is short for `-n 5`. */
function expandShortCount(list: readonly string[]): string[] {
	return list.flatMap((text) => (/^-\d+$/.test(text) ? ['-n', text.slice(1)] : [text]));
}

const head: Command = {
	usage: 'head [-n LINES | -c BYTES] [FILE…]',
	summary: 'Writes the first lines (10) or bytes.',
	async run(context) {
		const { values, operands } = parseOptions(expandShortCount(context.arguments), '', 'nc');
		const bytes = values.has('c') ? parseCount(values.get('c') ?? '') : undefined;
		const lines = parseCount(values.get('n') ?? '10');
		return forEachInput(context, operands, async (input, name) => {
			if (operands.length > 1) await context.output.write(`==> ${name} <==\n`);
			if (bytes === undefined) await writeFirstLines(context, input, lines);
			else await writeFirstBytes(context, input, bytes);
		});
	},
};

async function writeFirstLines(context: CommandContext, input: InputStream, count: number): Promise<void> {
	let left = count;
	if (left === 0) return;
	for await (const line of input.lines()) {
		await context.output.write(`${line}\n`);
		if (--left === 0) return;
	}
}

async function writeFirstBytes(context: CommandContext, input: InputStream, count: number): Promise<void> {
	let left = count;
	while (left > 0) {
		const piece = await input.read();
		if (piece.length === 0) return;
		await context.output.write(piece.subarray(0, left));
		left -= piece.length;
	}
}

const tail: Command = {
	usage: 'tail [-n LINES] [FILE…]',
	summary: 'Writes the last lines (10).',
	async run(context) {
		const { values, operands } = parseOptions(expandShortCount(context.arguments), '', 'n');
		const count = parseCount(values.get('n') ?? '10');
		return forEachInput(context, operands, async (input, name) => {
			if (operands.length > 1) await context.output.write(`==> ${name} <==\n`);
			let last: string[] = [];
			for await (const line of input.lines()) {
				last.push(line);
				if (last.length > 2 * count + 1000) last = last.slice(last.length - count);
			}
			for (const line of count === 0 ? [] : last.slice(-count)) await context.output.write(`${line}\n`);
		});
	},
};

const wc: Command = {
	usage: 'wc [-clw] [FILE…]',
	summary: 'Counts lines, words and bytes.',
	async run(context) {
		const { flags, operands } = parseOptions(context.arguments, 'clw');
		const shown = flags.size === 0 ? 'lwc' : 'lwc'.replace(/./g, (letter) => (flags.has(letter) ? letter : ''));
		const total = { l: 0, w: 0, c: 0 };
		const write = (counts: typeof total, label: string) => {
			const cells = [...shown].map((letter) =>
				String(counts[letter as 'l' | 'w' | 'c']).padStart(operands.length > 0 ? 7 : 0),
			);
			return context.output.write(`${cells.join(' ')}${label === '-' ? '' : ` ${label}`}\n`);
		};
		const status = await forEachInput(context, operands, async (input, name) => {
			const counts = await count(input);
			for (const key of ['l', 'w', 'c'] as const) total[key] += counts[key];
			await write(counts, name);
		});
		if (operands.length > 1) await write(total, 'total');
		return status;
	},
};

async function count(input: InputStream): Promise<{ l: number; w: number; c: number }> {
	const counts = { l: 0, w: 0, c: 0 };
	let insideWord = false;
	for await (const piece of input.pieces()) {
		counts.c += piece.length;
		for (const byte of piece) {
			if (byte === 10) counts.l++;
			const blank = byte === 32 || (byte >= 9 && byte <= 13);
			if (!blank && !insideWord) counts.w++;
			insideWord = !blank;
		}
	}
	return counts;
}

const grep: Command = {
	usage: 'grep [-ciFlnrvwq] PATTERN [FILE…]',
	summary:
		'Writes lines that match a regular expression. -F plain text, -i ignores case, -v others, -n numbers, -c counts, -l names, -w whole words, -r directories, -q silent. Exit code 1: no match.',
	async run(context) {
		const { flags, operands } = parseOptions(context.arguments, 'ciFlnrvwqE', 'e');
		const [pattern, ...rest] = operands;
		if (pattern === undefined) throw new UsageError('which pattern?');
		const expression = compileSearch(pattern, flags);
		const files = flags.has('r') ? await collectFiles(context, rest.length === 0 ? ['.'] : rest) : rest;
		let matched = false;
		const status = await forEachInput(context, files, async (input, name) => {
			const prefix = files.length > 1 || flags.has('r') ? `${name}:` : '';
			const hits = await search(context, input, { expression, flags, prefix });
			if (hits > 0) matched = true;
			if (flags.has('l') && hits > 0) await context.output.write(`${name}\n`);
			else if (flags.has('c')) await context.output.write(`${prefix}${hits}\n`);
		});
		return status !== 0 ? 2 : matched ? 0 : 1;
	},
};

function compileSearch(pattern: string, flags: ReadonlySet<string>): RegExp {
	const source = flags.has('F') ? pattern.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&') : pattern;
	try {
		return new RegExp(flags.has('w') ? `(?<!\\w)(?:${source})(?!\\w)` : source, flags.has('i') ? 'iu' : 'u');
	} catch (error) {
		throw new UsageError(`"${pattern}" is not a regular expression`, { cause: error });
	}
}

async function search(
	context: CommandContext,
	input: InputStream,
	{ expression, flags, prefix }: { expression: RegExp; flags: ReadonlySet<string>; prefix: string },
): Promise<number> {
	let hits = 0;
	let number = 0;
	for await (const line of input.lines()) {
		number++;
		if (expression.test(line) === flags.has('v')) continue;
		hits++;
		if (flags.has('q') || flags.has('l')) break;
		if (!flags.has('c')) await context.output.write(`${prefix}${flags.has('n') ? `${number}:` : ''}${line}\n`);
	}
	return hits;
}

async function collectFiles(context: CommandContext, operands: readonly string[]): Promise<string[]> {
	const files: string[] = [];
	for (const operand of operands) {
		const { kind } = await context.system.pathStat(pathOf(context, operand));
		if (kind === 'file') files.push(operand);
		else {
			const names = await readDirectory(context.system, pathOf(context, operand));
			const below = names.map(({ name }) => (operand.startsWith('/') ? joinPath(operand, name) : `${operand}/${name}`));
			files.push(...(await collectFiles(context, below)));
		}
	}
	return files;
}

const sort: Command = {
	usage: 'sort [-fnru] [FILE…]',
	summary: 'Sorts lines. -n by number, -r reversed, -u each once, -f ignores case.',
	async run(context) {
		const { flags, operands } = parseOptions(context.arguments, 'fnru');
		const lines: string[] = [];
		const status = await forEachInput(context, operands, async (input) => {
			for await (const line of input.lines()) lines.push(line);
		});
		const key = (line: string) => (flags.has('f') ? line.toUpperCase() : line);
		const compareText = (a: string, b: string) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);
		const numberOf = (line: string) => Number.parseFloat(line) || 0;
		lines.sort((a, b) => (flags.has('n') ? numberOf(a) - numberOf(b) || compareText(a, b) : compareText(a, b)));
		if (flags.has('r')) lines.reverse();
		for (const [index, line] of lines.entries()) {
			const previous = lines[index - 1];
			if (flags.has('u') && previous !== undefined && key(previous) === key(line)) continue;
			await context.output.write(`${line}\n`);
		}
		return status;
	},
};

const uniq: Command = {
	usage: 'uniq [-cdu] [FILE]',
	summary: 'Joins equal lines that follow each other. -c counts, -d only repeated ones, -u only single ones.',
	async run(context) {
		const { flags, operands } = parseOptions(context.arguments, 'cdu');
		return forEachInput(context, operands, async (input) => {
			let previous: string | undefined;
			let repeats = 0;
			const finish = async () => {
				if (previous === undefined) return;
				if ((flags.has('d') && repeats < 2) || (flags.has('u') && repeats > 1)) return;
				await context.output.write(`${flags.has('c') ? `${String(repeats).padStart(7)} ` : ''}${previous}\n`);
			};
			for await (const line of input.lines()) {
				if (line === previous) repeats++;
				else {
					await finish();
					previous = line;
					repeats = 1;
				}
			}
			await finish();
		});
	},
};

const tee: Command = {
	usage: 'tee [-a] FILE…',
	summary: 'Copies standard input to files and to standard output; -a appends.',
	async run(context) {
		const { flags, operands } = parseOptions(context.arguments, 'a');
		const handles: number[] = [];
		try {
			const status = await forEachOperand(context, operands, async (operand) => {
				const mode = flags.has('a') ? 'append' : 'replace';
				handles.push(await context.system.fileOpen(pathOf(context, operand), mode, rights.write));
			});
			for await (const piece of context.input.pieces()) {
				for (const handle of handles) await context.system.streamWrite(handle, piece);
				await context.output.write(piece);
			}
			return status;
		} finally {
			for (const handle of handles) await context.system.handleClose(handle);
		}
	},
};

const echo: Command = {
	usage: 'echo [-n] [TEXT…]',
	summary: 'Writes its arguments; -n without a line end.',
	async run({ arguments: list, output }) {
		const bare = list[0] === '-n';
		await output.write(`${(bare ? list.slice(1) : list).join(' ')}${bare ? '' : '\n'}`);
		return 0;
	},
};

const printf: Command = {
	usage: 'printf FORMAT [ARGUMENT…]',
	summary: 'Writes by a format: %s %d %x %o %c %%, with width and precision; \\n \\t \\\\ and \\xHH in it.',
	async run({ arguments: list, output }) {
		const [format, ...values] = list;
		if (format === undefined) throw new UsageError('which format?');
		// The format is used again until every argument is taken, as POSIX says.
		do await output.write(formatOnce(format, values));
		while (values.length > 0 && /%[^%]/.test(format));
		return 0;
	},
};

const formatEscapes: Readonly<Record<string, string>> = {
	n: '\n',
	t: '\t',
	r: '\r',
	'\\': '\\',
	'"': '"',
	a: '\x07',
	e: '\x1b',
	'0': '\0',
};

const directive =
	/\\(?:x(?<hex>[0-9a-fA-F]{1,2})|(?<letter>.))|%(?<flags>[-0]*)(?<width>\d*)(?:\.(?<precision>\d+))?(?<kind>[sdixXoc%])/gs;

/** Fills the format once, taking arguments off the front of `values`. */
export function formatOnce(format: string, values: string[]): string {
	let [text, end] = ['', 0];
	for (const match of format.matchAll(directive)) {
		text += format.slice(end, match.index) + formatDirective(match[0], match.groups ?? {}, values);
		end = match.index + match[0].length;
	}
	return text + format.slice(end);
}

function formatDirective(whole: string, parts: Readonly<Record<string, string | undefined>>, values: string[]): string {
	const { hex, letter, flags = '', width = '', precision, kind = 's' } = parts;
	if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
	if (letter !== undefined) return formatEscapes[letter] ?? whole;
	if (kind === '%') return '%';
	const text = formatValue(values.shift() ?? '', kind, precision);
	if (flags.includes('-')) return text.padEnd(Number(width));
	return text.padStart(Number(width), flags.includes('0') && kind !== 's' ? '0' : ' ');
}

function formatValue(value: string, kind: string, precision: string | undefined): string {
	if (kind === 's') return precision === undefined ? value : [...value].slice(0, Number(precision)).join('');
	if (kind === 'c') return [...value][0] ?? '';
	const number = Number(value || '0');
	if (!Number.isInteger(number)) throw new UsageError(`"${value}" is not a whole number`);
	if (kind === 'x') return number.toString(16);
	if (kind === 'X') return number.toString(16).toUpperCase();
	return kind === 'o' ? number.toString(8) : String(number);
}

export const textCommands: Readonly<Record<string, Command>> = {
	cat,
	head,
	tail,
	wc,
	grep,
	sort,
	uniq,
	tee,
	echo,
	printf,
};
