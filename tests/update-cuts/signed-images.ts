/** Small images, signed with a key of the test: as `minisign` does it (prehashed). */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { makeComment } from '#hosts/pc/update/signed-release.ts';

export interface SigningKey {
	/** As the file of a public key. */
	readonly publicFile: string;
	/** The content of IMAGE.minisig. */
	sign(image: Uint8Array, comment: string): string;
}

export function makeSigningKey(): SigningKey {
	const { privateKey, publicKey } = generateKeyPairSync('ed25519');
	const number = randomBytes(8);
	const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
	const line = Buffer.concat([Buffer.from('Ed'), number, raw]).toString('base64');
	return {
		publicFile: `untrusted comment: a test\n${line}\n`,
		sign: (image, comment) => signImage({ image, comment, number, privateKey }),
	};
}

interface Signing {
	readonly image: Uint8Array;
	readonly comment: string;
	readonly number: Buffer;
	readonly privateKey: KeyObject;
}

function signImage({ image, comment, number, privateKey }: Signing): string {
	const ofFile = sign(null, createHash('blake2b512').update(image).digest(), privateKey);
	const ofComment = sign(null, Buffer.concat([ofFile, Buffer.from(comment)]), privateKey);
	const first = Buffer.concat([Buffer.from('ED'), number, ofFile]).toString('base64');
	return ['untrusted comment: x', first, `trusted comment: ${comment}`, ofComment.toString('base64'), ''].join('\n');
}

/** Bytes that begin like an image: a volume descriptor (ECMA-119, 8.4) in sector 16, and `sizeBytes` in all. */
export function makeImage(sizeBytes: number): Uint8Array {
	const image = randomBytes(sizeBytes);
	image.set(Buffer.from('\x01CD001\x01', 'latin1'), 16 * 2048);
	return image;
}

export interface SignedImage {
	readonly version: string;
	readonly bytes: Uint8Array;
	readonly signature: string;
}

export function makeSignedImage(
	key: SigningKey,
	version: string,
	{ floor = '0.0.1', sizeBytes = 90_112 } = {},
): SignedImage {
	const bytes = makeImage(sizeBytes);
	return { version, bytes, signature: key.sign(bytes, makeComment({ version, floor, sizeBytes })) };
}
