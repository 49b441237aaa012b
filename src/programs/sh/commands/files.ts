/** Commands that make, move, remove, find and describe files. */
import { OsError } from '#abi/errors.ts';
import type { Stat } from '#abi/structures.generated.ts';
import { baseName, directoryName, isWithin, joinPath, resolvePath } from '#base/path.ts';
import { type Command, type CommandContext, parseOptions, pathOf, UsageError } from '../command.ts';
import { compilePattern, listDirectory } from '../glob.ts';
import { forEachOperand } from './directories.ts';
import { formatTime } from './format.ts';

type Kind = Stat['kind'] | undefined;

async function findKind(context: CommandContext, path: string): Promise<Kind> {
	try {
		return (await context.system.pathStat(path)).kind;
	} catch (error) {
		if (error instanceof OsError && error.code === 'ENOENT') return undefined;
		throw error;
	}
}

/** Runs `action(from, to)` for each source; the last operand is the target, a directory when there are several. */
async function forEachSource(
	context: CommandContext,
	operands: readonly string[],
	action: (from: string, to: string) => Promise<void>,
): Promise<number> {
	const target = operands.at(-1);
	if (operands.length < 2 || target === undefined) throw new UsageError('a source and a target are needed');
	const targetPath = pathOf(context, target);
	const intoDirectory = (await findKind(context, targetPath)) === 'directory';
	if (operands.length > 2 && !intoDirectory) throw new Error(`${target}: It is not a folder.`);
	return forEachOperand(context, operands.slice(0, -1), async (operand) => {
		const from = pathOf(context, operand);
		await action(from, intoDirectory ? joinPath(targetPath, baseName(from)) : targetPath);
	});
}

const cp: Command = {
	usage: 'cp [-nrRv] SOURCE… TARGET',
	summary: 'Copies files; -r directories too, -n keeps what exists, -v says each.',
	async run(context) {
		const { flags, operands } = parseOptions(context.arguments, 'nrRv');
		const recursive = flags.has('r') || flags.has('R');
		return forEachSource(context, operands, async (from, to) => {
			const kind = await findKind(context, from);
			if (kind === 'directory' && !recursive) throw new Error(`${from}: It is a folder (use -r).`);
			if (from === to) throw new Error(`${from}: Source and target are the same.`);
			if (kind === 'directory' && isWithin(to, from))
				throw new Error(`${from}: A folder cannot be copied into itself.`);
			await copyTree(context, from, to, flags);
		});
	},
};

async function copyTree(context: CommandContext, from: string, to: string, flags: ReadonlySet<string>): Promise<void> {
	const [source, target] = [await findKind(context, from), await findKind(context, to)];
	if (source === 'directory') {
		if (target !== 'directory') await context.system.pathMakeDirectory(to);
		for await (const entry of listDirectory(context.system, from)) {
			await copyTree(context, joinPath(from, entry.name), joinPath(to, entry.name), flags);
		}
		return;
	}
	if (target === 'file') {
		if (flags.has('n')) return;
		await replaceByCopy(context, from, to);
	} else await context.system.pathCopy(from, to);
	if (flags.has('v')) await context.output.write(`${from} -> ${to}\n`);
}

/** `path_copy` refuses an existing target: the copy gets a name of its own and takes the target's place in one step. */
async function replaceByCopy(context: CommandContext, from: string, to: string): Promise<void> {
	const temporary = joinPath(directoryName(to), `.copy-${context.session.pid}-${Date.now().toString(36)}`);
	await context.system.pathCopy(from, temporary);
	await context.system.pathRename(temporary, to, true);
}

const mv: Command = {
	usage: 'mv [-nv] SOURCE… TARGET',
	summary: 'Moves or renames; -n keeps what exists, -v says each.',
	async run(context) {
		const { flags, operands } = parseOptions(context.arguments, 'nv');
		return forEachSource(context, operands, async (from, to) => {
			if (flags.has('n') && (await findKind(context, to)) !== undefined) return;
			await context.system.pathRename(from, to, true);
			if (flags.has('v')) await context.output.write(`${from} -> ${to}\n`);
		});
	},
};

const rm: Command = {
	usage: 'rm [-frRv] PATH…',
	summary: 'Removes files for good (not into the Recycle Bin); -r directories too, -f is silent about missing ones.',
	async run(context) {
		const { flags, operands } = parseOptions(context.arguments, 'frRv');
		if (operands.length === 0 && !flags.has('f')) throw new UsageError('what?');
		return forEachOperand(context, operands, async (operand) => {
			const path = pathOf(context, operand);
			const kind = await findKind(context, path);
			if (kind === undefined && flags.has('f')) return;
			if (path === '/' || isWithin(context.session.workingDirectory, path)) {
				throw new Error(`${operand}: The working directory stands in it.`);
			}
			if (kind === 'directory' && !flags.has('r') && !flags.has('R'))
				throw new Error(`${operand}: It is a folder (use -r).`);
			if (kind === 'directory') await context.system.pathRemoveTree(path);
			else await context.system.pathUnlink(path);
			if (flags.has('v')) await context.output.write(`removed ${operand}\n`);
		});
	},
};

const touch: Command = {
	usage: 'touch [-c] FILE…',
	summary: 'Sets the modification time to now, making files that are missing; -c makes none.',
	async run(context) {
		const { flags, operands } = parseOptions(context.arguments, 'c');
		if (operands.length === 0) throw new UsageError('which file?');
		return forEachOperand(context, operands, async (operand) => {
			const path = pathOf(context, operand);
			if ((await findKind(context, path)) !== undefined) await context.system.pathSetTimes(path, Date.now());
			else if (!flags.has('c')) await context.system.pathWrite(path, new Uint8Array(), 'create-new');
		});
	},
};

const stat: Command = {
	usage: 'stat PATH…',
	summary: 'Shows what the system knows of files and directories.',
	async run(context) {
		const { operands } = parseOptions(context.arguments, '');
		if (operands.length === 0) throw new UsageError('which path?');
		return forEachOperand(context, operands, async (operand) => {
			const path = pathOf(context, operand);
			const found = await context.system.pathStat(path);
			const attributes = ['read-only', 'hidden', 'system'].filter((_, bit) => found.attributes & (1 << bit));
			await context.output.write(
				[
					`    Path: ${path}`,
					`    Kind: ${found.kind}`,
					`    Size: ${found.size} bytes`,
					`   Inode: ${found.inode}, links: ${found.links}`,
					`    Bits: ${attributes.join(', ') || 'none'}`,
					`Modified: ${formatTime(found.modifiedTime)}`,
					` Changed: ${formatTime(found.changedTime)}`,
					` Created: ${formatTime(found.createdTime)}`,
					'',
				].join('\n'),
			);
		});
	},
};

interface FindTest {
	readonly name?: RegExp;
	readonly kind?: 'file' | 'directory';
	readonly depth: number;
}

const find: Command = {
	usage: 'find [PATH…] [-name PATTERN | -iname PATTERN] [-type f|d] [-maxdepth N]',
	summary: 'Lists everything below the paths that passes the tests.',
	async run(context) {
		const firstTest = context.arguments.findIndex((text) => text.startsWith('-'));
		const operands = firstTest < 0 ? context.arguments : context.arguments.slice(0, firstTest);
		const test = parseTests(firstTest < 0 ? [] : context.arguments.slice(firstTest));
		return forEachOperand(context, operands.length === 0 ? ['.'] : operands, async (operand) => {
			const path = resolvePath(context.session.workingDirectory, operand);
			const kind = (await context.system.pathStat(path)).kind;
			await walk(context, operand, { path, kind, depth: 0 }, test);
		});
	},
};

function parseTests(list: readonly string[]): FindTest {
	let test: FindTest = { depth: Number.POSITIVE_INFINITY };
	for (let index = 0; index < list.length; index += 2) {
		const [option, value] = [list[index], list[index + 1]];
		if (value === undefined) throw new UsageError(`${option} needs a value`);
		if (option === '-name' || option === '-iname') test = { ...test, name: compilePattern(value, option === '-iname') };
		else if (option === '-type' && (value === 'f' || value === 'd')) {
			test = { ...test, kind: value === 'f' ? 'file' : 'directory' };
		} else if (option === '-maxdepth' && /^\d+$/.test(value)) test = { ...test, depth: Number(value) };
		else throw new UsageError(`"${option} ${value}" is not a test this command knows`);
	}
	return test;
}

async function walk(
	context: CommandContext,
	label: string,
	node: { path: string; kind: Stat['kind']; depth: number },
	test: FindTest,
): Promise<void> {
	const matches = (test.name?.test(baseName(node.path)) ?? true) && (test.kind ?? node.kind) === node.kind;
	if (matches) await context.output.write(`${label}\n`);
	if (node.kind !== 'directory' || node.depth >= test.depth) return;
	for await (const entry of listDirectory(context.system, node.path)) {
		if (context.signal.aborted) return;
		const child = { path: joinPath(node.path, entry.name), depth: node.depth + 1 };
		const name = label.endsWith('/') ? label + entry.name : `${label}/${entry.name}`;
		await walk(context, name, { ...child, kind: entry.isDirectory ? 'directory' : 'file' }, test);
	}
}

export const fileCommands: Readonly<Record<string, Command>> = { cp, mv, rm, touch, stat, find };
