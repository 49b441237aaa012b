/** `cd` and `pwd`. */
import { OsError } from '#abi/errors.ts';
import { resolvePath } from '#base/path.ts';
import { type Builtin, parseOptions, UsageError } from '../builtin.ts';

const cd: Builtin = {
	usage: 'cd [-LP] [FOLDER | -]',
	summary: 'Changes the working folder; without one to the home folder, "-" to the one before.',
	async run({ system, session, arguments: list, output }) {
		const { operands } = parseOptions(list[0] === '-' ? ['--', ...list] : list, 'LP');
		if (operands.length > 1) throw new UsageError('one folder at a time');
		const target = operands[0] ?? session.findVariable('HOME') ?? '/';
		const path = target === '-' ? session.previousDirectory : resolvePath(session.workingDirectory, target);
		const { kind } = await system.pathStat(path).catch((error: unknown) => {
			throw error instanceof OsError ? new OsError(error.code, target, { cause: error }) : error;
		});
		if (kind !== 'directory') throw new OsError('ENOTDIR', target);
		// The name as the system keeps it, whatever its letters' case was.
		session.changeDirectory(await system.pathResolve(path));
		if (target === '-') await output.write(`${path}\n`);
		return 0;
	},
};

const pwd: Builtin = {
	usage: 'pwd [-LP]',
	summary: 'Writes the working folder.',
	async run({ session, arguments: list, output }) {
		parseOptions(list, 'LP');
		await output.write(`${session.workingDirectory}\n`);
		return 0;
	},
};

export const directoryBuiltins: Readonly<Record<string, Builtin>> = { cd, pwd };
