/**
 * Open rings: a master key and key pairs each, from logon to log off.
 *
 * A key pair as it is stored (`KeyRecord.sealed`): nonce 12, then its PKCS #8 under the master key by AES-256-GCM, with
 * associated data "Vitrine/key", its name and the caller's context.
 *
 * Invariants:
 * - Private keys that open files cannot be exported. For a backup they are opened once more from their record, and
 *   what comes out is overwritten.
 * - When a ring is closed nothing refers to its keys any more.
 */
import type {
	KeyRecord,
	OpenedRing,
	OpenKey,
	PrivateKey,
	RingId,
	RingToOpen,
	SlotProtector,
} from '#vault/key-vault.ts';
import { concatenate, copy, equal, randomBytes, utf8 } from './bytes.ts';
import { type FileKeys, isNotWhatWasSealed, nonceBytes, type UnwrappingKey } from './file-keys.ts';
import { algorithmOf, exportPublicKey } from './hpke.ts';
import { type IdSource, IdTable } from './id-table.ts';
import type { ExportableKey } from './key-file.ts';
import { keyName } from './key-name.ts';
import { agentNameOf, makeMasterKey, openAgentSlot, openSlot, type Stretch, sealSlot } from './key-slots.ts';
import { refusal } from './refusal.ts';

const label = utf8('Vitrine/key');
const newKeys = { name: 'X25519' };
const privateUsages: KeyUsage[] = ['deriveBits'];

interface Ring {
	readonly master: CryptoKey;
	readonly context: Uint8Array;
	readonly keys: OpenKey[];
}

export class KeyRings {
	readonly #rings: IdTable<Ring>;
	readonly #keys: IdTable<UnwrappingKey>;
	readonly #fileKeys: FileKeys;
	readonly #stretch: Stretch;

	constructor(ids: IdSource, fileKeys: FileKeys, stretch: Stretch) {
		this.#rings = new IdTable(ids, 'the ring');
		this.#keys = new IdTable(ids, 'the private key');
		this.#fileKeys = fileKeys;
		this.#stretch = stretch;
	}

	/** A ring with one new key pair. */
	async create(context: Uint8Array): Promise<OpenedRing> {
		return this.createWith([await makeKeyPair()], context);
	}

	/** A ring with a new master key and the given key pairs. */
	async createWith(pairs: readonly ExportableKey[], context: Uint8Array): Promise<OpenedRing> {
		const master = await makeMasterKey();
		const records = await Promise.all(pairs.map((pair) => sealRecord(master, pair, context)));
		return this.#add(master, context, records);
	}

	async sealSlot(ring: RingId, protector: SlotProtector, context: Uint8Array): Promise<Uint8Array> {
		return sealSlot(this.#rings.get(ring).master, protector, context, this.#stretch);
	}

	async open({ slot, opener, context, keys }: RingToOpen): Promise<OpenedRing | undefined> {
		const master =
			opener.kind === 'agent'
				? await this.#openByAgent(opener.ring, slot, context)
				: await openSlot(slot, opener, context, this.#stretch);
		return master && this.#add(master, context, keys);
	}

	close(ring: RingId): void {
		this.#rings.delete(ring);
		this.#keys.deleteWhere((key) => key.ring === ring);
		this.#fileKeys.forgetThoseOf(ring);
	}

	isOpen(ring: RingId): boolean {
		return this.#rings.has(ring);
	}

	unwrappingKey(key: PrivateKey): UnwrappingKey {
		return this.#keys.get(key);
	}

	async addKey(ring: RingId): Promise<OpenKey> {
		return this.#adopt(ring, await makeKeyPair());
	}

	async adoptKeys(ring: RingId, from: RingId): Promise<OpenKey[]> {
		const { keys } = this.#rings.get(ring);
		const pairs = await this.exportable(from);
		const missing = pairs.filter(({ publicKey }) => !keys.some(({ record }) => equal(record.publicKey, publicKey)));
		return Promise.all(missing.map((pair) => this.#adopt(ring, pair)));
	}

	/** The ring's key pairs, opened once more so that they can be exported. */
	async exportable(ring: RingId): Promise<ExportableKey[]> {
		const { master, context, keys } = this.#rings.get(ring);
		return Promise.all(
			keys.map(async ({ record }) => ({
				privateKey: await openRecord(master, record, { context, extractable: true }),
				publicKey: copy(record.publicKey),
			})),
		);
	}

	async #adopt(ring: RingId, pair: ExportableKey): Promise<OpenKey> {
		const { master, context, keys } = this.#rings.get(ring);
		const record = await sealRecord(master, pair, context);
		const opened = await openRecord(master, record, { context, extractable: false });
		// Its person may have logged off meanwhile.
		this.#rings.get(ring);
		const open = this.#addKey(ring, record, opened);
		keys.push(open);
		return open;
	}

	/** EILSEQ when a record cannot be opened. */
	async #add(master: CryptoKey, context: Uint8Array, records: readonly KeyRecord[]): Promise<OpenedRing> {
		const opened = await Promise.all(
			records.map((record) => openRecord(master, record, { context, extractable: false })),
		);
		const keys: OpenKey[] = [];
		const ring = this.#rings.add({ master, context: copy(context), keys });
		for (const [index, key] of opened.entries()) keys.push(this.#addKey(ring, records[index] as KeyRecord, key));
		return { ring, keys: [...keys] };
	}

	#addKey(ring: RingId, record: KeyRecord, privateKey: CryptoKey): OpenKey {
		return { key: this.#keys.add({ privateKey, publicKey: copy(record.publicKey), ring }), record };
	}

	async #openByAgent(agent: RingId, slot: Uint8Array, context: Uint8Array): Promise<CryptoKey | undefined> {
		const name = agentNameOf(slot);
		const { keys } = this.#rings.get(agent);
		const open = keys.find(({ record }) => equal(record.name, name));
		return open && openAgentSlot(slot, this.#keys.get(open.key), context);
	}
}

/** A new key pair of the kind that is made today. */
export async function makeKeyPair(): Promise<ExportableKey> {
	const { privateKey, publicKey } = (await crypto.subtle.generateKey(newKeys, true, privateUsages)) as CryptoKeyPair;
	return { privateKey, publicKey: await exportPublicKey(publicKey) };
}

async function sealRecord(master: CryptoKey, pair: ExportableKey, context: Uint8Array): Promise<KeyRecord> {
	const { publicKey } = pair;
	const name = await keyName(publicKey);
	const nonce = randomBytes(nonceBytes);
	const algorithm = { name: 'AES-GCM', iv: nonce, additionalData: concatenate(label, name, context) };
	const sealed = await crypto.subtle.wrapKey('pkcs8', pair.privateKey, master, algorithm);
	return { name, publicKey, sealed: concatenate(nonce, new Uint8Array(sealed)) };
}

/** EILSEQ when the record was changed, is of another context, or its name is not that of its public key. */
async function openRecord(
	master: CryptoKey,
	{ name, publicKey, sealed }: KeyRecord,
	{ context, extractable }: { readonly context: Uint8Array; readonly extractable: boolean },
): Promise<CryptoKey> {
	try {
		if (!equal(await keyName(publicKey), name)) throw new RangeError('the name of the key is another');
		const algorithm = {
			name: 'AES-GCM',
			iv: copy(sealed.subarray(0, nonceBytes)),
			additionalData: concatenate(label, name, context),
		};
		const bytes = copy(sealed.subarray(nonceBytes));
		const kind = algorithmOf(publicKey);
		return await crypto.subtle.unwrapKey('pkcs8', bytes, master, algorithm, kind, extractable, privateUsages);
	} catch (error) {
		if (isNotWhatWasSealed(error)) throw refusal('EILSEQ', 'a stored key is not what was sealed', error);
		throw error;
	}
}
