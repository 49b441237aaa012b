/**
 * Vectors of C2SP's Wycheproof for what the vault asks of WebCrypto, and for what stands beside it there.
 *
 * Invariant: a vector that is `invalid` and is accepted is a failure, as is a `valid` one that is refused.
 */
import { fromHex, judge, lacking, toHex, type VectorReport, type Verdict } from './vector-report.ts';

interface Vector {
	readonly tcId: number;
	readonly comment?: string;
	readonly result: 'valid' | 'invalid' | 'acceptable';
	readonly [field: string]: unknown;
}

interface Group {
	readonly tests: readonly Vector[];
	readonly [field: string]: unknown;
}

/** What comes out of a vector as hexadecimal, and what should; a reason instead where it does not apply. */
type Result = { readonly is: string; readonly should: string } | { readonly not: string };
type Compute = (vector: Vector, group: Group) => Promise<Result>;

const subtle = crypto.subtle;
const text = (vector: Vector, field: string): string => String(vector[field] ?? '');
const bytes = (vector: Vector, field: string): Uint8Array<ArrayBuffer> => fromHex(text(vector, field));
const pkcs8OfX25519 = '302e020100300506032b656e04220420';
const spkiOfP256 = '3059301306072a8648ce3d020106082a8648ce3d030107034200';
const pkcs8OfP256 = '3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420';

const algorithms: Readonly<Record<string, Compute>> = {
	async aes_gcm_test(vector, { ivSize }) {
		if (ivSize !== 96) return { not: 'nonces of other lengths than 96 bits' };
		if (text(vector, 'key').length === 48) return { not: 'keys of 192 bits' };
		const key = await subtle.importKey('raw', bytes(vector, 'key'), 'AES-GCM', false, ['encrypt', 'decrypt']);
		const algorithm = { name: 'AES-GCM', iv: bytes(vector, 'iv'), additionalData: bytes(vector, 'aad') };
		const sealed = fromHex(text(vector, 'ct') + text(vector, 'tag'));
		const opened = toHex(await subtle.decrypt(algorithm, key, sealed));
		const again = toHex(await subtle.encrypt(algorithm, key, bytes(vector, 'msg')));
		return { is: opened + again, should: text(vector, 'msg') + toHex(sealed) };
	},
	async chacha20_poly1305_test(vector, { ivSize }) {
		if (ivSize !== 96) return { not: 'nonces of other lengths than 96 bits' };
		const name = 'ChaCha20-Poly1305';
		const key = await subtle
			.importKey('raw-secret' as 'raw', bytes(vector, 'key'), name, false, ['decrypt'])
			.catch(() => undefined);
		if (key === undefined) return { not: `ChaCha20-Poly1305 ${lacking} (age brings its own)` };
		const algorithm = { name, iv: bytes(vector, 'iv'), additionalData: bytes(vector, 'aad') };
		const opened = await subtle.decrypt(algorithm, key, fromHex(text(vector, 'ct') + text(vector, 'tag')));
		return { is: toHex(opened), should: text(vector, 'msg') };
	},
	async hmac_sha256_test(vector) {
		const algorithm = { name: 'HMAC', hash: 'SHA-256' };
		if (text(vector, 'key') === '') return { not: 'empty keys' };
		const key = await subtle.importKey('raw', bytes(vector, 'key'), algorithm, false, ['sign']);
		const tag = text(vector, 'tag');
		return { is: toHex(await subtle.sign('HMAC', key, bytes(vector, 'msg'))).slice(0, tag.length), should: tag };
	},
	async hkdf_sha256_test(vector) {
		const key = await subtle.importKey('raw', bytes(vector, 'ikm'), 'HKDF', false, ['deriveBits']);
		const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: bytes(vector, 'salt'), info: bytes(vector, 'info') };
		return { is: toHex(await subtle.deriveBits(hkdf, key, Number(vector.size) * 8)), should: text(vector, 'okm') };
	},
	async pbkdf2_hmacsha256_test(vector) {
		const key = await subtle.importKey('raw', bytes(vector, 'password'), 'PBKDF2', false, ['deriveBits']);
		const iterations = Number(vector.iterationCount);
		const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt: bytes(vector, 'salt'), iterations };
		return { is: toHex(await subtle.deriveBits(algorithm, key, Number(vector.dkLen) * 8)), should: text(vector, 'dk') };
	},
	async x25519_test(vector) {
		const pkcs8 = fromHex(pkcs8OfX25519 + text(vector, 'private'));
		const key = await subtle.importKey('pkcs8', pkcs8, 'X25519', false, ['deriveBits']);
		const peer = await subtle.importKey('raw', bytes(vector, 'public'), 'X25519', false, []);
		const shared = await subtle.deriveBits({ name: 'X25519', public: peer }, key, 256);
		return { is: toHex(shared), should: text(vector, 'shared') };
	},
	async ecdh_secp256r1_test(vector) {
		const algorithm = { name: 'ECDH', namedCurve: 'P-256' };
		const scalar = text(vector, 'private')
			.replace(/^00(?=.{64}$)/, '')
			.padStart(64, '0');
		const key = await subtle.importKey('pkcs8', fromHex(pkcs8OfP256 + scalar), algorithm, false, ['deriveBits']);
		const publicKey = text(vector, 'public');
		if (!publicKey.startsWith(spkiOfP256))
			return { not: 'keys with a form or a curve of their own (the vault takes points)' };
		const point = fromHex(publicKey.slice(spkiOfP256.length));
		const peer = await subtle.importKey('raw', point, algorithm, false, []);
		const shared = await subtle.deriveBits({ name: 'ECDH', public: peer }, key, 256);
		return { is: toHex(shared), should: text(vector, 'shared') };
	},
	async ed25519_test(vector, group) {
		const { pk } = group.publicKey as { pk: string };
		const key = await subtle.importKey('raw', fromHex(pk), 'Ed25519', false, ['verify']);
		const isValid = await subtle.verify('Ed25519', key, bytes(vector, 'sig'), bytes(vector, 'msg'));
		return { is: String(isValid), should: 'true' };
	},
	async rsa_oaep_2048_sha256_mgf1sha256_test(vector, { privateKeyPkcs8 }) {
		const algorithm = { name: 'RSA-OAEP', hash: 'SHA-256' };
		const key = await subtle.importKey('pkcs8', fromHex(String(privateKeyPkcs8)), algorithm, false, ['decrypt']);
		const oaep = { name: 'RSA-OAEP', label: bytes(vector, 'label') };
		return { is: toHex(await subtle.decrypt(oaep, key, bytes(vector, 'ct'))), should: text(vector, 'msg') };
	},
};

/** Names of the files that are known here, without `.json`. */
export const wycheproofFiles: readonly string[] = Object.keys(algorithms);

export async function checkWycheproof(name: string, json: string): Promise<VectorReport> {
	const { testGroups } = JSON.parse(json) as { testGroups: readonly Group[] };
	const vectors = testGroups.flatMap((group) => group.tests.map((vector) => ({ vector, group })));
	const compute = algorithms[name];
	if (compute === undefined) throw new Error(`There is no check for ${name}`);
	return judge(`Wycheproof ${name}`, vectors, ({ vector, group }) => checkVector(vector, group, compute));
}

async function checkVector(vector: Vector, group: Group, compute: Compute): Promise<Verdict> {
	const refused = (error: unknown): Result & { readonly error?: unknown } => ({ is: 'refused', should: '', error });
	const result = await compute(vector, group).catch(refused);
	if ('not' in result) return `not: ${result.not}`;
	const isAccepted = result.is === result.should;
	const title = `${vector.tcId} (${vector.comment ?? ''})`;
	if (vector.result === 'valid' && !isAccepted) return `${title}: valid, but came out as ${result.is.slice(0, 80)}`;
	if (vector.result === 'invalid' && isAccepted) return `${title}: invalid, but was accepted`;
	// What is acceptable may be refused; what comes out must be right.
	if (vector.result === 'acceptable' && !isAccepted && result.is !== 'refused') return `${title}: came out wrong`;
	return undefined;
}
