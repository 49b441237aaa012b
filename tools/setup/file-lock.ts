/**
 * One process at a time: two terminals that build or fetch at once wait for each other.
 *
 * Rules of use: `using lock = await fileLock(path)`. A lock whose holder is no longer alive is taken over.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { releaseLock, takeLock } from '#hosts/node/process-lock.ts';
import { say } from './progress.ts';

const giveUpAfterMs = 600_000;
const silentForMs = 2_000;

export async function fileLock(file: string): Promise<Disposable> {
	mkdirSync(path.dirname(file), { recursive: true });
	const started = Date.now();
	let told = false;
	for (let holder = takeLock(file); holder !== undefined; holder = takeLock(file)) {
		const waited = Date.now() - started;
		if (waited > giveUpAfterMs)
			throw new Error(`Process ${holder} holds ${file} for too long. Stop it, then try again.`);
		if (waited > silentForMs && !told) {
			told = true;
			say(`Waiting for process ${holder}, which is building or fetching here already…`);
		}
		await wait(100);
	}
	return { [Symbol.dispose]: () => releaseLock(file) };
}
