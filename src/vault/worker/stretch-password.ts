/**
 * Argon2id (RFC 9106) of a password: what makes a guess dear.
 *
 * Rules of use: parameters that come from a file are checked by `areBearable` before anything is computed.
 */
import { argon2id } from 'hash-wasm';
import { utf8, withSecret } from './bytes.ts';
import type { PasswordCost } from './password-cost.ts';

/** 32 bytes. A password is text in normal form C with every kind of blank as U+0020, in UTF-8 (RFC 8265, 4.2, but for its bans). */
export function stretchPassword(password: string, salt: Uint8Array, cost: PasswordCost): Promise<Uint8Array> {
	return withSecret(utf8(password.replace(/\p{Zs}/gu, ' ').normalize('NFC')), (bytes) =>
		argon2id({
			password: bytes,
			salt,
			memorySize: cost.memoryKiB,
			iterations: cost.passes,
			parallelism: cost.lanes,
			hashLength: 32,
			outputType: 'binary',
		}),
	);
}
