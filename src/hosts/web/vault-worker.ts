/** The Worker of the key vault. */
import type { ToVaultWorker } from '#vault/vault-messages.ts';
import { serveVault } from '#vault/worker/serve-vault.ts';
import type { StartSlowWork } from '#vault/worker/slow-work.ts';

const startSlowWork: StartSlowWork = (request, told, ended) => {
	const worker = new Worker(new URL('./slow-work-worker.ts', import.meta.url), {
		type: 'module',
		name: 'key vault, slow work',
	});
	worker.onmessage = ({ data }) => told(data);
	worker.onerror = (event) => ended(event.message || 'it could not be started');
	worker.postMessage(request);
	return () => worker.terminate();
};

serveVault({
	post: (message) => postMessage(message),
	onMessage: (listener) => addEventListener('message', ({ data }: MessageEvent<ToVaultWorker>) => listener(data)),
	startSlowWork,
});
