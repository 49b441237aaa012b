/** Runs an everyday command as the program of a process that waits for its calls. */

import { OsError } from '#abi/errors.ts';
import type { ProcessStart } from '#abi/structures.generated.ts';
import { describeError } from '#runtime/describe-error.ts';
import { isEverydayCommand } from '#runtime/everyday-commands.ts';
import { PipeEnd } from '#runtime/pipe-end.ts';
import type { WaitingMeter } from '#runtime/waiting-meter.ts';
import type { WaitingSystemCalls } from '#runtime/waiting-system-calls.generated.ts';
import {
	type Command,
	type CommandContext,
	CommandError,
	type CommandHost,
	parseOptions,
	UsageError,
} from './command.ts';
import { loadCommand } from './index.ts';
import { Input, Output, type StreamParts } from './streams.ts';

/** 128 + SIGPIPE: nobody reads what the command writes. */
const brokenPipeStatus = 141;

export interface CommandProcess {
	readonly system: WaitingSystemCalls;
	readonly start: ProcessStart;
	/** Standard streams that are pipes, by handle. */
	readonly pipes: readonly { readonly handle: number; readonly memory: SharedArrayBuffer }[];
	readonly host: CommandHost;
	readonly wait: WaitingMeter['wait'];
}

/** Gives the exit code. */
export async function runCommand(process: CommandProcess): Promise<number> {
	const { start } = process;
	if (!isEverydayCommand(start.program)) throw new OsError('ENOENT', start.program);
	const command = await loadCommand(start.program);
	const context = contextOf(process);
	const status = attempt(command, context);
	return finish(context, status);
}

function contextOf({ system, start, pipes, host, wait }: CommandProcess): CommandContext {
	const parts = (handle: number | undefined): StreamParts => {
		const memory = pipes.find((pipe) => pipe.handle === handle)?.memory;
		return { system, handle, pipe: memory === undefined ? undefined : new PipeEnd(memory, start.pid, wait) };
	};
	const output = new Output(parts(start.standardOutput));
	const error = new Output(parts(start.standardError));
	return {
		...{ system, start, host, output, error, name: start.program, workingDirectory: start.workingDirectory },
		environment: new Map(start.environment.map(splitVariable)),
		input: new Input(parts(start.standardInput), () => output.flush()),
	};
}

function splitVariable(line: string): [string, string] {
	const equals = line.indexOf('=');
	return equals < 0 ? [line, ''] : [line.slice(0, equals), line.slice(equals + 1)];
}

function attempt(command: Command, context: CommandContext): number {
	const { start, output, error, name } = context;
	try {
		if (start.arguments[0] === '--help') {
			output.write(`usage: ${command.usage}\n${command.summary}\n`);
			return 0;
		}
		return command.run(context, parseOptions(start.arguments, command.options ?? {}));
	} catch (failure) {
		if (failure instanceof OsError && failure.code === 'EPIPE') return brokenPipeStatus;
		if (failure instanceof OsError && failure.code === 'ECANCELED') throw failure;
		if (!(failure instanceof UsageError || failure instanceof OsError || failure instanceof CommandError))
			throw failure;
		const usage = failure instanceof UsageError ? `usage: ${command.usage}\n` : '';
		flushQuietly(output);
		error.write(`${name}: ${describeError(failure)}\n${usage}`);
		return command.failure ?? (failure instanceof UsageError ? 2 : 1);
	}
}

/** Writes what still waits; who cannot is ended as by SIGPIPE. */
function finish({ output, error, name }: CommandContext, status: number): number {
	try {
		output.flush();
		error.flush();
		return status;
	} catch (failure) {
		if (!(failure instanceof OsError)) throw failure;
		if (failure.code === 'EPIPE') return brokenPipeStatus;
		error.write(`${name}: ${describeError(failure)}\n`);
		flushQuietly(error);
		return Math.max(1, status);
	}
}

function flushQuietly(stream: Output): void {
	try {
		stream.flush();
	} catch (failure) {
		if (!(failure instanceof OsError)) throw failure;
		stream.discard();
	}
}
