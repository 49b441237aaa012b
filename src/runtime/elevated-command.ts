/** A command of the shell with the rights of an administrator: the person is asked on the secure desktop. */
import { OsError } from '#abi/errors.ts';
import type { System } from './system.ts';

/**
 * Tries `action` with the caller's own rights; when they do not suffice, asks the person and runs `command` instead.
 * `false` when the person says no. Throws what went wrong otherwise.
 */
export async function runOrElevate(
	system: System,
	{ action, command, reason }: { action: () => Promise<unknown>; command: string; reason: string },
): Promise<boolean> {
	try {
		await action();
		return true;
	} catch (error) {
		if (!(error instanceof OsError && error.code === 'EACCES')) throw error;
	}
	return runElevated(system, command, reason);
}

/** What is used here of an `AbortSignal`, which a host need not have. */
export interface InterruptSignal {
	readonly aborted: boolean;
	addEventListener(type: 'abort', listener: () => void): void;
	removeEventListener(type: 'abort', listener: () => void): void;
}

export interface ElevatedStream {
	readonly command: string;
	readonly reason: string;
	/** What the command reads from its standard input, such as a secret, which must not stand among its words. */
	readonly input?: string;
	/** Interrupts the command, also while it says nothing. Afterwards `take` should fail. */
	readonly signal?: InterruptSignal;
	take(bytes: Uint8Array): Promise<void>;
}

/**
 * Runs `command` for an administrator and hands its output to `take`; `false` when the person says no. Throws what went
 * wrong otherwise, once the command has ended: after `signal`, that it was interrupted, unless it was done just before.
 */
export async function streamElevated(
	system: System,
	{ command, reason, input, signal, take }: ElevatedStream,
): Promise<boolean> {
	const { read, write } = await system.pipeCreate();
	let isOpen = true;
	const close = async (): Promise<void> => {
		if (isOpen) await system.handleClose(write);
		isOpen = false;
	};
	try {
		return await runElevated(system, command, reason, {
			output: write,
			...(input === undefined ? {} : { input }),
			...(signal === undefined ? {} : { signal }),
			whenStarted: async () => {
				await close();
				for (;;) {
					const bytes = await system.streamRead(read, 1 << 20);
					if (bytes.length === 0) return;
					await take(bytes);
				}
			},
		});
	} finally {
		await close();
		await system.handleClose(read);
	}
}

interface Output {
	/** The end of a pipe that the command writes to. */
	readonly output: number;
	readonly input?: string;
	readonly signal?: InterruptSignal;
	readonly whenStarted: () => Promise<void>;
}

async function runElevated(system: System, command: string, reason: string, output?: Output): Promise<boolean> {
	const { read, write } = await system.pipeCreate();
	const input = output?.input === undefined ? undefined : await fillPipe(system, output.input);
	const signal = output?.signal;
	let interrupt = (): void => undefined;
	try {
		const streams = {
			standardError: write,
			...(output === undefined ? {} : { standardOutput: output.output }),
			...(input === undefined ? {} : { standardInput: input }),
		};
		const options = { arguments: ['-c', command], environment: [], workingDirectory: '/', ...streams };
		const pid = await system.tokenRequestElevation('sh', options, reason);
		interrupt = () => void interruptProcess(system, pid);
		if (signal?.aborted === true) interrupt();
		else signal?.addEventListener('abort', interrupt);
		await system.handleClose(write);
		const words = readAll(system, read);
		// What goes wrong with the output is told before what the command says of it.
		await Promise.all([words, output?.whenStarted()]);
		const { code } = await system.processWait(pid);
		if (code !== 0) throw new Error((await words).trim() || `The command ended with code ${code}.`);
		return true;
	} catch (error) {
		if (error instanceof OsError && error.code === 'EPERM') return false;
		throw error;
	} finally {
		signal?.removeEventListener('abort', interrupt);
		await system.handleClose(read);
		if (input !== undefined) await system.handleClose(input);
	}
}

/** Its output ends with it. One that another person has let run ends only when it finds that nobody reads. */
async function interruptProcess(system: System, pid: number): Promise<void> {
	try {
		await system.processKill(pid, 'interrupt');
	} catch (error) {
		// ESRCH: it has ended by itself, and what it did counts. EPERM: it acts for another account.
		if (!(error instanceof OsError && (error.code === 'ESRCH' || error.code === 'EPERM'))) throw error;
	}
}

/** The end of a pipe that these words can be read from. They are fewer than a pipe holds. */
async function fillPipe(system: System, words: string): Promise<number> {
	const { read, write } = await system.pipeCreate();
	await system.streamWrite(write, new TextEncoder().encode(words));
	await system.handleClose(write);
	return read;
}

async function readAll(system: System, handle: number): Promise<string> {
	const decoder = new TextDecoder();
	let text = '';
	for (;;) {
		const bytes = await system.streamRead(handle, 65_536);
		if (bytes.length === 0) return text + decoder.decode();
		text += decoder.decode(bytes, { stream: true });
	}
}
