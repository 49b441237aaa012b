/** The thread of the key vault. */
import { parentPort } from 'node:worker_threads';
import { serveVault } from '#vault/worker/serve-vault.ts';

serveVault({
	post: (message) => parentPort?.postMessage(message),
	onMessage: (listener) => void parentPort?.on('message', listener),
});
