/**
 * A program of a headless system with the streams of this terminal as its own.
 *
 * At a terminal it gets one of its own (`host-terminal.ts`); else its streams are pipes.
 *
 * Rules of use: `runWithStreams` starts it and gives its exit status when it has ended and all it wrote is out. Ctrl+C
 * interrupts it; a second one within a second ends it.
 */
import type { Signal, SpawnOptions } from '#abi/structures.generated.ts';
import { baseName } from '#base/path.ts';
import type { System } from '#runtime/system.ts';
import { isAtTerminal, runAtTerminal } from './host-terminal.ts';

const pieceBytes = 65_536;

export async function runWithStreams(
	system: System,
	program: string,
	options: Omit<SpawnOptions, 'standardInput' | 'standardOutput' | 'standardError'>,
): Promise<number> {
	if (isAtTerminal()) return runAtTerminal(system, program, options);
	const [input, output, error] = [await system.pipeCreate(), await system.pipeCreate(), await system.pipeCreate()];
	const streams = { standardInput: input.read, standardOutput: output.write, standardError: error.write };
	const pid = await system.processSpawn(program, { ...options, ...streams });
	for (const handle of [input.read, output.write, error.write]) await system.handleClose(handle);
	const stopSignals = forwardSignals(system, pid);
	const feeding = feed(system, input.write);
	const draining = [drain(system, output.read, process.stdout), drain(system, error.read, process.stderr)];
	const { code, reason } = await system.processWait(pid);
	const broken = (await Promise.all(draining)).find((error) => error !== undefined);
	feeding.stop();
	stopSignals();
	const name = baseName(program);
	if (reason !== 'exited' && reason !== 'signal') process.stderr.write(`vitrine: ${name}: ${reason}\n`);
	if (broken === undefined) return code;
	process.stderr.write(`vitrine: What ${name} wrote could not be passed on: ${broken.message}\n`);
	return code === 0 ? 1 : code;
}

/** Copies what comes in on standard input into the pipe, as fast as the shell reads it. */
function feed(system: System, handle: number): { stop(): void } {
	let stopped = false;
	const copy = async (): Promise<void> => {
		for await (const chunk of process.stdin) {
			const bytes = chunk as Buffer;
			if (stopped) return;
			await system.streamWrite(handle, new Uint8Array(bytes));
		}
		await system.handleClose(handle);
	};
	// The shell may end before its input does: then there is nobody to tell.
	copy().catch(() => undefined);
	return {
		stop() {
			stopped = true;
			process.stdin.destroy();
		},
	};
}

/**
 * Copies what the program writes until it writes no more. When the stream takes nothing any more, the program hears of it as
 * from any pipe that nobody reads; gives what was wrong with the stream, unless its reader has just gone.
 */
async function drain(system: System, handle: number, stream: NodeJS.WriteStream): Promise<Error | undefined> {
	let broken: NodeJS.ErrnoException | undefined;
	stream.on('error', (error: NodeJS.ErrnoException) => {
		broken ??= error;
	});
	while (broken === undefined) {
		const bytes = await system.streamRead(handle, pieceBytes);
		if (bytes.length === 0) return undefined;
		if (!stream.write(bytes)) await whenDrained(stream);
	}
	await system.handleClose(handle);
	return broken.code === 'EPIPE' ? undefined : broken;
}

function whenDrained(stream: NodeJS.WriteStream): Promise<void> {
	return new Promise((resolve) => {
		const events = ['drain', 'error', 'close'] as const;
		const over = (): void => {
			for (const event of events) stream.off(event, over);
			resolve();
		};
		for (const event of events) stream.once(event, over);
	});
}

/** Gives the signals of the terminal to the shell; returns the end of doing so. */
function forwardSignals(system: System, pid: number): () => void {
	let last = Number.NEGATIVE_INFINITY;
	const forward = (signal: Signal) => (): void => {
		const now = performance.now();
		// Other signals may come twice at once: from who stops a whole group, and passed on by the process above.
		const insisting = signal === 'interrupt' && now - last < 1000;
		last = now;
		// It may have ended in this moment.
		system.processKill(pid, insisting ? 'kill' : signal).catch(() => undefined);
	};
	const handlers = [
		['SIGINT', forward('interrupt')] as const,
		['SIGTERM', forward('terminate')] as const,
		['SIGHUP', forward('hangup')] as const,
	];
	for (const [name, handler] of handlers) process.on(name, handler);
	return () => {
		for (const [name, handler] of handlers) process.off(name, handler);
	};
}
