/**
 * The keys of encrypted files: made, wrapped, unwrapped, and used on pieces and headers.
 *
 * A file key is 32 random bytes. Two keys come from it by HKDF-Expand with SHA-256 (RFC 5869, 2.3): "EFS2/data" for
 * AES-256-GCM of pieces, "EFS2/header" for HMAC-SHA-256. For 32 bytes that is one HMAC of the label and a byte 1.
 *
 * Invariants:
 * - All three are `CryptoKey`s; the two that are used every day cannot be exported. The file key itself can, by
 *   `wrapKey` alone, because sharing seals it for others: no code here has its bytes.
 * - Every nonce is 96 fresh random bits.
 */
import type { FileKey, WrappedKey } from '#vault/key-vault.ts';
import { concatenate, copy, randomBytes, utf8, withSecret } from './bytes.ts';
import { setUpReceiver, setUpSender } from './hpke.ts';
import { type IdSource, IdTable } from './id-table.ts';
import { refusal } from './refusal.ts';

const keyBits = 256;
const macAlgorithm = { name: 'HMAC', hash: 'SHA-256', length: keyBits };
const dataLabel = concatenate(utf8('EFS2/data'), Uint8Array.of(1));
const headerLabel = concatenate(utf8('EFS2/header'), Uint8Array.of(1));
export const nonceBytes = 12;
export const tagBytes = 16;

interface OpenFileKey {
	readonly fileKey: CryptoKey;
	readonly data: CryptoKey;
	readonly header: CryptoKey;
	/** The ring that unwrapped it: it goes when the ring goes. */
	readonly owner: number | undefined;
}

/** A key pair that can unwrap: a private key and the bytes of its public key. */
export interface UnwrappingKey {
	readonly privateKey: CryptoKey;
	readonly publicKey: Uint8Array;
	readonly ring: number;
}

export class FileKeys {
	readonly #keys: IdTable<OpenFileKey>;

	constructor(ids: IdSource) {
		this.#keys = new IdTable(ids, 'the key of the file');
	}

	async create(): Promise<FileKey> {
		const fileKey = await crypto.subtle.generateKey(macAlgorithm, true, ['sign']);
		return this.#keys.add(await deriveKeys(fileKey, undefined));
	}

	async wrap(key: FileKey, publicKey: Uint8Array, info: Uint8Array): Promise<WrappedKey> {
		const { fileKey } = this.#keys.get(key);
		const context = await setUpSender(publicKey, info).catch(refuseKey);
		const ciphertext = await crypto.subtle.wrapKey('raw', fileKey, context.key, {
			name: 'AES-GCM',
			iv: context.nonce,
		});
		return { encapsulated: context.encapsulated, ciphertext: new Uint8Array(ciphertext) };
	}

	/** `undefined` when it was not sealed for this key with this `info`, or was changed. */
	async unwrap(key: UnwrappingKey, wrapped: WrappedKey, info: Uint8Array): Promise<FileKey | undefined> {
		const fileKey = await unwrapFileKey(key, wrapped, info);
		return fileKey && this.#keys.add(await deriveKeys(fileKey, key.ring));
	}

	forget(key: FileKey): void {
		this.#keys.delete(key);
	}

	forgetThoseOf(ring: number): void {
		this.#keys.deleteWhere(({ owner }) => owner === ring);
	}

	dataKey(key: FileKey): CryptoKey {
		return this.#keys.get(key).data;
	}

	async authenticate(key: FileKey, message: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
		return new Uint8Array(await crypto.subtle.sign('HMAC', this.#keys.get(key).header, message));
	}
}

/** Seals one piece, and has copied it when it returns. Gives the ciphertext with its tag behind it, and its nonce. */
export async function sealPiece(
	key: CryptoKey,
	plain: Uint8Array<ArrayBuffer>,
	associated: Uint8Array<ArrayBuffer>,
): Promise<{ readonly nonce: Uint8Array; readonly sealed: Uint8Array }> {
	const nonce = randomBytes(nonceBytes);
	const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: associated }, key, plain);
	return { nonce, sealed: new Uint8Array(sealed) };
}

/** Opens one piece with its tag behind it, and has copied it when it returns; `undefined` when it is not what was sealed. */
export function openPiece(
	key: CryptoKey,
	sealed: Uint8Array<ArrayBuffer>,
	{ nonce, associated }: { readonly nonce: Uint8Array<ArrayBuffer>; readonly associated: Uint8Array<ArrayBuffer> },
): Promise<Uint8Array | undefined> {
	return crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce, additionalData: associated }, key, sealed).then(
		(plain) => new Uint8Array(plain),
		() => undefined,
	);
}

async function unwrapFileKey(
	{ privateKey, publicKey }: UnwrappingKey,
	{ encapsulated, ciphertext }: WrappedKey,
	info: Uint8Array,
): Promise<CryptoKey | undefined> {
	try {
		const { key, nonce } = await setUpReceiver({ privateKey, publicKey }, encapsulated, info);
		const algorithm = { name: 'AES-GCM', iv: nonce };
		return await crypto.subtle.unwrapKey('raw', copy(ciphertext), key, algorithm, macAlgorithm, true, ['sign']);
	} catch (error) {
		if (isNotWhatWasSealed(error)) return undefined;
		throw error;
	}
}

/** What WebCrypto and `hpke.ts` throw for bytes that were changed, or that are for another key. */
export function isNotWhatWasSealed(error: unknown): boolean {
	const name = error instanceof Error ? error.name : '';
	return name === 'OperationError' || name === 'DataError' || name === 'RangeError';
}

async function deriveKeys(fileKey: CryptoKey, owner: number | undefined): Promise<OpenFileKey> {
	const [data, header] = await Promise.all([
		crypto.subtle
			.sign('HMAC', fileKey, dataLabel)
			.then((secret) =>
				withSecret(secret, (bytes) => crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])),
			),
		crypto.subtle
			.sign('HMAC', fileKey, headerLabel)
			.then((secret) =>
				withSecret(secret, (bytes) => crypto.subtle.importKey('raw', bytes, macAlgorithm, false, ['sign'])),
			),
	]);
	return { fileKey, data, header, owner };
}

function refuseKey(error: unknown): never {
	if (isNotWhatWasSealed(error)) throw refusal('EINVAL', 'that is no public key', error);
	throw error;
}
