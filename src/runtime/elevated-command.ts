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

async function runElevated(system: System, command: string, reason: string): Promise<boolean> {
	const { read, write } = await system.pipeCreate();
	try {
		const options = { arguments: ['-c', command], environment: [], workingDirectory: '/', standardError: write };
		const pid = await system.tokenRequestElevation('sh', options, reason);
		await system.handleClose(write);
		const words = await readAll(system, read);
		const { code } = await system.processWait(pid);
		if (code !== 0) throw new Error(words.trim() || `The command ended with code ${code}.`);
		return true;
	} catch (error) {
		if (error instanceof OsError && error.code === 'EPERM') return false;
		throw error;
	} finally {
		await system.handleClose(read);
	}
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
