/** The host's cryptographic generator. */
import type { Random } from '#base/ports.ts';

/** Most bytes that one call of Web Crypto gives. */
const pieceBytes = 65_536;

export const hostRandom: Random = {
	bytes(length) {
		const bytes = new Uint8Array(length);
		for (let at = 0; at < length; at += pieceBytes) crypto.getRandomValues(bytes.subarray(at, at + pieceBytes));
		return bytes;
	},
};
