/**
 * Argon2id (RFC 9106) of a password: what makes a guess dear.
 *
 * Rules of use: parameters that come from a file are checked by `areBearable` before anything is computed.
 */
import { argon2id } from 'hash-wasm';
import { utf8, withSecret } from './bytes.ts';

export interface PasswordCost {
	readonly memoryKiB: number;
	readonly passes: number;
	readonly lanes: number;
}

/** The second choice of RFC 9106 (section 4): 64 MiB, three passes; one lane, for there is one thread. */
export const passwordCost: PasswordCost = { memoryKiB: 64 * 1024, passes: 3, lanes: 1 };

const mostMemoryKiB = 1024 * 1024;
const mostPasses = 10;
const mostLanes = 4;
/** Memory times passes: some ten seconds. */
const mostWorkKiB = 4 * 1024 * 1024;

/** Whether a slot of a changed volume cannot make this computer compute for long, or run out of memory. */
export function areBearable({ memoryKiB, passes, lanes }: PasswordCost): boolean {
	const areInRange = passes >= 1 && passes <= mostPasses && lanes >= 1 && lanes <= mostLanes;
	return areInRange && memoryKiB >= 8 * lanes && memoryKiB <= mostMemoryKiB && memoryKiB * passes <= mostWorkKiB;
}

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
