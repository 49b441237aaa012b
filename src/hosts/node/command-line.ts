/**
 * The command line: `vitrine COMMAND`.
 *
 * | Exit status | Meaning |
 * |---|---|
 * | 0 | done |
 * | 1 | it could not be done, or `check` found damage |
 * | 2 | the command line was wrong |
 * | other | that of the command which `sh` ran |
 */
import { parseArgs } from 'node:util';
import packageDescription from '../../../package.json' with { type: 'json' };
import { checkVolume } from './check-command.ts';
import { runShell } from './shell-command.ts';

const usage = `Usage: vitrine COMMAND [OPTION…]

Commands:
  start                     build the desktop, serve it to this computer and open it
  sh [-c COMMAND] [SCRIPT]  run the shell of Vitrine here, without a desktop
  check --volume DIRECTORY  verify every checksum of a volume

Options:
  --volume DIRECTORY        the volume to use; sh makes one there when there is none,
                            and works in memory without this option
  --help                    show this help
  --version                 show the version

VITRINE_PORT chooses the port of start (7070); VITRINE_OPEN=0 opens no browser.
`;

export interface CommandLineHost {
	/** Serves the desktop until it is stopped. */
	readonly start: () => Promise<unknown>;
}

class UsageError extends Error {}

/** Runs one command; gives its exit status. */
export async function runCommandLine(commandArguments: readonly string[], host: CommandLineHost): Promise<number> {
	const [command, ...rest] = commandArguments;
	try {
		if (command === undefined) throw new UsageError('There is no command.');
		if (command === '--help' || command === 'help' || rest[0] === '--help') return show(usage);
		if (command === '--version') return show(`Vitrine ${packageDescription.version}\n`);
		if (command === 'start') return await start(rest, host);
		if (command === 'sh') return await runShell(parseShell(rest));
		if (command === 'check') return await checkVolume(parseCheck(rest));
		throw new UsageError(`There is no command "${command}".`);
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		if (!(error instanceof UsageError)) return fail(message, 1);
		return fail(`${message} See "vitrine --help".`, 2);
	}
}

function show(text: string): number {
	process.stdout.write(text);
	return 0;
}

function fail(message: string, status: number): number {
	process.stderr.write(`vitrine: ${message}\n`);
	return status;
}

async function start(rest: readonly string[], host: CommandLineHost): Promise<number> {
	if (rest.length > 0) throw new UsageError(`start takes no "${rest[0]}".`);
	await host.start();
	// It has set its own status when it could not start, and goes on running when it could.
	return Number(process.exitCode ?? 0);
}

/** Options first; what follows belongs to the shell. */
function parseShell(rest: readonly string[]): { volume?: string; shellArguments: string[] } {
	if (rest[0] !== '--volume') return { shellArguments: [...rest] };
	const [, volume, ...shellArguments] = rest;
	if (volume === undefined) throw new UsageError('--volume needs a directory.');
	return { volume, shellArguments };
}

function parseCheck(rest: readonly string[]): string {
	try {
		const { values } = parseArgs({ args: [...rest], options: { volume: { type: 'string' } } });
		if (values.volume !== undefined) return values.volume;
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
	}
	throw new UsageError('check needs --volume DIRECTORY.');
}
