/**
 * The vault itself: what runs in its Worker, the same in the browser and in Node.
 *
 * Rules of use: the host gives the two ends of its messages; the first is `start`.
 *
 * Invariant: an error that leaves the Worker is one of `OsError`, with words that say nothing of what was computed.
 */
import { OsError } from '#abi/errors.ts';
import type { NewAgent } from '#vault/key-vault.ts';
import { formatRecoveryCode, recoveryCodeRandomBytes } from '#vault/recovery-code.ts';
import type { FromVaultWorker, ToVaultWorker, VaultCalls } from '#vault/vault-messages.ts';
import { randomBytes, withSecret } from './bytes.ts';
import { DoorServer, requireCopying } from './door-server.ts';
import { FileKeys } from './file-keys.ts';
import { IdSource } from './id-table.ts';
import { maximumKeyFileBytes } from './key-file.ts';
import { keyName } from './key-name.ts';
import { KeyRings, makeKeyPair } from './key-rings.ts';
import { refusal } from './refusal.ts';
import { type KeyFileToWrite, type SlowWork, SlowWorker, type StartSlowWork } from './slow-work.ts';

export interface VaultPort {
	post(message: FromVaultWorker): void;
	onMessage(listener: (message: ToVaultWorker) => void): void;
	readonly startSlowWork: StartSlowWork;
}

export function serveVault(port: VaultPort): void {
	let calls: Promise<VaultCalls> | undefined;
	port.onMessage((message) => {
		if (message.type === 'start') {
			calls = start(port, message.memory, message.firstId);
			calls.then(() => port.post({ type: 'ready' }), endWith);
		} else void answer(port, calls, message);
	});
}

/** An error that no caller waits for ends the Worker, which is told to its host. */
function endWith(error: unknown): void {
	queueMicrotask(() => {
		throw error;
	});
}

async function start(port: VaultPort, memory: SharedArrayBuffer, firstId: number): Promise<VaultCalls> {
	await requireCopying();
	const ids = new IdSource(firstId);
	const fileKeys = new FileKeys(ids);
	const slow = new SlowWorker(port.startSlowWork);
	const rings = new KeyRings(ids, fileKeys, (password, salt, cost) => slow.stretch(password, salt, cost));
	new DoorServer(memory, fileKeys, rings).serve().catch(endWith);
	return makeCalls(rings, slow);
}

async function answer(
	port: VaultPort,
	calls: Promise<VaultCalls> | undefined,
	{ id, call, values }: ToVaultWorker & { type: 'call' },
): Promise<void> {
	try {
		if (calls === undefined) throw new OsError('EPROTO', 'the vault was not started');
		const handler = (await calls)[call] as (...values: readonly unknown[]) => Promise<unknown>;
		port.post({ type: 'answer', id, value: await handler(...values) });
	} catch (error) {
		const known = error instanceof OsError ? error : refusal('EIO', 'the key vault failed', error);
		port.post({ type: 'refusal', id, error: known.code, detail: known.detail });
	}
}

function makeCalls(rings: KeyRings, slow: SlowWork): VaultCalls {
	return {
		createRing: (context) => rings.create(context),
		sealSlot: (ring, protector, context) => rings.sealSlot(ring, protector, context),
		openRing: (request) => rings.open(request),
		addKey: (ring) => rings.addKey(ring),
		adoptKeys: (ring, from) => rings.adoptKeys(ring, from),
		createRecoveryCode: () => withSecret(randomBytes(recoveryCodeRandomBytes), formatRecoveryCode),
		exportKeys: async ({ ring, ...request }) => writeKeyFile(slow, { ...request, keys: await rings.exportable(ring) }),
		openExport: async (file, passphrase) => {
			if (file.length > maximumKeyFileBytes) throw new OsError('EILSEQ', 'the file is too large to hold keys');
			const keys = await slow.readKeyFile(file, passphrase);
			return keys && rings.createWith(keys, new Uint8Array());
		},
		createAgent: (passphrase, label) => createAgent(slow, passphrase, label),
	};
}

async function createAgent(slow: SlowWork, passphrase: string, label: string): Promise<NewAgent> {
	const pair = await makeKeyPair();
	const { publicKey } = pair;
	const file = await writeKeyFile(slow, { keys: [pair], format: 'age', passphrase, label });
	return { name: await keyName(publicKey), publicKey, file };
}

async function writeKeyFile(slow: SlowWork, request: KeyFileToWrite): Promise<Uint8Array> {
	if (request.passphrase === '') throw new OsError('EINVAL', 'a file of keys needs a passphrase');
	return slow.writeKeyFile(request);
}
