/**
 * The shell as a program.
 *
 * | Arguments | It |
 * |---|---|
 * | `-c COMMAND [ARGUMENT…]` | runs the command on its standard streams |
 * | `SCRIPT [ARGUMENT…]` | runs the file |
 * | `-i` | is interactive: prompt and line editing on a terminal that understands xterm's sequences |
 * | none | runs standard input as a script |
 */
import { signalExitCode } from '#abi/signals.ts';
import type { ProcessStart, Signal } from '#abi/structures.generated.ts';
import { resolvePath } from '#base/path.ts';
import type { System } from '#runtime/system.ts';
import type { WorkerProgram } from '#runtime/worker-program.ts';
import { commands } from './commands/index.ts';
import { InteractiveShell } from './interactive.ts';
import { describeError, Interpreter, type Streams } from './interpreter.ts';
import { parseShell } from './parser.ts';
import { Session } from './session.ts';
import { InputStream, OutputStream, readHandle } from './streams.ts';
import { ShellSyntaxError } from './syntax.ts';

const scriptLimitBytes = 16_777_216;

const sh: WorkerProgram = async (system, start) => {
	const stop = new AbortController();
	const [first, second] = start.arguments;
	const { standardInput: input, standardOutput: output, standardError: error } = start;
	if (first === '-i' && input !== undefined && output !== undefined) {
		const session = new Session({ ...start, environment: start.environment });
		const shell = new InteractiveShell(system, session, { input, output, error: error ?? output });
		system.onSignal((signal) => {
			if (signal === 'interrupt') shell.interrupt();
			else shell.hangUp();
		});
		return shell.run();
	}
	let endedBy: Signal = 'interrupt';
	system.onSignal((signal) => {
		endedBy = signal;
		stop.abort();
	});
	const isCommand = first === '-c';
	const positional = isCommand ? ['sh', ...start.arguments.slice(2)] : [first ?? 'sh', ...start.arguments.slice(1)];
	const session = new Session({ ...start, positional });
	try {
		const text = isCommand ? second : await readScript(system, start, stop.signal);
		if (text === undefined) throw new Error('-c needs a command');
		const streams: Streams = { input: first === undefined ? undefined : input, output, error };
		const code = await new Interpreter(system, commands).run(parseShell(text), session, streams, stop.signal);
		return stop.signal.aborted ? signalExitCode(endedBy) : code;
	} catch (failure) {
		if (stop.signal.aborted) return signalExitCode(endedBy);
		const stream = new OutputStream(system, error, stop.signal);
		await stream.write(`sh: ${describeError(failure)}\n`);
		await stream.flush();
		return failure instanceof ShellSyntaxError || (isCommand && second === undefined) ? 2 : 127;
	}
};

async function readScript(system: System, start: ProcessStart, signal: AbortSignal): Promise<string> {
	const [path] = start.arguments;
	if (path !== undefined) {
		const bytes = await system.pathRead(resolvePath(start.workingDirectory, path), scriptLimitBytes);
		return new TextDecoder().decode(bytes);
	}
	let text = '';
	const input = new InputStream(readHandle(system, start.standardInput), signal);
	for await (const line of input.lines()) text += `${line}\n`;
	return text;
}

export default sh;
