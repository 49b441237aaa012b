/** The key vault in the browser: a Worker below the kernel's, made when it is first asked; it ends with the kernel's. */
import { RemoteKeyVault } from '#vault/remote-key-vault.ts';
import type { MakeVaultWorker } from '#vault/vault-messages.ts';

export const makeVault = (): RemoteKeyVault => new RemoteKeyVault(makeVaultWorker);

const makeVaultWorker: MakeVaultWorker = (told, ended) => {
	const worker = new Worker(new URL('./vault-worker.ts', import.meta.url), { type: 'module', name: 'key vault' });
	worker.onmessage = ({ data }) => told(data);
	worker.onerror = (event) => ended(`the key vault has failed: ${event.message || 'it could not be started'}`);
	return { post: (message) => worker.postMessage(message), terminate: () => worker.terminate() };
};
