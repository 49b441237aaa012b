/** The thread of the key vault. */
import { parentPort, Worker } from 'node:worker_threads';
import { serveVault } from '#vault/worker/serve-vault.ts';
import type { StartSlowWork } from '#vault/worker/slow-work.ts';

const startSlowWork: StartSlowWork = (request, told, ended) => {
	const worker = new Worker(new URL('./slow-work-worker.ts', import.meta.url), { name: 'key vault, slow work' });
	worker.on('message', told);
	worker.on('error', (error) => ended(error.message));
	worker.on('exit', () => ended('its thread has ended'));
	worker.postMessage(request);
	return () => void worker.terminate();
};

serveVault({
	post: (message) => parentPort?.postMessage(message),
	onMessage: (listener) => void parentPort?.on('message', listener),
	startSlowWork,
});
