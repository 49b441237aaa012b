/** Commands about directories: where one is, what is there, how much it takes. */
import { errorTable, OsError } from '#abi/errors.ts';
import { baseName, joinPath } from '#base/path.ts';
import { type Command, type CommandContext, parseOptions, pathOf, UsageError } from '../command.ts';
import { type DirectoryEntry, listDirectory } from '../glob.ts';
import { describeError } from '../interpreter.ts';
import { textWidth } from '../text-width.ts';
import { formatSize, formatTable, formatTime } from './format.ts';

const pwd: Command = {
	usage: 'pwd',
	summary: 'Shows the working directory.',
	async run({ session, output }) {
		await output.write(`${session.workingDirectory}\n`);
		return 0;
	},
};

const cd: Command = {
	usage: 'cd [DIRECTORY | -]',
	summary: 'Changes the working directory; without one, to the home directory; with -, back to the one before.',
	async run(context) {
		const { session, system, output } = context;
		const { operands } = parseOptions(
			context.arguments[0] === '-' ? ['--', ...context.arguments] : context.arguments,
			'',
		);
		if (operands.length > 1) throw new UsageError('one directory at most');
		const back = operands[0] === '-';
		const target = back ? session.previousDirectory : (operands[0] ?? session.findVariable('HOME') ?? '/');
		const path = pathOf(context, target);
		const stat = await system.pathStat(path);
		if (stat.kind !== 'directory') throw new Error(`${target}: It is not a folder.`);
		session.changeDirectory(path);
		if (back) await output.write(`${path}\n`);
		return 0;
	},
};

const mkdir: Command = {
	usage: 'mkdir [-p] DIRECTORY…',
	summary: 'Makes directories; -p also makes the missing ones above and accepts existing ones.',
	async run(context) {
		const { flags, operands } = parseOptions(context.arguments, 'p');
		if (operands.length === 0) throw new UsageError('which directory?');
		return forEachOperand(context, operands, async (operand) => {
			const path = pathOf(context, operand);
			if (flags.has('p')) await ensureDirectory(context, path);
			else await context.system.pathMakeDirectory(path);
		});
	},
};

async function ensureDirectory(context: CommandContext, path: string): Promise<void> {
	const kind = await context.system.pathStat(path).then(
		(stat) => stat.kind,
		() => undefined,
	);
	if (kind === 'directory') return;
	if (path !== '/') await ensureDirectory(context, joinPath(path, '..'));
	await context.system.pathMakeDirectory(path);
}

const rmdir: Command = {
	usage: 'rmdir DIRECTORY…',
	summary: 'Removes empty directories.',
	async run(context) {
		const { operands } = parseOptions(context.arguments, '');
		if (operands.length === 0) throw new UsageError('which directory?');
		return forEachOperand(context, operands, (operand) => context.system.pathRemoveDirectory(pathOf(context, operand)));
	},
};

/** Does the same for each operand; a failure is said and does not stop the others. */
export async function forEachOperand(
	context: CommandContext,
	operands: readonly string[],
	action: (operand: string) => Promise<void>,
): Promise<number> {
	let status = 0;
	for (const operand of operands) {
		try {
			await action(operand);
		} catch (error) {
			const outputEnded = error instanceof OsError && error.code === 'EPIPE';
			if (context.signal.aborted || outputEnded) throw error;
			await context.error.write(`${context.name}: ${describeFor(context, operand, error)}\n`);
			status = 1;
		}
	}
	return status;
}

/** An error of an operand, under the name that was typed. */
function describeFor(context: CommandContext, operand: string, error: unknown): string {
	if (error instanceof OsError && (error.detail === '' || error.detail === pathOf(context, operand))) {
		return `${operand}: ${errorTable[error.code].sentence}`;
	}
	const text = describeError(error);
	return text.includes(operand) ? text : `${operand}: ${text}`;
}

interface ListItem extends DirectoryEntry {
	/** What is shown for its name. */
	readonly label: string;
}

const ls: Command = {
	usage: 'ls [-adhlrRtS1] [PATH…]',
	summary:
		'Lists directories. -a hidden ones too, -l details, -h short sizes, -t newest first, -S largest first, -r reversed, -R everything below, -1 one a line, -d the directory itself.',
	async run(context) {
		const { flags, operands } = parseOptions(context.arguments, 'adhlrRtS1');
		const directories: string[] = [];
		const files: ListItem[] = [];
		const status = await forEachOperand(context, operands.length === 0 ? ['.'] : operands, async (operand) => {
			const path = pathOf(context, operand);
			const stat = await context.system.pathStat(path);
			const isDirectory = stat.kind === 'directory';
			if (isDirectory && !flags.has('d')) directories.push(operand);
			else files.push({ ...stat, name: baseName(path), label: operand, isDirectory });
		});
		if (files.length > 0) await writeItems(context, files, flags);
		const headed = operands.length > 1 || flags.has('R');
		let first = files.length === 0;
		for (const operand of directories) {
			await listOne(context, operand, { flags, headed, first });
			first = false;
		}
		return status;
	},
};

async function listOne(
	context: CommandContext,
	operand: string,
	{ flags, headed, first }: { flags: ReadonlySet<string>; headed: boolean; first: boolean },
): Promise<void> {
	const path = pathOf(context, operand);
	const items: ListItem[] = [];
	for await (const entry of listDirectory(context.system, path)) {
		if (!isHidden(entry) || flags.has('a')) items.push({ ...entry, label: entry.name });
	}
	if (headed) await context.output.write(`${first ? '' : '\n'}${operand}:\n`);
	await writeItems(context, items, flags);
	if (!flags.has('R')) return;
	for (const item of items) {
		if (!item.isDirectory) continue;
		await listOne(context, operand === '/' ? `/${item.name}` : `${operand}/${item.name}`, {
			flags,
			headed,
			first: false,
		});
	}
}

function isHidden(entry: DirectoryEntry): boolean {
	return entry.name.startsWith('.') || (entry.attributes & 2) !== 0;
}

function order(items: readonly ListItem[], flags: ReadonlySet<string>): ListItem[] {
	const sorted = [...items];
	if (flags.has('t')) sorted.sort((a, b) => b.modifiedTime - a.modifiedTime);
	else if (flags.has('S')) sorted.sort((a, b) => b.size - a.size);
	if (flags.has('r')) sorted.reverse();
	return sorted;
}

async function writeItems(
	context: CommandContext,
	items: readonly ListItem[],
	flags: ReadonlySet<string>,
): Promise<void> {
	const sorted = order(items, flags);
	const label = (item: ListItem) => item.label + (item.isDirectory && !item.label.endsWith('/') ? '/' : '');
	if (flags.has('l')) {
		const rows = sorted.map((item) => [
			`${item.isDirectory ? 'd' : '-'}${item.attributes & 1 ? 'r-' : 'rw'}${item.attributes & 2 ? 'h' : '-'}`,
			item.isDirectory ? '-' : flags.has('h') ? formatSize(item.size) : String(item.size),
			formatTime(item.modifiedTime),
			label(item),
		]);
		await context.output.write(formatTable(rows, [1]));
	} else if (flags.has('1') || context.session.findVariable('COLUMNS') === undefined || !context.outputIsTerminal) {
		for (const item of sorted) await context.output.write(`${context.outputIsTerminal ? label(item) : item.label}\n`);
	} else {
		const columns = Number(context.session.findVariable('COLUMNS')) || 80;
		await context.output.write(formatColumns(sorted.map(label), columns));
	}
}

/** Names in columns that are read downwards, as many as fit. */
export function formatColumns(labels: readonly string[], columns: number): string {
	if (labels.length === 0) return '';
	const width = Math.max(...labels.map(textWidth)) + 2;
	const across = Math.max(1, Math.floor(columns / width));
	const rows = Math.ceil(labels.length / across);
	let text = '';
	for (let row = 0; row < rows; row++) {
		const cells = labels.filter((_, index) => index % rows === row);
		text += `${cells
			.map((cell) => cell + ' '.repeat(width - textWidth(cell)))
			.join('')
			.trimEnd()}\n`;
	}
	return text;
}

const du: Command = {
	usage: 'du [-hs] [PATH…]',
	summary: 'Shows how many bytes the files below a path have. -h short sizes, -s the sum only.',
	async run(context) {
		const { flags, operands } = parseOptions(context.arguments, 'hs');
		const show = async (label: string, path: string) => {
			const { bytes } = await context.system.pathUsage(path);
			await context.output.write(`${flags.has('h') ? formatSize(bytes) : bytes}\t${label}\n`);
		};
		return forEachOperand(context, operands.length === 0 ? ['.'] : operands, async (operand) => {
			const path = pathOf(context, operand);
			const stat = await context.system.pathStat(path);
			if (stat.kind === 'directory' && !flags.has('s')) {
				for await (const entry of listDirectory(context.system, path)) {
					if (entry.isDirectory) await show(`${operand}/${entry.name}`.replace('//', '/'), joinPath(path, entry.name));
				}
			}
			await show(operand, path);
		});
	},
};

const df: Command = {
	usage: 'df [-h]',
	summary: 'Shows what the system volume takes and holds.',
	async run(context) {
		const { flags } = parseOptions(context.arguments, 'h');
		const status = await context.system.volumeStatus();
		const size = (bytes: number) => (flags.has('h') ? formatSize(bytes) : String(bytes));
		const head = ['Volume', 'On disk', 'Content', 'Reserve', 'Files', 'Health'];
		const row = [
			...[status.identifier.slice(0, 8), size(status.usedBytes), size(status.contentBytes)],
			...[size(status.reserveBytes), String(status.files), status.health],
		];
		await context.output.write(formatTable([head, row], [1, 2, 3, 4]));
		return 0;
	},
};

export const directoryCommands: Readonly<Record<string, Command>> = { pwd, cd, mkdir, rmdir, ls, du, df };
