/**
 * A program of a headless system at the terminal of this computer.
 *
 * Rules of use: `runAtTerminal` makes a terminal of the system, gives its end to the program and passes on what is typed and
 * shown. The host's terminal gives every key as it is meanwhile: what a key means is decided in the system.
 *
 * Invariant: the host's terminal is as it was before at every end of this program, a crash included.
 */
import type { Signal, SpawnOptions } from '#abi/structures.generated.ts';
import { baseName } from '#base/path.ts';
import type { System } from '#runtime/system.ts';

const pieceBytes = 65_536;

export function isAtTerminal(): boolean {
	return process.stdin.isTTY === true && process.stdout.isTTY === true;
}

export async function runAtTerminal(
	system: System,
	program: string,
	options: Omit<SpawnOptions, 'standardInput' | 'standardOutput' | 'standardError'>,
): Promise<number> {
	const { controller, terminal } = await system.terminalCreate(hostSize());
	const streams = { standardInput: terminal, standardOutput: terminal, standardError: terminal };
	const pid = await system.processSpawn(program, { ...options, ...streams, newSession: true });
	await system.handleClose(terminal);
	const restore = takeKeys();
	const stops = [restore, forwardSizes(system, controller), forwardSignals(system, pid), feed(system, controller)];
	try {
		const showing = show(system, controller);
		const { code, reason } = await system.processWait(pid);
		await showing;
		if (reason !== 'exited' && reason !== 'signal')
			process.stderr.write(`vitrine: ${baseName(program)}: ${reason}\r\n`);
		return code;
	} finally {
		for (const stop of stops) stop();
	}
}

function hostSize(): { rows: number; columns: number } {
	return { rows: process.stdout.rows ?? 24, columns: process.stdout.columns ?? 80 };
}

/** Every key comes as it is; gives the way back, which is taken at the exit in any case. */
function takeKeys(): () => void {
	const restore = (): void => void (process.stdin.isTTY && process.stdin.setRawMode(false));
	process.stdin.setRawMode(true);
	process.once('exit', restore);
	return () => {
		process.off('exit', restore);
		restore();
	};
}

function feed(system: System, controller: number): () => void {
	const copy = async (): Promise<void> => {
		for await (const chunk of process.stdin) await system.streamWrite(controller, new Uint8Array(chunk as Buffer));
	};
	// The program may end before its input does: then there is nobody to tell.
	copy().catch(() => undefined);
	return () => process.stdin.destroy();
}

/** Until the last program has closed the terminal. */
async function show(system: System, controller: number): Promise<void> {
	for (;;) {
		const bytes = await system.streamRead(controller, pieceBytes);
		if (bytes.length === 0) return;
		if (!process.stdout.write(bytes)) await new Promise((resolve) => process.stdout.once('drain', resolve));
	}
}

function forwardSizes(system: System, controller: number): () => void {
	// The program may end in this moment.
	const tell = (): void => void system.terminalSetSize(controller, hostSize()).catch(() => undefined);
	process.stdout.on('resize', tell);
	return () => process.stdout.off('resize', tell);
}

/** What others send to this program is for the one inside. */
function forwardSignals(system: System, pid: number): () => void {
	const forward = (signal: Signal) => (): void => void system.processKill(pid, signal).catch(() => undefined);
	const handlers = [
		['SIGINT', forward('interrupt')],
		['SIGTERM', forward('terminate')],
		['SIGHUP', forward('hangup')],
	] as const;
	for (const [name, handler] of handlers) process.on(name, handler);
	return () => {
		for (const [name, handler] of handlers) process.off(name, handler);
	};
}
