/**
 * HPKE against RFC 9180: the vectors of base mode with HKDF-SHA-256 for both KEMs of `hpke.ts`.
 *
 * Source: RFC 9180, appendix A.1.1 (ciphertext of sequence number 0), and for the suites with AES-256-GCM, which are in
 * the RFC's file of vectors alone: a thousand messages are drawn from SHAKE-128 of nothing (a length byte, then as many
 * bytes; first the associated data, then the message), sealed one after the other, and SHAKE-128 of all ciphertexts is
 * compared. (The condensed form of those vectors is that of the Go project's `crypto/hpke`, BSD-3-Clause.)
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { shake128 } from '@noble/hashes/sha3.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { algorithmOf, type SenderContext, setUpReceiver, setUpSender } from '#vault/worker/hpke.ts';
import { fromHex, judge, toHex, type VectorReport, type Verdict } from './vector-report.ts';

interface HpkeVector {
	readonly title: string;
	readonly bits: 128 | 256;
	/** `ikmE`, from which the ephemeral key is derived. */
	readonly ephemeralInput: string;
	readonly privateKey: string;
	readonly publicKey: string;
	readonly encapsulated: string;
	/** SHAKE-128 of a thousand ciphertexts. */
	readonly ciphertexts: string;
}

const info = fromHex('4f6465206f6e2061204772656369616e2055726e');
const messages = 1000;

const vectors: readonly HpkeVector[] = [
	{
		title: 'X25519, AES-128-GCM',
		bits: 128,
		ephemeralInput: '7268600d403fce431561aef583ee1613527cff655c1343f29812e66706df3234',
		privateKey: '4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8',
		publicKey: '3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d',
		encapsulated: '37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431',
		ciphertexts: 'dcabb32ad8e8acea785275323395abd0',
	},
	{
		title: 'X25519, AES-256-GCM',
		bits: 256,
		ephemeralInput: '2cd7c601cefb3d42a62b04b7a9041494c06c7843818e0ce28a8f704ae7ab20f9',
		privateKey: '497b4502664cfea5d5af0b39934dac72242a74f8480451e1aee7d6a53320333d',
		publicKey: '430f4b9859665145a6b1ba274024487bd66f03a2dd577d7753c68d7d7d00c00c',
		encapsulated: '6c93e09869df3402d7bf231bf540fadd35cd56be14f97178f0954db94b7fc256',
		ciphertexts: '1702e73e1e71705faa8241022af1deea',
	},
	{
		title: 'P-256, AES-128-GCM',
		bits: 128,
		ephemeralInput: '4270e54ffd08d79d5928020af4686d8f6b7d35dbe470265f1f5aa22816ce860e',
		privateKey: 'f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2',
		publicKey:
			'04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a82' +
			'6a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0',
		encapsulated:
			'04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac9' +
			'8536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4',
		ciphertexts: 'fcb852ae6a1e19e874fbd18a199df3e4',
	},
	{
		title: 'P-256, AES-256-GCM',
		bits: 256,
		ephemeralInput: 'a90d3417c3da9cb6c6ae19b4b5dd6cc9529a4cc24efb7ae0ace1f31887a8cd6c',
		privateKey: '317f915db7bc629c48fe765587897e01e282d3e8445f79f27f65d031a88082b2',
		publicKey:
			'04abc7e49a4c6b3566d77d0304addc6ed0e98512ffccf505e6a8e3eb25c685136f' +
			'853148544876de76c0f2ef99cdc3a05ccf5ded7860c7c021238f9e2073d2356c',
		encapsulated:
			'04c06b4f6bebc7bb495cb797ab753f911aff80aefb86fd8b6fcc35525f3ab5f03e' +
			'0b21bd31a86c6048af3cb2d98e0d3bf01da5cc4c39ff5370d331a4f1f7d5a4e0',
		ciphertexts: '8d3263541fc1695b6e88ff3a1208577c',
	},
];

/** RFC 9180, A.1.1: the ephemeral key, and the first message. */
const firstMessage = {
	ephemeral: '52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736',
	associated: '436f756e742d30',
	plain: '4265617574792069732074727574682c20747275746820626561757479',
	sealed: 'f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a',
};

export async function checkHpke(): Promise<readonly VectorReport[]> {
	return [
		await judge('RFC 9180, a thousand messages each', vectors, checkSuite),
		await judge('RFC 9180, A.1.1', vectors.slice(0, 1), checkFirstMessage),
	];
}

async function checkSuite(vector: HpkeVector): Promise<Verdict> {
	const { encapsulated, key, nonce } = await sender(vector, derivePrivateKey(vector));
	if (toHex(encapsulated) !== vector.encapsulated) return `${vector.title}: another encapsulated key`;
	const pair = await importPair(vector.privateKey, vector.publicKey);
	const receiver = await setUpReceiver(pair, encapsulated, info, vector.bits);
	const source = shake128.create({});
	const sink = shake128.create({ dkLen: 16 });
	const draw = (): Uint8Array<ArrayBuffer> => new Uint8Array(source.xof(source.xof(1)[0] ?? 0));
	for (let sequence = 0; sequence < messages; sequence++) {
		const additionalData = draw();
		const plain = draw();
		const algorithm = { name: 'AES-GCM', iv: atSequence(nonce, sequence), additionalData };
		const sealed = await crypto.subtle.encrypt(algorithm, key, plain);
		sink.update(new Uint8Array(sealed));
		const ours = { ...algorithm, iv: atSequence(receiver.nonce, sequence) };
		if (toHex(await crypto.subtle.decrypt(ours, receiver.key, sealed)) !== toHex(plain))
			return `${vector.title}: message ${sequence} did not come back`;
	}
	return toHex(sink.digest()) === vector.ciphertexts ? undefined : `${vector.title}: other ciphertexts`;
}

async function checkFirstMessage(vector: HpkeVector): Promise<Verdict> {
	const { key, nonce } = await sender(vector, firstMessage.ephemeral);
	const algorithm = { name: 'AES-GCM', iv: nonce, additionalData: fromHex(firstMessage.associated) };
	const sealed = await crypto.subtle.encrypt(algorithm, key, fromHex(firstMessage.plain));
	return toHex(sealed) === firstMessage.sealed ? undefined : `${vector.title}: another ciphertext`;
}

async function sender(vector: HpkeVector, ephemeral: string): Promise<SenderContext> {
	const { privateKey } = await importPair(ephemeral, vector.encapsulated);
	const encapsulated = fromHex(vector.encapsulated);
	const publicKey = await crypto.subtle.importKey('raw', encapsulated, algorithmOf(encapsulated), true, []);
	const options = { bits: vector.bits, ephemeral: { privateKey, publicKey } };
	return setUpSender(fromHex(vector.publicKey), info, options);
}

/** DeriveKeyPair of RFC 9180, 7.1.3, from `ikmE`: only vectors need it. */
function derivePrivateKey({ title, ephemeralInput }: HpkeVector): string {
	const text = (words: string): Uint8Array => new TextEncoder().encode(words);
	const isP256 = title.startsWith('P-256');
	const suite = concatBytes(text('KEM'), Uint8Array.of(0, isP256 ? 0x10 : 0x20));
	const labeled = (label: string, input: Uint8Array): Uint8Array =>
		concatBytes(text('HPKE-v1'), suite, text(label), input);
	const secret = hmac(sha256, new Uint8Array(), labeled('dkp_prk', fromHex(ephemeralInput)));
	// The first candidate for P-256 is below the order of the curve but in one case of 2^32.
	const input = isP256 ? labeled('candidate', Uint8Array.of(0)) : labeled('sk', new Uint8Array());
	return toHex(hmac(sha256, secret, concatBytes(Uint8Array.of(0, 32), input, Uint8Array.of(1))));
}

/** The nonce of a message: RFC 9180, 5.2. */
function atSequence(nonce: Uint8Array, sequence: number): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(nonce);
	const view = new DataView(bytes.buffer);
	view.setUint32(8, view.getUint32(8) ^ sequence);
	return bytes;
}

async function importPair(
	privateKey: string,
	publicKey: string,
): Promise<{ privateKey: CryptoKey; publicKey: Uint8Array<ArrayBuffer> }> {
	const bytes = fromHex(publicKey);
	const algorithm = algorithmOf(bytes);
	const prefix =
		algorithm.name === 'X25519'
			? '302e020100300506032b656e04220420'
			: '3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420';
	const key = await crypto.subtle.importKey('pkcs8', fromHex(prefix + privateKey), algorithm, false, ['deriveBits']);
	return { privateKey: key, publicKey: bytes };
}
