/** A vault with a planted defect: it keeps every message that it was sent. */
import { parentPort } from 'node:worker_threads';
import { serveSlowWork } from '#vault/worker/serve-slow-work.ts';
import { serveVault } from '#vault/worker/serve-vault.ts';

const kept: unknown[] = [];
Object.assign(globalThis, { kept });

serveVault({
	post: (message) => parentPort?.postMessage(message),
	onMessage(listener) {
		parentPort?.on('message', (message) => {
			kept.push(message);
			listener(message);
		});
	},
	startSlowWork(request, told) {
		void serveSlowWork(request).then(told);
		return () => undefined;
	},
});
