/** `find`: walks folders and does something with what fits. */
import type { ExitStatus, NodeStatus } from '#abi/structures.generated.ts';
import { baseName, directoryName, joinPath } from '#base/path.ts';
import { type Command, type CommandContext, parseCount, pathOf, reportFailure, UsageError } from './command.ts';
import { parseDate } from './dates.ts';
import { formatTime } from './format.ts';
import { listNames, matchesName } from './names.ts';
import { runAndWait } from './run-program.ts';
import { readLink, statusAt } from './tree.ts';

/** One place of the walk. */
interface Visit {
	/** As the person wrote the start of it. */
	readonly shown: string;
	readonly path: string;
	readonly depth: number;
	readonly status: NodeStatus;
}

type Test = (visit: Visit) => boolean;

interface Plan {
	readonly test: Test;
	readonly atEnd: readonly (() => void)[];
	readonly minDepth: number;
	readonly maxDepth: number;
	readonly depthFirst: boolean;
}

const most = 500;

class PlanReader {
	readonly #context: CommandContext;
	readonly #list: readonly string[];
	readonly #atEnd: (() => void)[] = [];
	#place = 0;
	#acts = false;
	#minDepth = 0;
	#maxDepth = Number.POSITIVE_INFINITY;
	#depthFirst = false;
	/** Set by `-prune` for the folder at hand. */
	readonly pruned: Set<string>;
	failed = false;

	constructor(context: CommandContext, list: readonly string[], pruned: Set<string>) {
		this.#context = context;
		this.#list = list;
		this.pruned = pruned;
	}

	read(): Plan {
		const given = this.#list.length === 0 ? () => true : this.#or();
		if (this.#place < this.#list.length) throw new UsageError(`"${this.#list[this.#place]}" is not expected here`);
		const print = this.#print('\n');
		const test: Test = this.#acts ? given : (visit) => given(visit) && print(visit);
		return {
			test,
			atEnd: this.#atEnd,
			minDepth: this.#minDepth,
			maxDepth: this.#maxDepth,
			depthFirst: this.#depthFirst,
		};
	}

	#or(): Test {
		let left = this.#and();
		while (this.#list[this.#place] === '-o' || this.#list[this.#place] === '-or') {
			this.#place++;
			const [one, other] = [left, this.#and()];
			left = (visit) => one(visit) || other(visit);
		}
		return left;
	}

	#and(): Test {
		let left = this.#not();
		for (
			let word = this.#list[this.#place];
			word !== undefined && !['-o', '-or', ')'].includes(word);
			word = this.#list[this.#place]
		) {
			if (word === '-a' || word === '-and') this.#place++;
			const [one, other] = [left, this.#not()];
			left = (visit) => one(visit) && other(visit);
		}
		return left;
	}

	#not(): Test {
		const word = this.#list[this.#place++];
		if (word === undefined) throw new UsageError('the expression is not complete');
		if (word === '!' || word === '-not') {
			const inner = this.#not();
			return (visit) => !inner(visit);
		}
		if (word !== '(') return this.#primary(word);
		const inner = this.#or();
		if (this.#list[this.#place++] !== ')') throw new UsageError('the closing ) is missing');
		return inner;
	}

	#value(word: string): string {
		const value = this.#list[this.#place++];
		if (value === undefined) throw new UsageError(`${word} needs a value`);
		return value;
	}

	#primary(word: string): Test {
		return this.#option(word) ?? this.#nameTest(word) ?? this.#statusTest(word) ?? this.#action(word);
	}

	#option(word: string): Test | undefined {
		if (word === '-maxdepth') this.#maxDepth = parseCount(this.#value(word));
		else if (word === '-mindepth') this.#minDepth = parseCount(this.#value(word));
		else if (word === '-depth') this.#depthFirst = true;
		else if (!['-xdev', '-mount', '-true', '-noleaf'].includes(word)) return undefined;
		return () => true;
	}

	#nameTest(word: string): Test | undefined {
		const ignoreCase = word.startsWith('-i');
		if (word === '-name' || word === '-iname') {
			const pattern = this.#value(word);
			return ({ shown }) => matchesName(baseName(shown.replace(/(?<=.)\/+$/, '')) || '/', pattern, ignoreCase);
		}
		if (['-path', '-ipath', '-wholename'].includes(word)) {
			const pattern = this.#value(word);
			return ({ shown }) => matchesName(shown, pattern, ignoreCase);
		}
		if (word === '-regex' || word === '-iregex') {
			const expression = new RegExp(`^(?:${this.#value(word)})$`, word === '-iregex' ? 'iu' : 'u');
			return ({ shown }) => expression.test(shown);
		}
		if (word === '-lname') {
			const pattern = this.#value(word);
			return ({ path, status }) => status.kind === 'link' && matchesName(readLink(this.#context.system, path), pattern);
		}
		return undefined;
	}

	#statusTest(word: string): Test | undefined {
		if (word === '-false') return () => false;
		if (word === '-empty') return ({ status, path }) => isEmpty(this.#context, status, path);
		if (word === '-type') {
			const letters = this.#value(word).split(',');
			return ({ status }) => letters.includes({ file: 'f', directory: 'd', link: 'l', device: 'c' }[status.kind]);
		}
		if (word === '-size') return sizeTest(this.#value(word));
		if (word === '-links') return countTest(this.#value(word), ({ status }) => status.links);
		if (word === '-inum') return countTest(this.#value(word), ({ status }) => status.inode);
		if (word === '-newer') {
			const reference = statusAt(this.#context.system, pathOf(this.#context, this.#value(word)), true).modifiedTime;
			return ({ status }) => status.modifiedTime > reference;
		}
		if (word === '-newermt') {
			const time = BigInt(Math.round(parseDate(this.#value(word)))) * 1_000_000n;
			return ({ status }) => status.modifiedTime > time;
		}
		const unit = { '-mtime': 86_400, '-atime': 86_400, '-ctime': 86_400, '-mmin': 60, '-amin': 60, '-cmin': 60 }[word];
		if (unit === undefined) return undefined;
		const field = word[1] === 'm' ? 'modifiedTime' : word[1] === 'a' ? 'accessedTime' : 'changedTime';
		const now = this.#context.host.realtime();
		return countTest(this.#value(word), ({ status }) => Math.floor(Number(now - status[field]) / 1e9 / unit));
	}

	#action(word: string): Test {
		this.#acts = true;
		if (word === '-print') return this.#print('\n');
		if (word === '-print0') return this.#print('\0');
		if (word === '-printf') return this.#printFormat(this.#value(word));
		if (word === '-ls') return (visit) => this.#show(visit);
		if (word === '-quit') throw new UsageError('-quit is not supported');
		if (word === '-prune') {
			this.#acts = false;
			return ({ path }) => {
				this.pruned.add(path);
				return true;
			};
		}
		if (word === '-delete') {
			this.#depthFirst = true;
			return (visit) => this.#delete(visit);
		}
		if (word === '-exec' || word === '-execdir' || word === '-ok') return this.#execute(word);
		throw new UsageError(`there is no ${word}`);
	}

	#print(end: string): Test {
		return ({ shown }) => {
			this.#context.output.write(shown + end);
			return true;
		};
	}

	#show({ shown, status }: Visit): boolean {
		this.#context.output.write(
			`${String(status.inode).padStart(9)} ${status.kind.padEnd(9)} ${String(status.size).padStart(10)} ${formatTime(Number(status.modifiedTime / 1_000_000n))} ${shown}\n`,
		);
		return true;
	}

	#printFormat(format: string): Test {
		return ({ shown, status, depth }) => {
			const values: Readonly<Record<string, string>> = {
				...{
					p: shown,
					f: baseName(shown),
					h: directoryName(shown),
					s: String(status.size),
					d: String(depth),
					i: String(status.inode),
				},
				...{
					y: { file: 'f', directory: 'd', link: 'l', device: 'c' }[status.kind],
					'%': '%',
					T: String(Number(status.modifiedTime) / 1e9),
				},
			};
			const text = format.replace(/%([a-zA-Z%])@?|\\(.)/g, (whole, letter?: string, escaped?: string) =>
				letter === undefined
					? ({ n: '\n', t: '\t', '0': '\0', '\\': '\\' }[escaped ?? ''] ?? whole)
					: (values[letter] ?? whole),
			);
			this.#context.output.write(text);
			return true;
		};
	}

	#delete({ path, status, shown }: Visit): boolean {
		if (shown === '.') return true;
		if (status.kind === 'directory') this.#context.system.pathRemoveDirectory(path);
		else this.#context.system.pathUnlink(path);
		return true;
	}

	/** Up to `;`: once for each; up to `{} +`: with many at a time. */
	#execute(word: string): Test {
		const end = this.#list.findIndex(
			(text, index) => index >= this.#place && (text === ';' || (text === '+' && this.#list[index - 1] === '{}')),
		);
		if (end < 0) throw new UsageError(`${word} needs a ; or {} + at its end`);
		const words = this.#list.slice(this.#place, end);
		const isMany = this.#list[end] === '+';
		this.#place = end + 1;
		if (words.length === 0) throw new UsageError(`${word}: which program?`);
		const run = (list: readonly string[], folder?: string): boolean => {
			this.#context.output.flush();
			const status: ExitStatus = runAndWait(this.#context, list, folder);
			if (status.code !== 0 && isMany) this.failed = true;
			return status.code === 0;
		};
		if (!isMany)
			return ({ shown, path }) => {
				const inFolder = word === '-execdir';
				const name = inFolder ? `./${baseName(path)}` : shown;
				return run(
					words.map((text) => text.replaceAll('{}', name)),
					inFolder ? directoryName(path) : undefined,
				);
			};
		const waiting: string[] = [];
		const flush = (): void => {
			if (waiting.length > 0) run([...words.slice(0, -1), ...waiting.splice(0)]);
		};
		this.#atEnd.push(flush);
		return ({ shown }) => {
			waiting.push(shown);
			if (waiting.length >= most) flush();
			return true;
		};
	}
}

function isEmpty({ system }: CommandContext, status: NodeStatus, path: string): boolean {
	if (status.kind === 'file') return status.size === 0;
	return status.kind === 'directory' && listNames(system, path).next().done === true;
}

/** `+5`: more, `-5`: fewer, `5`: exactly. */
function countTest(text: string, amountOf: (visit: Visit) => number): Test {
	const [, sign, digits] = /^([-+]?)(\d+)$/.exec(text) ?? [];
	if (digits === undefined) throw new UsageError(`"${text}" is not a whole number`);
	const wanted = Number(digits);
	if (sign === '+') return (visit) => amountOf(visit) > wanted;
	if (sign === '-') return (visit) => amountOf(visit) < wanted;
	return (visit) => amountOf(visit) === wanted;
}

function sizeTest(text: string): Test {
	const unit = { c: 1, w: 2, b: 512, k: 1024, M: 1024 ** 2, G: 1024 ** 3 }[text.at(-1) ?? ''];
	const count = unit === undefined ? text : text.slice(0, -1);
	return countTest(count, ({ status }) => Math.ceil((status.kind === 'file' ? status.size : 0) / (unit ?? 512)));
}

const find: Command = {
	usage: 'find [PATH…] [EXPRESSION]',
	summary:
		'Finds files below folders. -name -iname -path PATTERN, -type f|d|l, -size +10k, -mtime -1, -newer FILE, -empty, -maxdepth N; !, -o, ( ); -print, -print0, -exec PROGRAM {} ; or {} +, -delete, -prune.',
	options: { isOwn: true },
	run(context) {
		// Its expressions are no options: they are read here.
		const list = context.start.arguments;
		const first = list.findIndex((text) => /^-./.test(text) || text === '!' || text === '(');
		const roots = first < 0 ? list : list.slice(0, first);
		const pruned = new Set<string>();
		const reader = new PlanReader(context, first < 0 ? [] : list.slice(first), pruned);
		const plan = reader.read();
		let status = 0;
		const walk = (shown: string, path: string, depth: number): void => {
			try {
				visit(shown, path, depth);
			} catch (failure) {
				reportFailure(context, failure, shown);
				status = 1;
			}
		};
		const visit = (shown: string, path: string, depth: number): void => {
			const at: Visit = { shown, path, depth, status: statusAt(context.system, path) };
			const isMeant = depth >= plan.minDepth;
			if (isMeant && !plan.depthFirst) plan.test(at);
			if (at.status.kind === 'directory' && depth < plan.maxDepth && !pruned.has(path))
				for (const { name } of [...listNames(context.system, path)])
					walk(shown.endsWith('/') ? shown + name : `${shown}/${name}`, joinPath(path, name), depth + 1);
			if (isMeant && plan.depthFirst) plan.test(at);
		};
		for (const root of roots.length === 0 ? ['.'] : roots) walk(root, pathOf(context, root), 0);
		for (const finish of plan.atEnd) finish();
		return reader.failed ? 1 : status;
	},
};

export const findCommands = { find } satisfies Record<string, Command>;
