/** The Worker of the key vault. */
import type { ToVaultWorker } from '#vault/vault-messages.ts';
import { serveVault } from '#vault/worker/serve-vault.ts';

serveVault({
	post: (message) => postMessage(message),
	onMessage: (listener) => addEventListener('message', ({ data }: MessageEvent<ToVaultWorker>) => listener(data)),
});
