/**
 * Key pairs as they stand in a file that is kept outside: PKCS #8, and the text around it in an `.age` export.
 *
 * Layout of the text: lines of words for whoever opens it with another tool, then for each key pair a line
 * `Key: NAME IN HEXADECIMAL` and a PEM block `PRIVATE KEY` (RFC 7468) with PKCS #8 of an X25519 (RFC 8410) or P-256 key.
 *
 * Invariant: bytes of private keys are overwritten when they are not needed any more. Text cannot be: it stays until it is
 * collected.
 */
import { OsError } from '#abi/errors.ts';
import { copy, equal, withSecret } from './bytes.ts';
import { keyName } from './key-name.ts';
import { refusal } from './refusal.ts';

/** A private key that may be exported, and its public half. */
export interface ExportableKey {
	readonly privateKey: CryptoKey;
	readonly publicKey: Uint8Array<ArrayBuffer>;
}

export const maximumKeyFileBytes = 1024 * 1024;
export const maximumKeys = 64;
const pemBlock = /-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\s]*)-----END PRIVATE KEY-----/g;

/** The kinds of keys, by the object identifier that stands in PKCS #8. */
const kinds = [
	{ identifier: [0x06, 0x03, 0x2b, 0x65, 0x6e], algorithm: { name: 'X25519' } },
	{
		identifier: [0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07],
		algorithm: { name: 'ECDH', namedCurve: 'P-256' },
	},
];

export async function writeKeyText(label: string, keys: readonly ExportableKey[]): Promise<string> {
	const lines = [
		'Vitrine: keys of encrypted files. Whoever has this text can read them.',
		`Of: ${label.replace(/[\r\n]+/g, ' ')}`,
		'',
	];
	for (const { privateKey, publicKey } of keys) {
		const name = [...(await keyName(publicKey))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
		const text = await withSecret(await crypto.subtle.exportKey('pkcs8', privateKey), base64);
		lines.push(`Key: ${name}`, '-----BEGIN PRIVATE KEY-----', ...(text.match(/.{1,64}/g) ?? []));
		lines.push('-----END PRIVATE KEY-----');
	}
	return `${lines.join('\n')}\n`;
}

/** EILSEQ when there is no key in it, or one of a kind that Vitrine does not use. */
export async function readKeyText(text: string): Promise<ExportableKey[]> {
	const blocks = [...text.matchAll(pemBlock)].slice(0, maximumKeys);
	const keys: ExportableKey[] = [];
	for (const [, block = ''] of blocks) keys.push(await withSecret(fromBase64(block), importPrivateKey));
	if (keys.length === 0) throw new OsError('EILSEQ', 'there is no key in the file');
	return keys;
}

/** From PKCS #8. EILSEQ when it is no key, ENOTSUP when it is of another kind. */
export async function importPrivateKey(bytes: Uint8Array<ArrayBuffer>): Promise<ExportableKey> {
	const kind = kinds.find(({ identifier }) => includes(bytes.subarray(0, 64), identifier));
	if (kind === undefined)
		throw new OsError('ENOTSUP', 'the key is of a kind that opens no files here (X25519 and P-256 do)');
	try {
		const privateKey = await crypto.subtle.importKey('pkcs8', bytes, kind.algorithm, true, ['deriveBits']);
		return { privateKey, publicKey: await publicHalf(privateKey) };
	} catch (error) {
		throw refusal('EILSEQ', 'the key in the file is damaged', error);
	}
}

/** WebCrypto gives the public half of a private key in its JWK alone. */
async function publicHalf(privateKey: CryptoKey): Promise<Uint8Array<ArrayBuffer>> {
	const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', privateKey);
	const [first, second] = [fromBase64(fromUrlAlphabet(x)), fromBase64(fromUrlAlphabet(y))];
	return second.length === 0 ? first : Uint8Array.of(4, ...first, ...second);
}

const fromUrlAlphabet = (text: string): string => text.replaceAll('-', '+').replaceAll('_', '/');

function includes(bytes: Uint8Array, sought: readonly number[]): boolean {
	const pattern = Uint8Array.from(sought);
	return bytes.some((_, index) => equal(copy(bytes.subarray(index, index + pattern.length)), pattern));
}

function base64(bytes: Uint8Array): string {
	return btoa(String.fromCharCode(...bytes));
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
	try {
		return Uint8Array.from(atob(text.replace(/\s/g, '')), (character) => character.charCodeAt(0));
	} catch (error) {
		throw refusal('EILSEQ', 'the key in the file is damaged', error);
	}
}
