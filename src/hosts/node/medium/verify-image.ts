/**
 * Is this image the one that was published? Against `SHA256SUMS`, and against a signature as minisign makes it.
 *
 * Rules of use: a signature is only worth what its key is: the key comes from somewhere else than the image.
 *
 * Layouts (minisign): a key is `Ed` · 8 bytes number · 32 bytes; a signature is `ED` (of the BLAKE2b-512 of the file) ·
 * 8 bytes number · 64 bytes; a second signature covers the first with the trusted comment.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

/** What a check found: a sentence for a person, and whether it held. */
export interface Finding {
	readonly holds: boolean;
	readonly sentence: string;
}

export async function hashFile(file: string, algorithm: 'sha256' | 'blake2b512'): Promise<Buffer> {
	const hash = createHash(algorithm);
	await pipeline(createReadStream(file), hash);
	return hash.digest();
}

/** Against the line of `SHA256SUMS` that names the file. */
export async function verifySum(image: string, sums: string): Promise<Finding> {
	const name = path.basename(image);
	const line = (await readFile(sums, 'utf8'))
		.split('\n')
		.find((text) => /^[0-9a-f]{64} [ *]/.test(text) && text.slice(66) === name);
	if (line === undefined) return { holds: false, sentence: `${sums} has no line for ${name}.` };
	const holds = (await hashFile(image, 'sha256')).toString('hex') === line.slice(0, 64);
	return {
		holds,
		sentence: holds ? `${name} is as ${sums} says.` : `${name} is not what ${sums} says. Do not use it.`,
	};
}

/** Against `image.minisig`, by the key in the file `keyFile`. */
export async function verifySignature(image: string, keyFile: string): Promise<Finding> {
	const key = parseKey(await readFile(keyFile, 'utf8'));
	const signature = parseSignature(await readFile(`${image}.minisig`, 'utf8'));
	const name = path.basename(image);
	if (!key.number.equals(signature.number))
		return { holds: false, sentence: `${name} was signed with another key than the one in ${keyFile}.` };
	const publicKey = createPublicKey({
		key: { kty: 'OKP', crv: 'Ed25519', x: key.bytes.toString('base64url') },
		format: 'jwk',
	});
	const ofFile = verify(null, await hashFile(image, 'blake2b512'), publicKey, signature.ofFile);
	const commented = Buffer.concat([signature.ofFile, Buffer.from(signature.comment)]);
	const ofComment = verify(null, commented, publicKey, signature.ofComment);
	if (!ofFile || !ofComment) return { holds: false, sentence: `The signature of ${name} is false. Do not use it.` };
	return { holds: true, sentence: `${name} was signed with the key in ${keyFile}: ${signature.comment}` };
}

export function parseKey(text: string): { number: Buffer; bytes: Buffer } {
	const raw = Buffer.from(text.trim().split('\n').at(-1) ?? '', 'base64');
	if (raw.length !== 42 || raw.toString('latin1', 0, 2) !== 'Ed') throw new Error('This is no minisign key.');
	return { number: raw.subarray(2, 10), bytes: raw.subarray(10) };
}

export interface Signature {
	readonly number: Buffer;
	readonly ofFile: Buffer;
	readonly comment: string;
	readonly ofComment: Buffer;
}

export function parseSignature(text: string): Signature {
	const [, first = '', comment = '', second = ''] = text.split('\n');
	const raw = Buffer.from(first, 'base64');
	const prefix = 'trusted comment: ';
	if (raw.length !== 74 || raw.toString('latin1', 0, 2) !== 'ED' || !comment.startsWith(prefix))
		throw new Error('This is no minisign signature of the kind that is used here (prehashed).');
	return {
		number: raw.subarray(2, 10),
		ofFile: raw.subarray(10),
		comment: comment.slice(prefix.length).trimEnd(),
		ofComment: Buffer.from(second, 'base64'),
	};
}
