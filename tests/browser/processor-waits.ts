/**
 * Limits of time that hold on a busy machine too: what this process and a browser had to wait for a processor, while
 * other programs had it, is not the product's and is taken off.
 *
 * Rules of use: `const waits = await ProcessorWaits.begin(browser)` before the deed, and `await waits.since()` after it.
 * Linux's own account of each thread (`/proc/PID/task/TID/schedstat`) is read, so on Linux only; elsewhere it is 0.
 * On an idle machine it is a few milliseconds.
 */
import { readdir, readFile } from 'node:fs/promises';
import { findProcesses } from './kill-processes.ts';

export class ProcessorWaits {
	readonly #profileDirectory: string | undefined;
	readonly #before: ReadonlyMap<string, number>;

	private constructor(profileDirectory: string | undefined, before: ReadonlyMap<string, number>) {
		this.#profileDirectory = profileDirectory;
		this.#before = before;
	}

	/** Of this process, and of a browser when there is one. */
	static async begin(browser?: { readonly profileDirectory: string }): Promise<ProcessorWaits> {
		return new ProcessorWaits(browser?.profileDirectory, await readWaits(browser?.profileDirectory));
	}

	/** Milliseconds that their threads have waited for a processor since the beginning. */
	async since(): Promise<number> {
		let sum = 0;
		for (const [thread, waited] of await readWaits(this.#profileDirectory))
			sum += waited - (this.#before.get(thread) ?? 0);
		return sum;
	}
}

/** Milliseconds of waiting by thread, of this process and of the browser's. */
async function readWaits(profileDirectory: string | undefined): Promise<Map<string, number>> {
	const waits = new Map<string, number>();
	const browser = profileDirectory === undefined ? [] : await findProcesses(profileDirectory);
	for (const pid of [process.pid, ...browser]) {
		const tasks = `/proc/${pid}/task`;
		// A process or thread that ends meanwhile has nothing to tell any more.
		for (const thread of await readdir(tasks).catch(() => [])) {
			const account = await readFile(`${tasks}/${thread}/schedstat`, 'utf8').catch(() => '');
			waits.set(`${pid}/${thread}`, Number(account.split(' ')[1] ?? 0) / 1e6);
		}
	}
	return waits;
}
