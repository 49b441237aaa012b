/** Stands for the kernel's Worker: waits at the blocking door of a vault of its own. */
import { makeVault } from '#hosts/web/make-vault.ts';
import { exerciseVault } from '../exercise-vault.ts';
import { measureVault } from '../measure-vault.ts';

const tasks: Readonly<Record<string, typeof exerciseVault | typeof measureVault>> = {
	exercise: exerciseVault,
	measure: measureVault,
};

addEventListener('message', async ({ data: task }: MessageEvent<string>) => {
	const vault = makeVault();
	try {
		postMessage({ value: await tasks[task]?.(vault) });
	} catch (error) {
		postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
	} finally {
		vault.close();
	}
});
