/** Commands that change names: `cp`, `mv`, `rm`, `mkdir`, `rmdir`, `touch`, `ln`, `mktemp`, `readlink`, `realpath`, `basename`, `dirname`. */
import { rights } from '#abi/rights.ts';
import { baseName, directoryName, isWithin, joinPath } from '#base/path.ts';
import {
	type Command,
	type CommandContext,
	CommandError,
	forEachOperand,
	type Options,
	pathOf,
	UsageError,
} from './command.ts';
import { parseDate } from './dates.ts';
import { listNames } from './names.ts';
import { findStatus, fromRoot, readLink, statusAt } from './tree.ts';

/** Sources and the target of each: into a folder by their own name, or to the one name given. */
function forEachSource(
	context: CommandContext,
	options: Options,
	action: (from: string, to: string, operand: string) => void,
): number {
	const folder = options.value('t');
	const operands = folder === undefined ? options.operands : [...options.operands, folder];
	const target = operands.at(-1);
	if (target === undefined || operands.length < 2) throw new UsageError('from where to where?');
	const targetPath = pathOf(context, target);
	const isFolder = !options.has('T') && findStatus(context.system, targetPath, true)?.kind === 'directory';
	if (!isFolder && (operands.length > 2 || target.endsWith('/')))
		throw new CommandError(`${target}: It is not a folder.`);
	return forEachOperand(context, operands.slice(0, -1), (operand) => {
		const from = pathOf(context, operand);
		action(from, isFolder ? joinPath(targetPath, baseName(from)) : targetPath, operand);
	});
}

const cp: Command = {
	usage: 'cp [-afinprRTuv] [-t FOLDER] SOURCE… TARGET',
	summary:
		'Copies files; -r folders too, -n keeps what exists, -u what is newer, -p keeps times, -a all of that, -v says each.',
	options: {
		flags: 'afinpPrRTuvL',
		values: 't',
		long: {
			recursive: 'r',
			archive: 'a',
			force: 'f',
			'no-clobber': 'n',
			update: 'u',
			verbose: 'v',
			'target-directory': 't',
		},
	},
	run(context, options) {
		const isRecursive = ['r', 'R', 'a'].some((letter) => options.has(letter));
		return forEachSource(context, options, (from, to, operand) => {
			const { kind, inode, device } = statusAt(context.system, from, !isRecursive);
			const existing = findStatus(context.system, to, true);
			if (kind === 'directory' && !isRecursive) throw new CommandError(`${operand}: It is a folder (use -r).`);
			if (existing?.inode === inode && existing.device === device)
				throw new CommandError(`${operand}: Source and target are the same.`);
			if (kind === 'directory' && isWithin(to, from))
				throw new CommandError(`${operand}: A folder cannot be copied into itself.`);
			copyTree(context, options, { from, to });
		});
	},
};

function copyTree(context: CommandContext, options: Options, { from, to }: { from: string; to: string }): void {
	const { system, output } = context;
	const source = statusAt(system, from, !['r', 'R', 'a'].some((letter) => options.has(letter)));
	const target = findStatus(system, to, false);
	if (source.kind === 'directory') {
		if (target === undefined) system.pathMakeDirectory(to);
		else if (statusAt(system, to, true).kind !== 'directory') throw new CommandError(`${to}: It is not a folder.`);
		for (const { name } of [...listNames(system, from)])
			copyTree(context, options, { from: joinPath(from, name), to: joinPath(to, name) });
	} else {
		if (target !== undefined && options.has('n')) return;
		if (target !== undefined && options.has('u') && target.modifiedTime >= source.modifiedTime) return;
		if (source.kind === 'link') copyLink(context, from, to);
		else if (source.kind === 'device') copyStream(context, from, to);
		else if (target === undefined) system.pathCopy(from, to);
		else replaceByCopy(context, from, to);
	}
	if ((options.has('p') || options.has('a')) && source.kind !== 'link')
		system.pathSetTimes(to, Number(source.modifiedTime / 1_000_000n));
	if (options.has('v')) output.write(`'${from}' -> '${to}'\n`);
}

function copyLink({ system }: CommandContext, from: string, to: string): void {
	const target = readLink(system, from);
	if (findStatus(system, to) !== undefined) system.pathUnlink(to);
	fromRoot(system, to, rights.create, (root, below) => system.atMakeLink(root, below, target));
}

/** A device is read until its end; `/dev/zero` has none. */
function copyStream({ system }: CommandContext, from: string, to: string): void {
	const source = system.fileOpen(from, 'open', rights.read);
	const target = system.fileOpen(to, 'replace', rights.write);
	for (let bytes = system.streamRead(source, 65_536); bytes.length > 0; bytes = system.streamRead(source, 65_536))
		system.streamWrite(target, bytes);
	system.handleClose(source);
	system.handleClose(target);
}

/** `path_copy` refuses an existing target: the copy gets a name of its own and takes the target's place in one step. */
function replaceByCopy({ system, start }: CommandContext, from: string, to: string): void {
	const target = statusAt(system, to, true);
	if (target.kind === 'directory') throw new CommandError(`${to}: It is a folder.`);
	if (target.kind === 'device') {
		copyStream({ system } as CommandContext, from, to);
		return;
	}
	const temporary = joinPath(directoryName(to), `.copy-${start.pid}-${Date.now().toString(36)}`);
	system.pathCopy(from, temporary);
	try {
		system.pathRename(temporary, to, true);
	} catch (error) {
		system.pathUnlink(temporary);
		throw error;
	}
}

const mv: Command = {
	usage: 'mv [-finTuv] [-t FOLDER] SOURCE… TARGET',
	summary: 'Moves or renames; -n keeps what exists, -u what is newer, -v says each.',
	options: {
		flags: 'finTuv',
		values: 't',
		long: { force: 'f', 'no-clobber': 'n', update: 'u', verbose: 'v', 'target-directory': 't' },
	},
	run: (context, options) =>
		forEachSource(context, options, (from, to, operand) => {
			const { system } = context;
			const source = statusAt(system, from);
			const existing = findStatus(system, to);
			if (existing !== undefined && options.has('n')) return;
			if (existing !== undefined && options.has('u') && existing.modifiedTime >= source.modifiedTime) return;
			if (from === to) throw new CommandError(`${operand}: Source and target are the same.`);
			if (isWithin(to, from) && from !== to)
				throw new CommandError(`${operand}: A folder cannot be moved into itself.`);
			if (existing !== undefined && existing.device !== source.device) system.pathRemoveTree(to);
			moveOrCopy(context, options, { from, to });
			if (options.has('v')) context.output.write(`'${operand}' -> '${to}'\n`);
		}),
};

function moveOrCopy(context: CommandContext, options: Options, { from, to }: { from: string; to: string }): void {
	try {
		context.system.pathRename(from, to, true);
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error;
		// Between file systems: a copy, and then the source goes.
		options.add('a', '');
		copyTree(context, options, { from, to });
		context.system.pathRemoveTree(from);
	}
}

const rm: Command = {
	usage: 'rm [-dfirRv] PATH…',
	summary: 'Removes files for good (not into the Recycle Bin); -r folders too, -f is silent about missing ones.',
	options: { flags: 'dfirRv', long: { recursive: 'r', force: 'f', verbose: 'v', dir: 'd' } },
	run(context, options) {
		const { system, workingDirectory, output } = context;
		if (options.operands.length === 0 && !options.has('f')) throw new UsageError('what?');
		return forEachOperand(context, options.operands, (operand) => {
			const path = pathOf(context, operand);
			const found = findStatus(system, path);
			if (found === undefined && options.has('f')) return;
			const { kind } = found ?? statusAt(system, path);
			const isRecursive = options.has('r') || options.has('R');
			if (path === '/' || (kind === 'directory' && isRecursive && isWithin(workingDirectory, path)))
				throw new CommandError(`${operand}: The working directory stands in it.`);
			if (kind !== 'directory') system.pathUnlink(path);
			else if (isRecursive) system.pathRemoveTree(path);
			else if (options.has('d')) system.pathRemoveDirectory(path);
			else throw new CommandError(`${operand}: It is a folder (use -r).`);
			if (options.has('v')) output.write(`removed '${operand}'\n`);
		});
	},
};

const mkdir: Command = {
	usage: 'mkdir [-pv] FOLDER…',
	summary: 'Makes folders; -p those above them too, and is silent about those that exist.',
	options: { flags: 'pv', values: 'm', long: { parents: 'p', verbose: 'v' } },
	run(context, options) {
		if (options.operands.length === 0) throw new UsageError('which folder?');
		return forEachOperand(context, options.operands, (operand) => {
			makeDirectory(context, pathOf(context, operand), options.has('p'));
			if (options.has('v')) context.output.write(`made '${operand}'\n`);
		});
	},
};

export function makeDirectory(context: Pick<CommandContext, 'system'>, path: string, withParents: boolean): void {
	const { system } = context;
	if (withParents) {
		if (findStatus(system, path, true)?.kind === 'directory') return;
		if (path !== '/') makeDirectory(context, directoryName(path), true);
	}
	system.pathMakeDirectory(path);
}

const rmdir: Command = {
	usage: 'rmdir [-p] FOLDER…',
	summary: 'Removes empty folders; -p those above them too.',
	options: { flags: 'pv', long: { parents: 'p' } },
	run: (context, options) =>
		forEachOperand(context, options.operands, (operand) => {
			let rest = operand.replace(/\/+$/, '');
			context.system.pathRemoveDirectory(pathOf(context, rest));
			while (options.has('p') && rest.includes('/')) {
				rest = rest.slice(0, rest.lastIndexOf('/'));
				if (rest !== '') context.system.pathRemoveDirectory(pathOf(context, rest));
			}
		}),
};

const touch: Command = {
	usage: 'touch [-acm] [-d DATE | -r FILE] FILE…',
	summary: 'Sets the time to now, to a date or to that of another file, making files that are missing; -c makes none.',
	options: { flags: 'acm', values: 'drt', long: { date: 'd', reference: 'r', 'no-create': 'c' } },
	run(context, options) {
		const { system } = context;
		if (options.operands.length === 0) throw new UsageError('which file?');
		const reference = options.value('r');
		const date = options.value('d');
		const time =
			reference !== undefined
				? Number(statusAt(system, pathOf(context, reference), true).modifiedTime / 1_000_000n)
				: date === undefined
					? Date.now()
					: parseDate(date);
		return forEachOperand(context, options.operands, (operand) => {
			const path = pathOf(context, operand);
			if (findStatus(system, path, true) === undefined) {
				if (options.has('c')) return;
				system.pathWrite(path, new Uint8Array(), 'create-new');
			}
			system.pathSetTimes(path, time);
		});
	},
};

const ln: Command = {
	usage: 'ln [-fnsv] TARGET [NAME]',
	summary: 'Gives a file a second name; -s makes a symbolic link, -f replaces what is there.',
	options: { flags: 'fnsvT', long: { symbolic: 's', force: 'f', verbose: 'v' } },
	run(context, options) {
		const { system } = context;
		const [target, name = '.'] = options.operands;
		if (target === undefined) throw new UsageError('to what?');
		const given = pathOf(context, name);
		const isFolder = findStatus(system, given, !options.has('n'))?.kind === 'directory';
		const path = isFolder ? joinPath(given, baseName(target)) : given;
		if (options.has('f') && findStatus(system, path) !== undefined) system.pathUnlink(path);
		if (options.has('s'))
			fromRoot(system, path, rights.create, (root, below) => system.atMakeLink(root, below, target));
		else addName(context, pathOf(context, target), path);
		return 0;
	},
};

function addName({ system }: CommandContext, from: string, to: string): void {
	const wanted = rights.walk | rights.create | rights.read | rights.write | rights.list;
	const root = system.directoryOpen('/', wanted);
	try {
		system.atAddName(root, from.slice(1), false, root, to.slice(1));
	} finally {
		system.handleClose(root);
	}
}

const mktemp: Command = {
	usage: 'mktemp [-d] [-p FOLDER] [TEMPLATE]',
	summary: 'Makes a new file or folder of a name that nobody has, and writes it.',
	options: { flags: 'dqtu', values: 'p', long: { directory: 'd', tmpdir: 'p' } },
	run(context, options) {
		const { system, host, output } = context;
		const template = options.operands[0] ?? `tmp.${'X'.repeat(10)}`;
		if (!/X{3,}$/.test(template)) throw new UsageError('the name needs three X at its end, or more');
		const random = new Uint8Array(template.length);
		host.fillRandom(random);
		const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
		const name = template.replace(/X+$/, (places) =>
			[...places].map((_, index) => letters[(random[index] ?? 0) % letters.length]).join(''),
		);
		const folder =
			options.value('p') ?? (options.operands[0] === undefined ? context.environment.get('TMPDIR') : undefined);
		const path = folder === undefined ? name : joinPath(folder, name);
		if (options.has('d')) system.pathMakeDirectory(pathOf(context, path));
		else system.pathWrite(pathOf(context, path), new Uint8Array(), 'create-new');
		output.write(`${path}\n`);
		return 0;
	},
};

const readlink: Command = {
	usage: 'readlink [-fn] PATH…',
	summary: 'Writes where a symbolic link leads; -f the whole path behind all links.',
	options: { flags: 'fenm' },
	run: (context, options) =>
		forEachOperand(context, options.operands, (operand) => {
			const path = pathOf(context, operand);
			const text = options.has('f') || options.has('e') ? realPath(context, path) : readLink(context.system, path);
			context.output.write(text + (options.has('n') ? '' : '\n'));
		}),
};

/** Follows links one by one; the last name may be missing. */
function realPath({ system }: CommandContext, path: string): string {
	let rest = path.split('/').filter((name) => name !== '');
	let done = '';
	for (let links = 0; rest.length > 0; ) {
		const [name = '', ...behind] = rest;
		rest = behind;
		if (name === '.') continue;
		if (name === '..') {
			done = done.slice(0, Math.max(0, done.lastIndexOf('/')));
			continue;
		}
		const next = `${done}/${name}`;
		const found = rest.length > 0 ? statusAt(system, next) : findStatus(system, next);
		if (found?.kind !== 'link') {
			done = next;
			continue;
		}
		if (++links > 40) throw new CommandError(`${path}: Links lead round in a circle.`);
		const target = readLink(system, next);
		if (target.startsWith('/')) done = '';
		rest = [...target.split('/').filter((part) => part !== ''), ...rest];
	}
	return done === '' ? '/' : done;
}

const realpath: Command = {
	usage: 'realpath PATH…',
	summary: 'Writes the whole path behind all links.',
	options: { flags: 'ems' },
	run: (context, { operands }) =>
		forEachOperand(context, operands, (operand) =>
			context.output.write(`${realPath(context, pathOf(context, operand))}\n`),
		),
};

const basename: Command = {
	usage: 'basename [-a] [-s SUFFIX] PATH…',
	summary: 'Writes the last part of a path, without a suffix.',
	options: { flags: 'az', values: 's', long: { multiple: 'a', suffix: 's' } },
	run({ output }, options) {
		const isMultiple = options.has('a') || options.has('s');
		const [first] = options.operands;
		if (first === undefined) throw new UsageError('which path?');
		const suffix = options.value('s') ?? (isMultiple ? '' : (options.operands[1] ?? ''));
		for (const operand of isMultiple ? options.operands : [first]) {
			const name = operand.replace(/(?<!^)\/+$/, '').replace(/^.*\/(?=.)/, '');
			output.write(
				`${suffix !== '' && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name}\n`,
			);
		}
		return 0;
	},
};

const dirname: Command = {
	usage: 'dirname PATH…',
	summary: 'Writes a path without its last part.',
	run({ output }, { operands }) {
		for (const operand of operands) {
			const [, folder] = /^(.*?)\/+[^/]*\/*$/.exec(operand.replace(/(?<=.)\/+$/, '')) ?? [];
			output.write(`${folder === undefined ? '.' : folder === '' ? '/' : folder}\n`);
		}
		return 0;
	},
};

export const transferCommands = {
	cp,
	mv,
	rm,
	mkdir,
	rmdir,
	touch,
	ln,
	mktemp,
	readlink,
	realpath,
	basename,
	dirname,
} satisfies Record<string, Command>;
