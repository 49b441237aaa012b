/** HPKE (RFC 9180) in base mode, opened with what Node brings: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. */
import { createDecipheriv, createHmac, createPublicKey, diffieHellman, type KeyObject } from 'node:crypto';

const kemSuite = Buffer.from('KEM\x00\x20', 'latin1');
const suite = Buffer.from('HPKE\x00\x20\x00\x01\x00\x02', 'latin1');
const none = Buffer.alloc(0);
/** What stands before the 32 bytes of an X25519 public key in its DER form (RFC 8410). */
const publicKeyPrefix = Buffer.from('302a300506032b656e032100', 'hex');
const tagLength = 16;

export interface KeyPair {
	readonly publicKey: Buffer;
	readonly privateKey: KeyObject;
}

export function keyPairOf(privateKey: KeyObject): KeyPair {
	const der = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
	return { publicKey: der.subarray(publicKeyPrefix.length), privateKey };
}

/** `undefined` when it was not sealed for this key with this `info`. */
export function openSealed(
	{ publicKey, privateKey }: KeyPair,
	{ encapsulated, ciphertext }: { readonly encapsulated: Buffer; readonly ciphertext: Buffer },
	info: Buffer,
): Buffer | undefined {
	const sender = createPublicKey({
		key: Buffer.concat([publicKeyPrefix, encapsulated]),
		format: 'der',
		type: 'spki',
	});
	const shared = diffieHellman({ privateKey, publicKey: sender });
	const kemContext = Buffer.concat([encapsulated, publicKey]);
	const secret = expand(kemSuite, extract(kemSuite, none, 'eae_prk', shared), {
		label: 'shared_secret',
		info: kemContext,
		length: 32,
	});
	const scheduled = Buffer.concat([
		Buffer.of(0),
		extract(suite, none, 'psk_id_hash', none),
		extract(suite, none, 'info_hash', info),
	]);
	const exported = extract(suite, secret, 'secret', none);
	const key = expand(suite, exported, { label: 'key', info: scheduled, length: 32 });
	const nonce = expand(suite, exported, { label: 'base_nonce', info: scheduled, length: 12 });
	return openGcm(key, { nonce, sealed: ciphertext, associated: none });
}

export interface Sealed {
	readonly nonce: Uint8Array;
	/** Ciphertext and tag. */
	readonly sealed: Uint8Array;
	readonly associated: Uint8Array;
}

/** AES-256-GCM; `undefined` when the tag does not agree. */
export function openGcm(key: Buffer, { nonce, sealed, associated }: Sealed): Buffer | undefined {
	const end = sealed.length - tagLength;
	const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
	decipher.setAAD(associated).setAuthTag(sealed.subarray(end));
	const opened = decipher.update(sealed.subarray(0, end));
	try {
		return Buffer.concat([opened, decipher.final()]);
	} catch {
		// Node tells a wrong tag by an error without a code.
		return undefined;
	}
}

/** RFC 9180, 4: LabeledExtract. */
function extract(suiteId: Buffer, salt: Buffer, label: string, material: Buffer): Buffer {
	return createHmac('sha256', salt).update('HPKE-v1').update(suiteId).update(label).update(material).digest();
}

interface Expansion {
	readonly label: string;
	readonly info: Buffer;
	readonly length: number;
}

/** LabeledExpand, of at most 32 bytes: one block of HKDF. */
function expand(suiteId: Buffer, key: Buffer, { label, info, length }: Expansion): Buffer {
	const hmac = createHmac('sha256', key).update(Buffer.of(0, length)).update('HPKE-v1').update(suiteId);
	return hmac.update(label).update(info).update(Buffer.of(1)).digest().subarray(0, length);
}
