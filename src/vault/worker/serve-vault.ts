/**
 * The vault itself: what runs in its Worker, the same in the browser and in Node.
 *
 * Rules of use: the host gives the two ends of its messages; the first is `start`.
 *
 * Invariant: an error that leaves the Worker is one of `OsError`, with words that say nothing of what was computed.
 */
import { OsError } from '#abi/errors.ts';
import type { ExportFormat, ExportRequest, NewAgent, OpenedRing } from '#vault/key-vault.ts';
import { formatRecoveryCode, recoveryCodeRandomBytes } from '#vault/recovery-code.ts';
import type { FromVaultWorker, ToVaultWorker, VaultCalls } from '#vault/vault-messages.ts';
import { randomBytes, withSecret } from './bytes.ts';
import { DoorServer } from './door-server.ts';
import { FileKeys } from './file-keys.ts';
import { IdSource } from './id-table.ts';
import { maximumKeyFileBytes } from './key-file.ts';
import { keyName } from './key-name.ts';
import { type ExportableKey, KeyRings, makeKeyPair } from './key-rings.ts';
import { refusal } from './refusal.ts';

export interface VaultPort {
	post(message: FromVaultWorker): void;
	onMessage(listener: (message: ToVaultWorker) => void): void;
}

export function serveVault(port: VaultPort): void {
	let calls: VaultCalls | undefined;
	port.onMessage((message) => {
		if (message.type === 'start') {
			calls = start(message.memory, message.firstId);
			port.post({ type: 'ready' });
		} else if (calls !== undefined) void answer(port, calls, message);
	});
}

function start(memory: SharedArrayBuffer, firstId: number): VaultCalls {
	const ids = new IdSource(firstId);
	const fileKeys = new FileKeys(ids);
	const rings = new KeyRings(ids, fileKeys);
	void new DoorServer(memory, fileKeys, rings).serve();
	return makeCalls(rings);
}

async function answer(
	port: VaultPort,
	calls: VaultCalls,
	{ id, call, values }: ToVaultWorker & { type: 'call' },
): Promise<void> {
	try {
		const handler = calls[call] as (...values: readonly unknown[]) => Promise<unknown>;
		port.post({ type: 'answer', id, value: await handler(...values) });
	} catch (error) {
		const known = error instanceof OsError ? error : refusal('EIO', 'the key vault failed', error);
		port.post({ type: 'refusal', id, error: known.code, detail: known.detail });
	}
}

function makeCalls(rings: KeyRings): VaultCalls {
	return {
		createRing: (context) => rings.create(context),
		sealSlot: (ring, protector, context) => rings.sealSlot(ring, protector, context),
		openRing: (request) => rings.open(request),
		addKey: (ring) => rings.addKey(ring),
		adoptKeys: (ring, from) => rings.adoptKeys(ring, from),
		createRecoveryCode: () => withSecret(randomBytes(recoveryCodeRandomBytes), formatRecoveryCode),
		exportKeys: async (request: ExportRequest) => writeKeyFile(await rings.exportable(request.ring), request),
		openExport: (file, passphrase) => openExport(rings, file, passphrase),
		createAgent,
	};
}

async function createAgent(passphrase: string, label: string): Promise<NewAgent> {
	const pair = await makeKeyPair();
	const { publicKey } = pair;
	const file = await writeKeyFile([pair], { format: 'age', passphrase, label });
	return { name: await keyName(publicKey), publicKey, file };
}

/** The formats are loaded when they are needed: they are most of the vault's code. */
async function writeKeyFile(
	keys: readonly ExportableKey[],
	{ format, passphrase, label }: { readonly format: ExportFormat; readonly passphrase: string; readonly label: string },
): Promise<Uint8Array> {
	if (passphrase === '') throw new OsError('EINVAL', 'a file of keys needs a passphrase');
	if (format === 'age') return (await import('./age-file.ts')).writeAgeFile(keys, passphrase, label);
	return (await import('./p12-file.ts')).writeP12File(keys, passphrase, label);
}

async function openExport(rings: KeyRings, file: Uint8Array, passphrase: string): Promise<OpenedRing | undefined> {
	if (file.length > maximumKeyFileBytes) throw new OsError('EILSEQ', 'the file is too large to hold keys');
	const age = await import('./age-file.ts');
	const keys = age.isAgeFile(file)
		? await age.readAgeFile(file, passphrase)
		: await (await import('./p12-file.ts')).readP12File(file, passphrase);
	return keys && rings.createWith(keys, new Uint8Array());
}
