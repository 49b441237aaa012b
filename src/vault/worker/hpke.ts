/**
 * Hybrid public key encryption, RFC 9180, in base mode with one message: DHKEM(X25519, HKDF-SHA256) or DHKEM(P-256,
 * HKDF-SHA256), HKDF-SHA256, and AES-GCM.
 *
 * Rules of use: the key that comes out is used once, with the nonce beside it (sequence number 0) and empty AAD.
 *
 * Invariants:
 * - A private key is never more than a `CryptoKey`. What is secret and stands in bytes on the way is overwritten.
 * - LabeledExtract and the LabeledExpand after it are one HKDF of WebCrypto: its salt and input are those of the first,
 *   its info that of the second.
 */
import { concatenate, copy, utf8, withSecret } from './bytes.ts';

export interface HpkeContext {
	/** For AES-GCM, not extractable. */
	readonly key: CryptoKey;
	readonly nonce: Uint8Array<ArrayBuffer>;
}

export interface SenderContext extends HpkeContext {
	readonly encapsulated: Uint8Array<ArrayBuffer>;
}

/** What is made with the key: a sender encrypts, a receiver decrypts. */
const senderUsages: KeyUsage[] = ['encrypt', 'wrapKey'];
const receiverUsages: KeyUsage[] = ['decrypt', 'unwrapKey'];

interface Kem {
	readonly id: number;
	readonly algorithm: { readonly name: string; readonly namedCurve?: string };
	readonly publicKeyBytes: number;
}

const kems: readonly Kem[] = [
	{ id: 0x0020, algorithm: { name: 'X25519' }, publicKeyBytes: 32 },
	{ id: 0x0010, algorithm: { name: 'ECDH', namedCurve: 'P-256' }, publicKeyBytes: 65 },
];
const sharedSecretBits = 256;
const nonceBits = 96;
const kdfId = 1;
/** AEAD ids by the length of their key in bits. */
const aeadIds = { 128: 1, 256: 2 } as const;

export type AeadBits = keyof typeof aeadIds;

/** Which KEM a public key is for, by its length. `RangeError` for none. */
export function algorithmOf(publicKey: Uint8Array): Kem['algorithm'] {
	return kemOf(publicKey).algorithm;
}

/** `ephemeral` is made anew when absent, as it must be but to check vectors. `RangeError`: no valid public key. */
export async function setUpSender(
	publicKey: Uint8Array,
	info: Uint8Array,
	{ ephemeral, bits = 256 }: { readonly ephemeral?: CryptoKeyPair; readonly bits?: AeadBits } = {},
): Promise<SenderContext> {
	const kem = kemOf(publicKey);
	const pair = ephemeral ?? ((await crypto.subtle.generateKey(kem.algorithm, false, ['deriveBits'])) as CryptoKeyPair);
	const [encapsulated, shared] = await Promise.all([
		exportPublicKey(pair.publicKey),
		agree(pair.privateKey, publicKey),
	]);
	const ids = { kem, bits, usages: senderUsages };
	const context = await deriveContext(shared, concatenate(encapsulated, publicKey), info, ids);
	return { ...context, encapsulated };
}

/** `publicKey` is the receiver's own. `RangeError` when `encapsulated` is no valid key. */
export async function setUpReceiver(
	pair: { readonly privateKey: CryptoKey; readonly publicKey: Uint8Array },
	encapsulated: Uint8Array,
	info: Uint8Array,
	bits: AeadBits = 256,
): Promise<HpkeContext> {
	const kem = kemOf(pair.publicKey);
	const shared = await agree(pair.privateKey, encapsulated);
	const ids = { kem, bits, usages: receiverUsages };
	return deriveContext(shared, concatenate(encapsulated, pair.publicKey), info, ids);
}

export async function exportPublicKey(key: CryptoKey): Promise<Uint8Array<ArrayBuffer>> {
	return new Uint8Array(await crypto.subtle.exportKey('raw', key));
}

function kemOf(publicKey: Uint8Array): Kem {
	const kem = kems.find(({ publicKeyBytes }) => publicKeyBytes === publicKey.length);
	if (kem === undefined) throw new RangeError('no public key that HPKE knows here');
	return kem;
}

/** Diffie–Hellman. A peer's key that would give zero for every private key is refused (RFC 9180, 7.1.4). */
async function agree(privateKey: CryptoKey, peer: Uint8Array): Promise<ArrayBuffer> {
	try {
		const { algorithm } = kemOf(peer);
		const publicKey = await crypto.subtle.importKey('raw', copy(peer), algorithm, false, []);
		const shared = await crypto.subtle.deriveBits(
			{ name: algorithm.name, public: publicKey },
			privateKey,
			sharedSecretBits,
		);
		if (new Uint8Array(shared).every((byte) => byte === 0)) throw new RangeError('the peer has a weak key');
		return shared;
	} catch (error) {
		throw new RangeError('no valid public key', { cause: error });
	}
}

/** ExtractAndExpand of the KEM, then KeySchedule of base mode: RFC 9180, 4.1 and 5.1. */
async function deriveContext(
	shared: ArrayBuffer,
	kemContext: Uint8Array,
	info: Uint8Array,
	{ kem, bits, usages }: { readonly kem: Kem; readonly bits: AeadBits; readonly usages: KeyUsage[] },
): Promise<HpkeContext> {
	const kemSuite = concatenate(utf8('KEM'), uint16(kem.id));
	const suite = concatenate(utf8('HPKE'), uint16(kem.id), uint16(kdfId), uint16(aeadIds[bits]));
	const nothing = new Uint8Array();
	const [pskIdHash, infoHash, eaeKey] = await Promise.all([
		labeledExtract(suite, 'psk_id_hash', nothing),
		labeledExtract(suite, 'info_hash', info),
		withSecret(shared, (dh) => withSecret(labeled(kemSuite, 'eae_prk', dh), importForHkdf)),
	]);
	const sharedInfo = expandInfo(kemSuite, 'shared_secret', kemContext, sharedSecretBits);
	const sharedSecret = await crypto.subtle.deriveBits(hkdf(nothing, sharedInfo), eaeKey, sharedSecretBits);
	const scheduleContext = concatenate(Uint8Array.of(0), pskIdHash, infoHash);
	return withSecret(sharedSecret, async (salt) => {
		const secret = await importForHkdf(labeled(suite, 'secret', nothing));
		const keyInfo = expandInfo(suite, 'key', scheduleContext, bits);
		const nonceInfo = expandInfo(suite, 'base_nonce', scheduleContext, nonceBits);
		const [key, nonce] = await Promise.all([
			crypto.subtle.deriveKey(hkdf(salt, keyInfo), secret, { name: 'AES-GCM', length: bits }, false, usages),
			crypto.subtle.deriveBits(hkdf(salt, nonceInfo), secret, nonceBits),
		]);
		return { key, nonce: new Uint8Array(nonce) };
	});
}

function importForHkdf(bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
	return crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveBits', 'deriveKey']);
}

const hkdf = (salt: Uint8Array<ArrayBuffer>, info: Uint8Array<ArrayBuffer>): HkdfParams => ({
	name: 'HKDF',
	hash: 'SHA-256',
	salt,
	info,
});

/** With an empty salt, of what is public: HMAC with a key of zeros (RFC 5869, 2.2). */
async function labeledExtract(suite: Uint8Array, label: string, input: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
	const key = await zeroKey();
	return new Uint8Array(await crypto.subtle.sign('HMAC', key, labeled(suite, label, input)));
}

let zeroHmacKey: Promise<CryptoKey> | undefined;

function zeroKey(): Promise<CryptoKey> {
	zeroHmacKey ??= crypto.subtle.importKey('raw', new Uint8Array(32), { name: 'HMAC', hash: 'SHA-256' }, false, [
		'sign',
	]);
	return zeroHmacKey;
}

function labeled(suite: Uint8Array, label: string, input: Uint8Array): Uint8Array<ArrayBuffer> {
	return concatenate(utf8('HPKE-v1'), suite, utf8(label), input);
}

function expandInfo(suite: Uint8Array, label: string, info: Uint8Array, bits: number): Uint8Array<ArrayBuffer> {
	return concatenate(uint16(bits / 8), labeled(suite, label, info));
}

function uint16(value: number): Uint8Array<ArrayBuffer> {
	return Uint8Array.of(value >>> 8, value);
}
