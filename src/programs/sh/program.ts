/**
 * The shell as a program.
 *
 * | Arguments | It |
 * |---|---|
 * | `-c COMMAND [NAME [ARGUMENT…]]` | runs the command on its standard streams |
 * | `SCRIPT [ARGUMENT…]` | runs the file |
 * | `-i`, or none when its streams are a terminal | is interactive |
 * | none, or `-s [ARGUMENT…]` | runs standard input as a script |
 *
 * Before them come options of `set`: `-e`, `-u`, `-x`, `-o pipefail`.
 */
import { signalExitCode } from '#abi/signals.ts';
import type { ProcessStart, Signal } from '#abi/structures.generated.ts';
import { resolvePath } from '#base/path.ts';
import type { System } from '#runtime/system.ts';
import type { WorkerProgram } from '#runtime/worker-program.ts';
import { parseArguments, type ShellArguments } from './arguments.ts';
import { Children } from './children.ts';
import { InteractiveShell } from './interactive.ts';
import { Interpreter } from './interpreter.ts';
import { describeFailure } from './report.ts';
import { endOf, Interrupted, type Scope, ShellError, untilAborted } from './scope.ts';
import { Session } from './session.ts';
import { signalNames } from './signal-names.ts';
import { OutputStream, readToEnd } from './streams.ts';

const scriptLimitBytes = 16_777_216;

const sh: WorkerProgram = async (system, start) => {
	const { standardInput, standardOutput, standardError } = start;
	try {
		const given = parseArguments(start.arguments);
		// Signals are heard from the first moment on: nothing is waited for before a script begins.
		if (given.kind === 'input' && standardInput !== undefined && (await hasTerminal(system, start)))
			return await new InteractiveShell(system, start, standardInput).run();
		return await runScript(system, start, given);
	} catch (failure) {
		const { text, status } = describeFailure(failure, 'sh');
		const error = new OutputStream(system, standardError ?? standardOutput, new AbortController().signal);
		await error.write(text);
		await error.flush();
		return status;
	}
};

async function hasTerminal(system: System, { standardInput, standardOutput }: ProcessStart): Promise<boolean> {
	if (standardInput === undefined || standardOutput === undefined) return false;
	const kinds = [await system.handleKind(standardInput), await system.handleKind(standardOutput)];
	return kinds.every((kind) => kind === 'terminal');
}

async function runScript(system: System, start: ProcessStart, given: ShellArguments): Promise<number> {
	const stop = new AbortController();
	const { name, positional, options } = given;
	const session = new Session({ ...start, name, positional });
	for (const option of options) session.options.add(option);
	const shell = new Interpreter({ system, children: new Children(system), group: start.group });
	let endedBy: Signal | undefined;
	system.onSignal((signal) => {
		const trapName = signalNames.find((entry) => entry.signal === signal)?.name ?? '';
		const trap = session.traps.get(trapName);
		if (trap !== undefined) shell.pendingTraps.push(trapName);
		else {
			endedBy = signal;
			stop.abort();
		}
	});
	const streams = [start.standardInput, start.standardOutput, start.standardError];
	const scope: Scope = { session, streams, signal: stop.signal, job: undefined, checked: false, isSubshell: false };
	// What a script reads from standard input is not the script itself.
	if (given.kind === 'input') streams[0] = undefined;
	const run = async (): Promise<number> => {
		const reading = given.kind === 'command' ? given.text : readScript(system, start, given);
		return endOf(shell.evaluate(await untilAborted(Promise.resolve(reading), stop.signal), scope));
	};
	const ran = await run().catch((failure: unknown) => {
		if (failure instanceof Interrupted) return 0;
		return shell.report(failure, name, scope);
	});
	const status = endedBy === undefined ? ran : signalExitCode(endedBy);
	session.lastStatus = status;
	await endOf(shell.runTrap('EXIT', { ...scope, signal: new AbortController().signal }).then(() => status));
	return session.lastStatus === status ? status : session.lastStatus;
}

async function readScript(system: System, start: ProcessStart, given: ShellArguments): Promise<string> {
	if (given.kind === 'input') {
		const bytes = start.standardInput === undefined ? new Uint8Array() : await readToEnd(system, start.standardInput);
		return new TextDecoder().decode(bytes);
	}
	const bytes = await system
		.pathRead(resolvePath(start.workingDirectory, given.text), scriptLimitBytes)
		.catch((error: unknown) => {
			throw new ShellError(`${given.text}: it cannot be read: ${error instanceof Error ? error.message : error}`, 127);
		});
	return new TextDecoder().decode(bytes);
}

export default sh;
