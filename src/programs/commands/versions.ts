/** `versions`: previous versions of files from the command line. */
import { OsError } from '#abi/errors.ts';
import type { PreviousVersion } from '#abi/structures.generated.ts';
import { type Command, type CommandContext, CommandError, type Options, pathOf, UsageError } from './command.ts';
import { formatSize, formatTable, formatTime } from './format.ts';

type Action = (context: CommandContext, operands: readonly string[]) => number;

const actions: Readonly<Record<string, Action>> = { list, restore, erase, status };

const versions: Command = {
	usage: 'versions list PATH… | restore FILE [NUMBER] | erase FILE [NUMBER] | status',
	summary:
		'Previous versions of files: list those of a file, or the deleted files of a folder; restore the newest or that of the NUMBER; erase all or that one for good. What is listed at /.versions can be read like any file.',
	run(context, options: Options) {
		const [name = '', ...operands] = options.operands;
		const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
		if (action === undefined) throw new UsageError(name === '' ? 'what?' : `there is no "${name}"`);
		return action(context, operands);
	},
};

export const versionCommands = { versions };

function list(context: CommandContext, operands: readonly string[]): number {
	if (operands.length === 0) throw new UsageError('of which file or folder?');
	const rows = operands.flatMap((operand) => rowsOf(context, pathOf(context, operand)));
	if (rows.length > 0) context.output.write(formatTable(rows, [0, 2]));
	return 0;
}

function rowsOf({ system }: CommandContext, path: string): string[][] {
	const row = (version: PreviousVersion): string[] => [
		String(version.id),
		formatTime(version.keptTime),
		formatSize(version.size),
		version.reason,
		version.path,
	];
	if (isFolder(system, path)) return system.versionListDeleted(path).flatMap((deleted) => deleted.versions.map(row));
	return system.versionList(path).map(row);
}

/** What was deleted is listed too, where it stood. */
function isFolder(system: CommandContext['system'], path: string): boolean {
	try {
		return system.pathStat(path).kind === 'directory';
	} catch (error) {
		if (error instanceof OsError && error.code === 'ENOENT') return false;
		throw error;
	}
}

function restore(context: CommandContext, [operand, number]: readonly string[]): number {
	const path = pathOf(context, requireFile(operand));
	const version = number === undefined ? context.system.versionList(path)[0]?.id : parseVersion(number);
	if (version === undefined) throw new CommandError(`${operand}: no version is kept`);
	const held = context.system.versionRestore(path, version);
	const words = held === 0 ? 'it is there again' : `what it held is version ${held}`;
	context.output.write(`${operand}: ${words}\n`);
	return 0;
}

function erase(context: CommandContext, [operand, number]: readonly string[]): number {
	const path = pathOf(context, requireFile(operand));
	const erased = context.system.versionErase(path, number === undefined ? 0 : parseVersion(number));
	context.output.write(`${operand}: ${erased} erased\n`);
	return 0;
}

function status({ system, output }: CommandContext): number {
	const { versions: count, bytes, quotaBytes, oldestTime } = system.versionStatus();
	const oldest = oldestTime === undefined ? '' : `, the oldest of ${formatTime(oldestTime)}`;
	output.write(`${count} versions hold ${formatSize(bytes)} of ${formatSize(quotaBytes)}${oldest}\n`);
	return 0;
}

function requireFile(operand: string | undefined): string {
	if (operand === undefined) throw new UsageError('of which file?');
	return operand;
}

function parseVersion(text: string): number {
	if (!/^[1-9]\d{0,14}$/.test(text)) throw new UsageError(`"${text}" is no number of a version`);
	return Number(text);
}
