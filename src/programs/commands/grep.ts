/** `grep`: lines that match. */
import { joinPath } from '#base/path.ts';
import { type Command, type CommandContext, type Options, pathOf, reportFailure, UsageError } from './command.ts';
import { withInput } from './inputs.ts';
import { listNames, matchesName } from './names.ts';
import { compileExpression, type Syntax, translatePattern } from './regular-expression.ts';
import type { Input } from './streams.ts';

const letters = 'EFGHKLPRacehilnoqrsvwxz';

interface Search {
	readonly expression: RegExp;
	readonly options: Options;
	readonly before: number;
	readonly after: number;
	readonly most: number;
	readonly withNames: boolean;
	readonly colours: boolean;
}

const grep: Command = {
	usage: 'grep [-EFHLcehilnoqrsvwx] [-A|-B|-C LINES] [-m COUNT] [--include=NAMES] PATTERN [FILE…]',
	summary:
		'Writes lines that match a regular expression. -E extended, -F plain text, -i ignores case, -v others, -n numbers, -c counts, -l names, -o only the match, -w words, -x lines, -r folders, -A -B -C lines around, -q silent. Exit code 1: no match.',
	failure: 2,
	options: {
		flags: letters.replace('e', ''),
		values: 'ABCefmIX',
		long: {
			...{
				'extended-regexp': 'E',
				'fixed-strings': 'F',
				'ignore-case': 'i',
				'invert-match': 'v',
				'line-number': 'n',
				count: 'c',
			},
			...{
				'files-with-matches': 'l',
				'files-without-match': 'L',
				'only-matching': 'o',
				'word-regexp': 'w',
				'line-regexp': 'x',
			},
			...{
				recursive: 'r',
				quiet: 'q',
				silent: 'q',
				'no-messages': 's',
				'with-filename': 'H',
				'no-filename': 'h',
				text: 'a',
			},
			...{
				'after-context': 'A',
				'before-context': 'B',
				context: 'C',
				'max-count': 'm',
				regexp: 'e',
				file: 'f',
				include: 'I',
				exclude: 'X',
			},
			...{ color: 'K', colour: 'K' },
		},
	},
	run(context, options) {
		const operands = [...options.operands];
		const patterns = patternsOf(context, options, operands);
		const isRecursive = options.has('r') || options.has('R');
		const roots = operands.length === 0 && isRecursive ? ['.'] : operands.length === 0 ? ['-'] : operands;
		const around = options.count('C') ?? 0;
		const search: Search = {
			expression: compile(patterns, options),
			options,
			before: options.count('B') ?? around,
			after: options.count('A') ?? around,
			most: options.count('m') ?? Number.POSITIVE_INFINITY,
			withNames: options.has('H') || (!options.has('h') && (isRecursive || operands.length > 1)),
			colours: options.has('K') && context.system.handleKind(context.output.handle ?? 0) === 'terminal',
		};
		return searchAll(context, search, filesOf(context, roots, options));
	},
};

/** 0: something matched, 1: nothing, 2: something could not be read. */
function searchAll(context: CommandContext, search: Search, files: Iterable<string>): number {
	const { options } = search;
	let matched = false;
	let failed = false;
	for (const name of files) {
		try {
			const hits = withInput(context, name, (input) => new FileSearch(context, search, name).run(input));
			matched ||= hits > 0;
		} catch (failure) {
			failed = true;
			if (!options.has('s')) reportFailure(context, failure, name);
		}
		if (matched && options.has('q')) return 0;
	}
	return failed ? 2 : matched ? 0 : 1;
}

function patternsOf(context: CommandContext, options: Options, operands: string[]): string[] {
	const given = options.values('e').flatMap((text) => text.split('\n'));
	for (const file of options.values('f')) withInput(context, file, (input) => given.push(...input.lines()));
	if (options.has('e') || options.has('f')) return given;
	const first = operands.shift();
	if (first === undefined) throw new UsageError('which pattern?');
	return first.split('\n');
}

function compile(patterns: readonly string[], options: Options): RegExp {
	const syntax: Syntax = options.has('F') ? 'fixed' : options.has('E') || options.has('P') ? 'extended' : 'basic';
	const sources = patterns.map((pattern) => {
		const source = options.has('P') ? pattern : translatePattern(pattern, syntax);
		if (options.has('x')) return `^(?:${source})$`;
		return options.has('w') ? `(?<![\\p{L}\\p{Nd}_])(?:${source})(?![\\p{L}\\p{Nd}_])` : source;
	});
	// No pattern at all matches nothing.
	const source =
		sources.length === 0 ? '(?!)' : sources.map((one) => (sources.length > 1 ? `(?:${one})` : one)).join('|');
	return compileExpression(source, options.has('i') ? 'giu' : 'gu', patterns.join('\n'));
}

/** The files to look at, folders opened where that is wanted. */
function* filesOf(context: CommandContext, roots: readonly string[], options: Options): Generator<string> {
	for (const root of roots) {
		let kind = 'file';
		if (root !== '-') {
			try {
				kind = context.system.pathStat(pathOf(context, root)).kind;
			} catch {
				// Opening it will say what is wrong.
			}
		}
		if (kind !== 'directory') yield root;
		else if (options.has('r') || options.has('R')) yield* filesBelow(context, root, options);
		else yield root;
	}
}

function* filesBelow(context: CommandContext, folder: string, options: Options): Generator<string> {
	for (const { name, kind } of listNames(context.system, pathOf(context, folder))) {
		const path = folder.startsWith('/') ? joinPath(folder, name) : `${folder}/${name}`;
		if (kind === 'directory') yield* filesBelow(context, path, options);
		else if (kind === 'file' && isIncluded(name, options)) yield path;
	}
}

function isIncluded(name: string, options: Options): boolean {
	const included = options.values('I');
	if (included.length > 0 && !included.some((pattern) => matchesName(name, pattern))) return false;
	return !options.values('X').some((pattern) => matchesName(name, pattern));
}

class FileSearch {
	readonly #context: CommandContext;
	readonly #search: Search;
	readonly #name: string;
	readonly #kept: { readonly line: string; readonly number: number }[] = [];
	#hits = 0;
	#number = 0;
	#shownUntil = 0;
	#afterLeft = 0;

	constructor(context: CommandContext, search: Search, name: string) {
		this.#context = context;
		this.#search = search;
		this.#name = name === '-' ? '(standard input)' : name;
	}

	run(input: Input): number {
		const { options, most } = this.#search;
		const isBinary = !options.has('a') && this.#looksBinary(input);
		for (const line of input.lines(options.has('z') ? 0 : 10)) {
			this.#number++;
			const isHit = this.#matches(line) !== options.has('v');
			if (isHit && this.#hits < most) this.#hit(line, isBinary);
			else this.#miss(line);
			const isSettled = this.#hits > 0 && (options.has('q') || options.has('l') || options.has('L') || isBinary);
			if ((isSettled && !options.has('c')) || (this.#hits >= most && this.#afterLeft === 0)) break;
		}
		this.#summarise(isBinary);
		return options.has('L') ? Number(this.#hits === 0) : this.#hits;
	}

	/** A file with a NUL in its first piece is not shown line by line. */
	#looksBinary(input: Input): boolean {
		const piece = input.read();
		const isBinary = piece.subarray(0, 32_768).includes(0) && !this.#search.options.has('z');
		if (piece.length > 0) input.putBack(piece);
		return isBinary;
	}

	#matches(line: string): boolean {
		const { expression } = this.#search;
		expression.lastIndex = 0;
		return expression.test(line);
	}

	#hit(line: string, isBinary: boolean): void {
		const { options, before, after, expression } = this.#search;
		this.#hits++;
		if (['c', 'q', 'l', 'L'].some((letter) => options.has(letter)) || isBinary) return;
		if (options.has('o')) {
			if (options.has('v')) return;
			for (const [text] of line.matchAll(expression)) if (text !== '') this.#show(text, this.#number, ':');
			return;
		}
		const first = this.#kept[0]?.number ?? this.#number;
		if ((before > 0 || after > 0) && this.#shownUntil > 0 && first > this.#shownUntil + 1)
			this.#context.output.write('--\n');
		for (const kept of this.#kept.splice(0)) this.#show(kept.line, kept.number, '-');
		this.#show(line, this.#number, ':');
		this.#afterLeft = after;
	}

	#miss(line: string): void {
		const { before, options } = this.#search;
		if (this.#afterLeft > 0 && !options.has('c')) {
			this.#afterLeft--;
			this.#show(line, this.#number, '-');
			return;
		}
		if (before === 0) return;
		this.#kept.push({ line, number: this.#number });
		if (this.#kept.length > before) this.#kept.shift();
	}

	#show(line: string, number: number, mark: string): void {
		const { options, withNames } = this.#search;
		this.#shownUntil = number;
		const prefix = `${withNames ? this.#name + mark : ''}${options.has('n') ? number + mark : ''}`;
		this.#context.output.write(`${prefix}${this.#coloured(line, mark)}\n`);
	}

	#coloured(line: string, mark: string): string {
		const { colours, expression, options } = this.#search;
		if (!colours || mark !== ':' || options.has('v')) return line;
		return line.replace(expression, (text) => (text === '' ? text : `\x1b[1;31m${text}\x1b[0m`));
	}

	#summarise(isBinary: boolean): void {
		const { options, withNames } = this.#search;
		const { output } = this.#context;
		if (options.has('q')) return;
		if (options.has('l') && this.#hits > 0) output.write(`${this.#name}\n`);
		else if (options.has('L') && this.#hits === 0) output.write(`${this.#name}\n`);
		else if (options.has('c')) output.write(`${withNames ? `${this.#name}:` : ''}${this.#hits}\n`);
		else if (isBinary && this.#hits > 0 && !options.has('l') && !options.has('L'))
			output.write(`${this.#name}: binary file matches\n`);
	}
}

export const grepCommands = { grep } satisfies Record<string, Command>;
