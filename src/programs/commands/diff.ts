/** `diff`: what differs between files and folders, by the npm package `diff` (Myers). */
import { diffArrays } from 'diff';
import { joinPath } from '#base/path.ts';
import { type Command, type CommandContext, type Options, pathOf, UsageError } from './command.ts';
import { withInput } from './inputs.ts';
import { listNames } from './names.ts';
import { statusAt } from './tree.ts';

interface Side {
	readonly name: string;
	readonly lines: readonly string[];
	/** The last line has no end. */
	readonly isOpen: boolean;
	readonly time: number;
}

interface Hunk {
	readonly removed: { readonly start: number; readonly lines: readonly string[] };
	readonly added: { readonly start: number; readonly lines: readonly string[] };
}

const diff: Command = {
	usage: 'diff [-abBiNqrsuw] [-U LINES] FILE1 FILE2',
	summary:
		'Shows what differs. -u with lines around it, -r folders, -q only which, -i -b -w without regard to case or blanks. Exit code 1: they differ.',
	failure: 2,
	options: {
		flags: 'abBiNqrsuw',
		values: 'ULx',
		long: {
			unified: 'u',
			brief: 'q',
			recursive: 'r',
			'ignore-case': 'i',
			'ignore-all-space': 'w',
			'ignore-space-change': 'b',
			'new-file': 'N',
			label: 'L',
			color: 'a',
		},
	},
	run(context, options) {
		const [one, other] = options.operands;
		if (one === undefined || other === undefined || options.operands.length > 2)
			throw new UsageError('which two files?');
		return comparePaths(context, options, one, other);
	},
};

function kindOf(context: CommandContext, name: string): string {
	return name === '-' ? 'file' : statusAt(context.system, pathOf(context, name), true).kind;
}

function comparePaths(context: CommandContext, options: Options, one: string, other: string): number {
	const [left, right] = [kindOf(context, one), kindOf(context, other)];
	if (left === 'directory' && right === 'directory') return compareFolders(context, options, one, other);
	const nameOf = (path: string): string => path.replace(/^.*\//, '');
	if (left === 'directory') return compareFiles(context, options, { one: joinPath(one, nameOf(other)), other });
	if (right === 'directory') return compareFiles(context, options, { one, other: joinPath(other, nameOf(one)) });
	return compareFiles(context, options, { one, other });
}

function compareFolders(context: CommandContext, options: Options, one: string, other: string): number {
	const names = (folder: string): Map<string, string> =>
		new Map([...listNames(context.system, pathOf(context, folder))].map(({ name, kind }) => [name, kind]));
	const [left, right] = [names(one), names(other)];
	let status = 0;
	for (const name of [...new Set([...left.keys(), ...right.keys()])].sort()) {
		const [first, second] = [left.get(name), right.get(name)];
		const [leftPath, rightPath] = [`${one.replace(/\/$/, '')}/${name}`, `${other.replace(/\/$/, '')}/${name}`];
		if (first === undefined || second === undefined) {
			context.output.write(`Only in ${first === undefined ? other : one}: ${name}\n`);
			status = Math.max(status, 1);
		} else if (first === 'directory' && second === 'directory') {
			if (options.has('r')) status = Math.max(status, compareFolders(context, options, leftPath, rightPath));
			else context.output.write(`Common subdirectories: ${leftPath} and ${rightPath}\n`);
		} else if (first !== second) {
			context.output.write(`${leftPath} is a ${first} while ${rightPath} is a ${second}\n`);
			status = Math.max(status, 1);
		} else {
			const header = options.has('q')
				? ''
				: `diff ${options.has('u') ? '-u ' : ''}${options.has('r') ? '-r ' : ''}${leftPath} ${rightPath}\n`;
			status = Math.max(status, compareFiles(context, options, { one: leftPath, other: rightPath, header }));
		}
	}
	return status;
}

function readSide(context: CommandContext, name: string): Side & { readonly isBinary: boolean } {
	return withInput(context, name, (input) => {
		const lines = [...input.lines()];
		const time =
			name === '-'
				? Number(context.host.realtime() / 1_000_000n)
				: context.system.pathStat(pathOf(context, name)).modifiedTime;
		return {
			name,
			lines,
			isOpen: input.endedInLine,
			time,
			isBinary: lines.slice(0, 200).some((line) => line.includes('\0')),
		};
	});
}

function compareFiles(
	context: CommandContext,
	options: Options,
	{ one, other, header = '' }: { readonly one: string; readonly other: string; readonly header?: string },
): number {
	const [left, right] = [readSide(context, one), readSide(context, other)];
	const isSame =
		left.isOpen === right.isOpen &&
		left.lines.length === right.lines.length &&
		left.lines.every((line, index) => line === right.lines[index]);
	const hunks = isSame ? [] : findHunks(left, right, options);
	if (hunks.length === 0) {
		if (options.has('s')) context.output.write(`Files ${one} and ${other} are identical\n`);
		return 0;
	}
	if (left.isBinary || right.isBinary) context.output.write(`Binary files ${one} and ${other} differ\n`);
	else if (options.has('q')) context.output.write(`Files ${one} and ${other} differ\n`);
	else {
		context.output.write(header);
		if (options.has('u') || options.has('U')) writeUnified(context, options, { left, right, hunks });
		else writeNormal(context, { left, right, hunks });
	}
	return 1;
}

function normalise(options: Options): (line: string) => string {
	return (line) => {
		let text = options.has('i') ? line.toLowerCase() : line;
		if (options.has('w')) text = text.replace(/\s+/g, '');
		else if (options.has('b')) text = text.replace(/\s+$/, '').replace(/\s+/g, ' ');
		return text;
	};
}

function findHunks(left: Side, right: Side, options: Options): Hunk[] {
	const change = normalise(options);
	// A last line without an end differs from one with it.
	const keys = ({ lines, isOpen }: Side): string[] =>
		lines.map((line, index) => change(line) + (isOpen && index === lines.length - 1 ? '\0' : ''));
	const hunks: Hunk[] = [];
	let [from, to] = [0, 0];
	let pending: { removed: number; added: number } | undefined;
	const finish = (): void => {
		if (pending === undefined) return;
		const { removed, added } = pending;
		const taken = left.lines.slice(from - removed, from);
		const given = right.lines.slice(to - added, to);
		const isEmpty = options.has('B') && [...taken, ...given].every((line) => line.trim() === '');
		if (!isEmpty)
			hunks.push({ removed: { start: from - removed, lines: taken }, added: { start: to - added, lines: given } });
		pending = undefined;
	};
	for (const { added, removed, value } of diffArrays(keys(left), keys(right))) {
		if (!added && !removed) {
			finish();
			from += value.length;
			to += value.length;
			continue;
		}
		pending ??= { removed: 0, added: 0 };
		if (removed) {
			pending.removed += value.length;
			from += value.length;
		} else {
			pending.added += value.length;
			to += value.length;
		}
	}
	finish();
	return hunks;
}

interface Comparison {
	readonly left: Side;
	readonly right: Side;
	readonly hunks: readonly Hunk[];
}

const noEnd = '\\ No newline at end of file\n';

function lineOf(mark: string, line: string, isLastOpen: boolean): string {
	return `${mark}${line}\n${isLastOpen ? noEnd : ''}`;
}

function writeNormal({ output }: CommandContext, { left, right, hunks }: Comparison): void {
	const range = (start: number, count: number): string =>
		count === 0 ? String(start) : count === 1 ? String(start + 1) : `${start + 1},${start + count}`;
	for (const { removed, added } of hunks) {
		const letter = removed.lines.length === 0 ? 'a' : added.lines.length === 0 ? 'd' : 'c';
		output.write(`${range(removed.start, removed.lines.length)}${letter}${range(added.start, added.lines.length)}\n`);
		for (const [index, line] of removed.lines.entries())
			output.write(lineOf('< ', line, left.isOpen && removed.start + index === left.lines.length - 1));
		if (letter === 'c') output.write('---\n');
		for (const [index, line] of added.lines.entries())
			output.write(lineOf('> ', line, right.isOpen && added.start + index === right.lines.length - 1));
	}
}

function writeUnified({ output }: CommandContext, options: Options, { left, right, hunks }: Comparison): void {
	const around = options.count('U') ?? 3;
	const stamp = (time: number): string => new Date(time).toISOString().replace('T', ' ').replace('Z', '000000 +0000');
	const labels = options.values('L');
	output.write(
		`--- ${labels[0] ?? `${left.name}\t${stamp(left.time)}`}\n+++ ${labels[1] ?? `${right.name}\t${stamp(right.time)}`}\n`,
	);
	for (const group of groupHunks(hunks, around)) writeGroup(output, group, { around, left, right });
}

/** Hunks so near that their surroundings touch are shown as one. */
function groupHunks(hunks: readonly Hunk[], around: number): Hunk[][] {
	const groups: Hunk[][] = [];
	for (const hunk of hunks) {
		const last = groups.at(-1)?.at(-1);
		const end = last === undefined ? Number.NEGATIVE_INFINITY : last.removed.start + last.removed.lines.length;
		if (hunk.removed.start - end <= 2 * around) groups.at(-1)?.push(hunk);
		else groups.push([hunk]);
	}
	return groups;
}

function writeGroup(
	output: CommandContext['output'],
	group: readonly Hunk[],
	{ around, left, right }: { around: number; left: Side; right: Side },
): void {
	const [first, last] = [group[0] as Hunk, group.at(-1) as Hunk];
	const from = Math.max(0, first.removed.start - around);
	const to = Math.min(left.lines.length, last.removed.start + last.removed.lines.length + around);
	const newFrom = first.added.start - (first.removed.start - from);
	const newTo = last.added.start + last.added.lines.length + (to - last.removed.start - last.removed.lines.length);
	const range = (start: number, count: number): string =>
		`${count === 0 ? start : start + 1}${count === 1 ? '' : `,${count}`}`;
	output.write(`@@ -${range(from, to - from)} +${range(newFrom, newTo - newFrom)} @@\n`);
	const isEnd = (side: Side, index: number): boolean => side.isOpen && index === side.lines.length - 1;
	let at = from;
	const same = (end: number): void => {
		for (; at < end; at++) output.write(lineOf(' ', left.lines[at] as string, isEnd(left, at)));
	};
	for (const { removed, added } of group) {
		same(removed.start);
		for (const line of removed.lines) output.write(lineOf('-', line, isEnd(left, at++)));
		for (const [index, line] of added.lines.entries())
			output.write(lineOf('+', line, isEnd(right, added.start + index)));
	}
	same(to);
}

export const diffCommands = { diff } satisfies Record<string, Command>;
