/** The key vault in Node: a thread of its own, made when it is first asked. It keeps no process from ending. */
import { Worker } from 'node:worker_threads';
import { RemoteKeyVault } from '#vault/remote-key-vault.ts';
import type { MakeVaultWorker } from '#vault/vault-messages.ts';

export const makeVault = (): RemoteKeyVault => new RemoteKeyVault(makeVaultWorker);

const makeVaultWorker: MakeVaultWorker = (told, ended) => {
	const worker = new Worker(new URL('./vault-worker.ts', import.meta.url), { name: 'key vault' });
	worker.on('message', told);
	worker.on('error', (error) => ended(`the key vault has failed: ${error.message}`));
	worker.on('exit', () => ended('the key vault has ended'));
	worker.unref();
	return { post: (message) => worker.postMessage(message), terminate: () => void worker.terminate() };
};
