/**
 * What a signature says about an update, and whether it is true.
 *
 * An update is an image and, beside it, `IMAGE.minisig`. The signature's trusted comment, which is signed with it, says
 * what the image is:
 *
 *     Vitrine VERSION amd64 size=BYTES floor=VERSION
 *
 * `floor`: once this version has shown on a disk that it works, no version before the floor is written to that disk.
 *
 * Rules of use:
 * - `readSignedRelease` believes a comment by the key in the running image, in a millisecond, before the image is read.
 * - An image is what the comment says once `matches` holds for the hash of all its bytes, and not before.
 */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { parseKey, parseSignature, type Signature } from '../../node/medium/verify-image.ts';
import { compareVersions, isVersion } from './version.ts';

export const imageHash = 'blake2b512';

export interface SignedRelease {
	readonly version: string;
	readonly floor: string;
	readonly sizeBytes: number;
	/** Whether an image with this hash (`imageHash`) was signed. */
	matches(hash: Uint8Array): boolean;
}

/** Why an update is not taken: a code for programs, and words for the log. */
export class UpdateRefusal extends Error {
	readonly reason: 'unreadable' | 'foreign' | 'forged' | 'below-floor' | 'too-large' | 'damaged';

	constructor(reason: UpdateRefusal['reason'], detail: string) {
		super(detail);
		this.reason = reason;
	}
}

/** `key` and `signature` are the contents of files of minisign. Throws an `UpdateRefusal`. */
export function readSignedRelease(signature: string, key: string): SignedRelease {
	const { number, bytes } = parseKey(key);
	const parsed = tryParseSignature(signature);
	if (parsed === undefined) throw new UpdateRefusal('unreadable', 'this is no signature');
	if (!number.equals(parsed.number)) throw new UpdateRefusal('foreign', 'signed with another key');
	const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') };
	const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
	const commented = Buffer.concat([parsed.ofFile, Buffer.from(parsed.comment)]);
	if (!verify(null, commented, publicKey, parsed.ofComment))
		throw new UpdateRefusal('forged', 'the signature is false');
	return { ...parseComment(parsed.comment), matches: (hash) => isSigned(hash, parsed, publicKey) };
}

/** What `npm run iso -- --sign` gives to minisign as its trusted comment. */
export function makeComment({ version, floor, sizeBytes }: Omit<SignedRelease, 'matches'>): string {
	return `Vitrine ${version} amd64 size=${sizeBytes} floor=${floor}`;
}

/** A disk takes what is not before its floor, and fits into a slot. */
export function checkRelease(release: SignedRelease, floor: string | undefined, slotBytes: number): void {
	if (floor !== undefined && compareVersions(release.version, floor) < 0)
		throw new UpdateRefusal('below-floor', `${release.version} is before ${floor}`);
	if (release.sizeBytes > slotBytes) throw new UpdateRefusal('too-large', `${release.sizeBytes} bytes`);
}

function isSigned(hash: Uint8Array, { ofFile }: Signature, key: KeyObject): boolean {
	return verify(null, hash, key, ofFile);
}

function tryParseSignature(text: string): Signature | undefined {
	try {
		return parseSignature(text);
	} catch {
		// What cannot be read is told as one kind of refusal, whatever is wrong with it.
		return undefined;
	}
}

function parseComment(comment: string): Omit<SignedRelease, 'matches'> {
	const [, version = '', size = '', floor = ''] =
		/^Vitrine (\S+) amd64 size=([1-9]\d{0,14}) floor=(\S+)$/.exec(comment) ?? [];
	if (!isVersion(version) || !isVersion(floor)) throw new UpdateRefusal('foreign', 'this is no update of Vitrine');
	return { version, floor, sizeBytes: Number(size) };
}
