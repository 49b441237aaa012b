/** What a key is called: the first 16 bytes of SHA-256 of its public half, in hexadecimal. */
import { sha256 } from '@noble/hashes/sha2.js';
import { formatHexadecimal } from '#base/hexadecimal.ts';

const identifierBytes = 16;

export function keyIdentifier(publicKey: Uint8Array): string {
	return formatHexadecimal(sha256(publicKey).subarray(0, identifierBytes));
}
