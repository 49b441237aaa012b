/** How a command runs another program: an everyday command, a file of a folder in `PATH`, or a program of the system. */
import { OsError } from '#abi/errors.ts';
import type { ExitStatus, SpawnOptions } from '#abi/structures.generated.ts';
import { resolvePath } from '#base/path.ts';
import { describeError } from '#runtime/describe-error.ts';
import { isEverydayCommand } from '#runtime/everyday-commands.ts';
import { type CommandContext, CommandError } from './command.ts';

const defaultPath = '/Programs';

/** The path or name by which a program is started. */
export function resolveProgram({ system, environment, workingDirectory }: CommandContext, name: string): string {
	if (name.includes('/')) return resolvePath(workingDirectory, name);
	if (isEverydayCommand(name)) return name;
	for (const folder of (environment.get('PATH') ?? defaultPath).split(':'))
		for (const candidate of [name, `${name}.wasm`]) {
			const path = resolvePath(workingDirectory, `${folder === '' ? '.' : folder}/${candidate}`);
			try {
				if (system.pathStat(path).kind === 'file') return path;
			} catch (error) {
				if (!(error instanceof OsError)) throw error;
			}
		}
	return name;
}

/** Commands of the shell that programs expect to find as programs. */
const throughShell = new Set(['echo', 'printf', 'test', '[', 'true', 'false', 'kill', 'pwd', ':']);

/** Starts a program with the streams of this one. */
export function startProgram(
	context: CommandContext,
	[name = '', ...list]: readonly string[],
	changes: Partial<SpawnOptions> = {},
): number {
	const { system, start } = context;
	const options: SpawnOptions = {
		...{ arguments: list, environment: start.environment, workingDirectory: start.workingDirectory },
		...{ standardInput: start.standardInput, standardOutput: start.standardOutput, standardError: start.standardError },
		...changes,
	};
	try {
		if (throughShell.has(name))
			return system.processSpawn('sh', { ...options, arguments: ['-c', '"$0" "$@"', name, ...list] });
		return system.processSpawn(resolveProgram(context, name), options);
	} catch (error) {
		if (!(error instanceof OsError)) throw error;
		throw new CommandError(`${name}: ${error.code === 'ENOENT' ? 'There is no such program.' : describeError(error)}`, {
			cause: error,
		});
	}
}

export function runAndWait(context: CommandContext, words: readonly string[], folder?: string): ExitStatus {
	const pid = startProgram(context, words, folder === undefined ? {} : { workingDirectory: folder });
	return context.system.processWait(pid);
}
