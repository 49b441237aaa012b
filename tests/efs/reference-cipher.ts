/**
 * `FileCipher` over Node's own cryptography, all in this thread: what the format asks for, written down a second time, so
 * that the tests of the format need no vault and can tell when the vault does something else.
 */
import {
	createCipheriv,
	createDecipheriv,
	createHmac,
	createPrivateKey,
	createPublicKey,
	diffieHellman,
	generateKeyPairSync,
	type KeyObject,
	randomBytes,
} from 'node:crypto';
import { OsError } from '#abi/errors.ts';
import type { Random } from '#base/ports.ts';
import type {
	FileCipher,
	FileKey,
	OpeningPieces,
	Piece,
	PrivateKey,
	SealingPieces,
	WrappedKey,
} from '#efs/file-cipher.ts';

const nonceLength = 12;
const tagLength = 16;

interface DerivedKeys {
	readonly fileKey: Buffer;
	readonly data: Buffer;
	readonly header: Buffer;
}

export class ReferenceCipher implements FileCipher {
	readonly #fileKeys = new Map<FileKey, DerivedKeys>();
	readonly #privateKeys = new Map<PrivateKey, KeyObject>();
	readonly #random: Random;
	#next = 1;
	/** How many pieces were sealed. */
	sealed = 0;

	/** `random`: known bytes, for vectors. */
	constructor(random: Random = { bytes: (length) => new Uint8Array(randomBytes(length)) }) {
		this.#random = random;
	}

	/** File keys that are open, and what is derived from them. */
	get derivedKeys(): readonly DerivedKeys[] {
		return [...this.#fileKeys.values()];
	}

	get openKeys(): number {
		return this.#fileKeys.size;
	}

	/** Makes a key pair; the private half stays here. */
	createPerson(): { publicKey: Uint8Array; key: PrivateKey } {
		const { publicKey, privateKey } = generateKeyPairSync('x25519');
		const key = this.#next++;
		this.#privateKeys.set(key, privateKey);
		return { publicKey: exportPublic(publicKey), key };
	}

	/** A person whose private key is these 32 bytes. */
	addPerson(secret: Uint8Array): { publicKey: Uint8Array; key: PrivateKey } {
		const privateKey = importPrivate(secret);
		const key = this.#next++;
		this.#privateKeys.set(key, privateKey);
		return { publicKey: exportPublic(createPublicKey(privateKey)), key };
	}

	createFileKey(): FileKey {
		return this.#addFileKey(Buffer.from(this.#random.bytes(32)));
	}

	wrapFileKey(key: FileKey, publicKey: Uint8Array, info: Uint8Array): WrappedKey {
		const { fileKey } = this.#fileKey(key);
		return wrapReference(fileKey, publicKey, info, importPrivate(this.#random.bytes(32)));
	}

	unwrapFileKey(privateKey: PrivateKey, wrapped: WrappedKey, info: Uint8Array): FileKey | undefined {
		const own = this.#privateKeys.get(privateKey);
		if (own === undefined) throw new OsError('EACCES', 'the key is locked');
		const fileKey = unwrapReference(own, wrapped, info);
		return fileKey === undefined ? undefined : this.#addFileKey(fileKey);
	}

	forgetFileKey(key: FileKey): void {
		this.#fileKeys.delete(key);
	}

	seal(key: FileKey, pieces: readonly Piece[]): void {
		const { data } = this.#fileKey(key);
		for (const { from, into, associated, stamp } of pieces) {
			const nonce = this.#random.bytes(nonceLength);
			const cipher = createCipheriv('aes-256-gcm', data, nonce).setAAD(associated);
			const sealed = Buffer.concat([cipher.update(from), cipher.final()]);
			into.set(sealed);
			stamp.set(nonce);
			stamp.set(cipher.getAuthTag(), nonceLength);
			this.sealed++;
		}
	}

	beginSeal(key: FileKey, pieces: readonly Piece[]): SealingPieces {
		return { finish: () => this.seal(key, pieces) };
	}

	open(key: FileKey, pieces: readonly Piece[]): boolean {
		const { data } = this.#fileKey(key);
		try {
			for (const { from, into, associated, stamp } of pieces) {
				const decipher = createDecipheriv('aes-256-gcm', data, stamp.subarray(0, nonceLength), {
					authTagLength: tagLength,
				});
				decipher.setAAD(associated).setAuthTag(stamp.subarray(nonceLength));
				into.set(Buffer.concat([decipher.update(from), decipher.final()]));
			}
			return true;
		} catch {
			// Node says by throwing that a tag does not match.
			for (const { into } of pieces) into.fill(0);
			return false;
		}
	}

	beginOpen(key: FileKey, pieces: readonly Piece[]): OpeningPieces {
		return { finish: () => this.open(key, pieces) };
	}

	authenticate(key: FileKey, message: Uint8Array): Uint8Array {
		return hmac(this.#fileKey(key).header, message);
	}

	#fileKey(key: FileKey): DerivedKeys {
		const keys = this.#fileKeys.get(key);
		if (keys === undefined) throw new OsError('EACCES', 'the file key is locked');
		return keys;
	}

	#addFileKey(fileKey: Buffer): FileKey {
		const key = this.#next++;
		const derive = (label: string): Buffer => expand(fileKey, Buffer.from(label), 32);
		this.#fileKeys.set(key, { fileKey, data: derive('EFS2/data'), header: derive('EFS2/header') });
		return key;
	}
}

/** HPKE, base mode, X25519/HKDF-SHA256/AES-256-GCM (RFC 9180 5.1, 5.2, 6.1), with a given ephemeral key. */
function wrapReference(fileKey: Uint8Array, publicKey: Uint8Array, info: Uint8Array, ephemeral: KeyObject): WrappedKey {
	const encapsulated = exportPublic(createPublicKey(ephemeral));
	const shared = diffieHellman({ privateKey: ephemeral, publicKey: importPublic(publicKey) });
	const { key, nonce } = schedule(shared, encapsulated, publicKey, info);
	const cipher = createCipheriv('aes-256-gcm', key, nonce);
	const ciphertext = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
	return { encapsulated, ciphertext };
}

function unwrapReference(own: KeyObject, wrapped: WrappedKey, info: Uint8Array): Buffer | undefined {
	try {
		const shared = diffieHellman({ privateKey: own, publicKey: importPublic(wrapped.encapsulated) });
		const { key, nonce } = schedule(shared, wrapped.encapsulated, exportPublic(createPublicKey(own)), info);
		const decipher = createDecipheriv('aes-256-gcm', key, nonce);
		decipher.setAuthTag(wrapped.ciphertext.subarray(32));
		return Buffer.concat([decipher.update(wrapped.ciphertext.subarray(0, 32)), decipher.final()]);
	} catch {
		// Node says by throwing that the tag does not match or the point is of small order.
		return undefined;
	}
}

function schedule(shared: Buffer, encapsulated: Uint8Array, publicKey: Uint8Array, info: Uint8Array) {
	const kemSuite = Buffer.from('KEM\u0000\u0020', 'latin1');
	const suite = Buffer.from('HPKE\u0000\u0020\u0000\u0001\u0000\u0002', 'latin1');
	const none = new Uint8Array();
	const eaePrk = labeledExtract(kemSuite, none, 'eae_prk', shared);
	const context = Buffer.concat([encapsulated, publicKey]);
	const secret = labeledExpand(kemSuite, eaePrk, 'shared_secret', { info: context, length: 32 });
	const pskHash = labeledExtract(suite, none, 'psk_id_hash', none);
	const infoHash = labeledExtract(suite, none, 'info_hash', info);
	const scheduleContext = Buffer.concat([Buffer.of(0), pskHash, infoHash]);
	const prk = labeledExtract(suite, secret, 'secret', none);
	return {
		key: labeledExpand(suite, prk, 'key', { info: scheduleContext, length: 32 }),
		nonce: labeledExpand(suite, prk, 'base_nonce', { info: scheduleContext, length: nonceLength }),
	};
}

function labeledExtract(suite: Buffer, salt: Uint8Array, label: string, material: Uint8Array): Buffer {
	const key = salt.length === 0 ? Buffer.alloc(32) : salt;
	return hmac(key, Buffer.concat([Buffer.from('HPKE-v1'), suite, Buffer.from(label), material]));
}

function labeledExpand(
	suite: Buffer,
	prk: Buffer,
	label: string,
	{ info, length }: { info: Uint8Array; length: number },
): Buffer {
	const lengthBytes = Buffer.of(length >>> 8, length & 0xff);
	return expand(prk, Buffer.concat([lengthBytes, Buffer.from('HPKE-v1'), suite, Buffer.from(label), info]), length);
}

/** HKDF-Expand (RFC 5869 2.3) for at most one block. */
function expand(prk: Buffer, info: Uint8Array, length: number): Buffer {
	return hmac(prk, Buffer.concat([info, Buffer.of(1)])).subarray(0, length);
}

function hmac(key: Uint8Array, message: Uint8Array): Buffer {
	return createHmac('sha256', key).update(message).digest();
}

function exportPublic(key: KeyObject): Uint8Array {
	return Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url');
}

function importPublic(bytes: Uint8Array): KeyObject {
	const x = Buffer.from(bytes).toString('base64url');
	return createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' });
}

/** X25519 private key as PKCS#8 (RFC 8410 7). */
function importPrivate(secret: Uint8Array): KeyObject {
	const prefix = Buffer.from('302e020100300506032b656e04220420', 'hex');
	return createPrivateKey({ key: Buffer.concat([prefix, secret]), format: 'der', type: 'pkcs8' });
}
