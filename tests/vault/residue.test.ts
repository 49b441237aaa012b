/** What is left of secrets in the vault's thread and in the memory that it shares, while it runs and after log off. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { suite, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { RemoteKeyVault } from '#vault/remote-key-vault.ts';
import { makePieces } from './exercise-vault.ts';

const context = new Uint8Array(8);

/** A vault whose thread and shared memory the test can look into. */
function makeGlassVault(script: string): { vault: RemoteKeyVault; thread: () => Worker; memory: () => Uint8Array } {
	let worker: Worker | undefined;
	let shared: SharedArrayBuffer | undefined;
	const vault = new RemoteKeyVault((told, ended) => {
		const made = new Worker(new URL(script, import.meta.url));
		worker = made;
		made.on('message', told);
		made.on('error', (error) => ended(error.message));
		return {
			post(message) {
				if (message.type === 'start') shared = message.memory;
				made.postMessage(message);
			},
			terminate: () => void made.terminate(),
		};
	});
	return {
		vault,
		thread: () => worker as Worker,
		memory: () => new Uint8Array(shared as SharedArrayBuffer),
	};
}

async function readHeap(worker: Worker): Promise<string> {
	const parts: string[] = [];
	for await (const part of await worker.getHeapSnapshot()) parts.push(String(part));
	return parts.join('');
}

interface Secrets {
	readonly password: string;
	readonly code: string;
	readonly phrase: string;
}

/** A person logs on by a password and by a code, saves a backup, works, and logs off. Returns what they typed. */
async function liveADay(vault: RemoteKeyVault, memory: () => Uint8Array): Promise<Secrets> {
	const password = `canary-${randomBytes(12).toString('hex')}`;
	const phrase = `phrase-${randomBytes(12).toString('hex')}`;
	const code = await vault.createRecoveryCode();
	const { ring, keys } = await vault.createRing(context);
	const records = keys.map(({ record }) => record);
	for (const opener of [{ kind: 'password', password } as const, { kind: 'recovery-code', code } as const]) {
		const slot = await vault.sealSlot(ring, opener, context);
		const opened = await vault.openRing({ slot, opener, context, keys: records });
		assert.ok(opened !== undefined);
		vault.closeRing(opened.ring);
	}
	await vault.openExport(await vault.exportKeys({ ring, format: 'age', passphrase: phrase, label: 'Anna' }), phrase);
	const plain = randomBytes(3_000_000);
	const key = vault.createFileKey();
	const pieces = makePieces(plain, 16_384);
	vault.seal(key, pieces);
	assert.ok(vault.beginOpen(key, pieces).finish());
	assert.ok(vault.open(key, makeSealed(vault, key, plain)));
	const shared = Buffer.from(memory());
	for (let at = 0; at < plain.length; at += 16_384)
		assert.equal(shared.indexOf(plain.subarray(at, at + 64)), -1, 'plain text in the shared memory');
	vault.closeRing(ring);
	return { password, code, phrase };
}

function makeSealed(vault: RemoteKeyVault, key: number, plain: Uint8Array): ReturnType<typeof makePieces> {
	const pieces = makePieces(plain, 16_384);
	vault.seal(key, pieces);
	return pieces;
}

function findSecrets(heap: string, { password, code, phrase }: Secrets): string[] {
	const sought = { password, code, phrase, key: 'BEGIN PRIVATE KEY-----\\n' };
	return Object.entries(sought)
		.filter(([, text]) => heap.includes(text))
		.map(([name]) => name);
}

async function secretsLeftBy(script: string): Promise<readonly string[]> {
	const { vault, thread, memory } = makeGlassVault(script);
	try {
		const secrets = await liveADay(vault, memory);
		return findSecrets(await readHeap(thread()), secrets);
	} finally {
		vault.close();
	}
}

suite('What a vault keeps', { timeout: 240_000 }, () => {
	test('is neither password, code, phrase, key nor plain text', async () => {
		assert.deepEqual(await secretsLeftBy('../../src/hosts/node/vault-worker.ts'), []);
	});

	test('is found by this test, where it is kept (planted)', async () => {
		const left = await secretsLeftBy('./keeping-vault-worker.ts');
		for (const secret of ['password', 'code', 'phrase']) assert.ok(left.includes(secret), secret);
	});
});
