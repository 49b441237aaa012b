/** The processes of one Chromium, found by the profile directory in their command lines; ends them all at once with SIGKILL. */
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { endProcess } from '../../tools/setup/end-processes.ts';

const giveUpAfterMs = 5_000;

/** Resolves when none of them is left. Reads `/proc`, so on Linux only. */
export async function killProcesses(profileDirectory: string): Promise<void> {
	const deadline = Date.now() + giveUpAfterMs;
	for (;;) {
		const pids = await findProcesses(profileDirectory);
		if (pids.length === 0) return;
		if (Date.now() > deadline) throw new Error(`Chromium's processes ${pids.join(', ')} did not end.`);
		for (const pid of pids) endProcess(pid);
		await wait(20);
	}
}

/** Process numbers of the Chromium with this profile. */
export async function findProcesses(profileDirectory: string): Promise<number[]> {
	const entries = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
	const found: number[] = [];
	for (const name of entries) {
		const commandLine = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
		if (Number(name) !== process.pid && commandLine.includes(profileDirectory)) found.push(Number(name));
	}
	return found;
}
