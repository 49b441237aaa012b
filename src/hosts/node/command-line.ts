/**
 * The command line: `vitrine COMMAND`.
 *
 * | Exit status | Meaning |
 * |---|---|
 * | 0 | done |
 * | 1 | it could not be done, or `check` found damage |
 * | 2 | the command line was wrong |
 * | other | that of the command which `sh` ran, or of the program which `run` ran |
 */
import { parseArgs } from 'node:util';
import { normalizePath } from '#base/path.ts';
import packageDescription from '../../../package.json' with { type: 'json' };
import { runIsoCommand } from './iso-command.ts';
import { type HostDirectory, type RunOptions, runProgram } from './run-command.ts';
import { runShell, type ShellOptions } from './shell-command.ts';
import { UsageError } from './usage-error.ts';
import { runVolumeCommand, type VolumeCommand, type VolumeCommandOptions, volumeCommands } from './volume-command.ts';

const usage = `Usage: vitrine COMMAND [OPTION…]

Commands:
  start                     build the desktop, serve it to this computer and open it
  sh [-c COMMAND] [SCRIPT]  run the shell of Vitrine here, without a desktop
  run PROGRAM [ARGUMENT…]   run a program for WASI here (a .wasm file, or sh), on a fresh
                            system in memory; its streams and exit status are passed through
  check --volume DIRECTORY  the same as volume check
  volume COMMAND --volume DIRECTORY [FILE]
                            look after a volume that nothing has open:
    check                   verify every checksum, and name the files that are damaged
    repair                  make damaged pages anew where their content follows from others
    rescue NEW              save what can be read of a damaged volume into a new one
    compact                 give free room back to this computer
    export FILE             copy the whole volume into one file
    import FILE             make a volume of such a file, in a new directory
  iso verify FILE           is an image of Vitrine as it was published? Against SHA256SUMS
                            beside it, and with --key FILE.pub against its signature
  iso write FILE DEVICE     write an image to a stick and read it back; refuses a device that
                            is not removable, unless --force is given

Options:
  --user NAME               sh: log on as this account; its password is asked for
  --password-file FILE      sh: take the password from the first line of a file
  --volume DIRECTORY        the volume to use; sh makes one there when there is none,
                            and works in memory without this option
  --dir HOST::GUEST[:ro]    run: a directory that the program is given, and under which path;
                            with :ro it can change nothing there. Without --dir it sees none
  --env NAME=VALUE          run: a variable of its environment
  --mem-limit SIZE          run: most memory it may have, in bytes or with K, M or G
  --help                    show this help
  --version                 show the version

VITRINE_PORT chooses the port of start (7070); VITRINE_OPEN=0 opens no browser.
`;

export interface CommandLineHost {
	/** Serves the desktop until it is stopped. */
	readonly start: () => Promise<unknown>;
}

/** Runs one command; gives its exit status. */
export async function runCommandLine(commandArguments: readonly string[], host: CommandLineHost): Promise<number> {
	const [command, ...rest] = commandArguments;
	try {
		if (command === undefined) throw new UsageError('There is no command.');
		if (command === '--help' || command === 'help' || rest[0] === '--help') return show(usage);
		if (command === '--version') return show(`Vitrine ${packageDescription.version}\n`);
		if (command === 'start') return await start(rest, host);
		if (command === 'sh') return await runShell(parseShell(rest));
		if (command === 'run') return await runProgram(parseRun(rest));
		if (command === 'check') return await runVolumeCommand(parseVolume(['check', ...rest]));
		if (command === 'volume') return await runVolumeCommand(parseVolume(rest));
		if (command === 'iso') return await runIsoCommand(rest);
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
function parseShell(rest: readonly string[]): ShellOptions {
	const chosen = new Map<string, string>();
	let place = 0;
	for (; Object.hasOwn(shellOptions, rest[place] ?? ''); place += 2) {
		const [option = '', value] = [rest[place], rest[place + 1]];
		if (value === undefined) throw new UsageError(`${option} needs ${shellOptions[option]}.`);
		chosen.set(option, value);
	}
	const [user, passwordFile] = [chosen.get('--user'), chosen.get('--password-file')];
	if (user === undefined && passwordFile !== undefined) throw new UsageError('--password-file needs --user.');
	return { volume: chosen.get('--volume'), user, passwordFile, shellArguments: rest.slice(place) };
}

/** What each has to be followed by. */
const shellOptions: Readonly<Record<string, string>> = {
	'--volume': 'a directory',
	'--user': 'the name of an account',
	'--password-file': 'a file',
};

function parseVolume(rest: readonly string[]): VolumeCommandOptions {
	const [name, ...others] = rest;
	const command = volumeCommands.find((known) => known === name);
	if (command === undefined) throw new UsageError(`volume needs one of ${volumeCommands.join(', ')}.`);
	const { directory, file } = parseVolumeArguments(command, others);
	if (directory === undefined) throw new UsageError(`volume ${command} needs --volume DIRECTORY.`);
	const needsFile = ['export', 'import', 'rescue'].includes(command);
	if (needsFile !== (file !== undefined))
		throw new UsageError(`volume ${command} ${needsFile ? 'needs one path' : 'takes no path'}.`);
	return { command, directory, file: file ?? '' };
}

function parseVolumeArguments(command: VolumeCommand, rest: readonly string[]): { directory?: string; file?: string } {
	try {
		const options = { volume: { type: 'string' } } as const;
		const { values, positionals } = parseArgs({ args: [...rest], options, allowPositionals: true });
		if (positionals.length > 1) throw new UsageError(`volume ${command} takes no "${positionals[1]}".`);
		return { directory: values.volume, file: positionals[0] };
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
	}
}

/** Options first; from the program on, everything is the program's. */
function parseRun(rest: readonly string[]): RunOptions {
	const directories: HostDirectory[] = [];
	const environment: string[] = [];
	let memoryBytes: number | undefined;
	let place = 0;
	const value = (): string => {
		const [option, given] = [rest[place], rest[place + 1]];
		if (given === undefined) throw new UsageError(`${option} needs a value.`);
		place += 2;
		return given;
	};
	while (rest[place]?.startsWith('-')) {
		const option = rest[place];
		if (option === '--') {
			place++;
			break;
		}
		if (option === '--dir') directories.push(parseDirectory(value()));
		else if (option === '--env') environment.push(parseVariable(value()));
		else if (option === '--mem-limit') memoryBytes = parseSize(value());
		else throw new UsageError(`run has no option ${option}.`);
	}
	const [program, ...programArguments] = rest.slice(place);
	if (program === undefined) throw new UsageError('run needs a program.');
	return { program, programArguments, directories, environment, memoryBytes };
}

function parseDirectory(text: string): HostDirectory {
	const [, host, guest = '', readOnly] = /^(.+?)::(\/[^:]*)(:ro)?$/.exec(text) ?? [];
	if (host === undefined) throw new UsageError(`--dir ${text} is not HOST::GUEST, GUEST with a / at its start.`);
	return { host, guest: normalizePath(guest), readOnly: readOnly !== undefined };
}

function parseVariable(text: string): string {
	if (!/^[^=]+=/.test(text)) throw new UsageError(`--env ${text} is not NAME=VALUE.`);
	return text;
}

const sizeUnits: Readonly<Record<string, number>> = { '': 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3 };

function parseSize(text: string): number {
	const [, digits, unit = ''] = /^(\d+)([KMG]?)$/.exec(text) ?? [];
	if (digits === undefined) throw new UsageError(`${text} is no size: write 1048576, 1024K, 64M or 1G.`);
	return Number(digits) * (sizeUnits[unit] ?? 1);
}
