/**
 * Ends what a program started and left running: its descendants are known by a variable of their environment, which they
 * inherit even when the one between has ended. Reads `/proc` (proc(5)), so on Linux only; elsewhere it ends nothing.
 */
import { readdir, readFile } from 'node:fs/promises';

/** Ends every process whose environment was given `name=value`, at once and without asking (SIGKILL). */
export async function endProcesses(name: string, value: string): Promise<void> {
	const numbers = (await readdir('/proc').catch(() => [])).filter((entry) => /^\d+$/.test(entry));
	for (const number of numbers) {
		// Ended in between, or somebody else's: nothing of ours either way.
		const environment = await readFile(`/proc/${number}/environ`, 'utf8').catch(() => '');
		if (Number(number) !== process.pid && environment.split('\0').includes(`${name}=${value}`))
			endProcess(Number(number));
	}
}

/** Ends one, which may have ended by itself already. */
export function endProcess(processNumber: number): void {
	try {
		process.kill(processNumber, 'SIGKILL');
	} catch (error) {
		// It ended by itself in between.
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}
