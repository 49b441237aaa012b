/**
 * The key vault in Node: a thread of its own, made when it is first asked.
 *
 * Invariant: it keeps the process from ending while somebody waits for an answer, and at no other time.
 */
import { Worker } from 'node:worker_threads';
import { RemoteKeyVault } from '#vault/remote-key-vault.ts';
import type { MakeVaultWorker } from '#vault/vault-messages.ts';

export const makeVault = (): RemoteKeyVault => new RemoteKeyVault(makeVaultWorker);

const makeVaultWorker: MakeVaultWorker = (told, ended) => {
	const worker = new Worker(new URL('./vault-worker.ts', import.meta.url), { name: 'key vault' });
	let waiting = 0;
	worker.on('message', (message) => {
		waiting--;
		if (waiting === 0) worker.unref();
		told(message);
	});
	worker.on('error', (error) => ended(`the key vault has failed: ${error.message}`));
	worker.on('exit', () => ended('the key vault has ended'));
	return {
		// Each message has one answer.
		post(message) {
			waiting++;
			worker.ref();
			worker.postMessage(message);
		},
		terminate: () => void worker.terminate(),
	};
};
