/**
 * Argon2id of hash-wasm against RFC 9106.
 *
 * The vector of RFC 9106, 5.3, has associated data, which hash-wasm does not take. So a second implementation is held
 * to that vector, and hash-wasm to the second; and hash-wasm by itself to vectors of the reference implementation
 * (phc-winner-argon2, `src/test.c`, CC0-1.0).
 */
import { argon2id as secondArgon2id } from '@noble/hashes/argon2.js';
import { argon2id } from 'hash-wasm';
import { passwordCost } from '#vault/worker/password-cost.ts';
import { stretchPassword } from '#vault/worker/stretch-password.ts';
import { judge, toHex, type VectorReport, type Verdict } from './vector-report.ts';

interface Argon2Vector {
	readonly password: string;
	readonly salt: string;
	readonly memoryKiB: number;
	readonly passes: number;
	readonly lanes: number;
	/** Of the reference implementation; that of the second where absent. */
	readonly hash?: string;
}

const usual = { password: 'password', salt: 'somesalt', lanes: 1 };
const vectors: readonly Argon2Vector[] = [
	{
		...usual,
		memoryKiB: 65_536,
		passes: 2,
		hash: '09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7',
	},
	{
		...usual,
		memoryKiB: 256,
		passes: 2,
		hash: '9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe',
	},
	{ ...usual, memoryKiB: 8, passes: 1 },
	{ ...usual, memoryKiB: 64, passes: 3, lanes: 4 },
	{ ...usual, password: 'Füße', salt: 'sixteen bytes ..', memoryKiB: 512, passes: 3 },
	{ ...usual, password: 'x'.repeat(300), memoryKiB: 100, passes: 10 },
];

const text = (words: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(words);

export async function checkArgon2(): Promise<readonly VectorReport[]> {
	return [
		await judge('RFC 9106, 5.3, by the second implementation', [undefined], checkSecond),
		await judge('Argon2id, by hash-wasm', vectors, checkFirst),
		await judge('Argon2id, as a password is stretched', [vectors[0]], checkStretching),
	];
}

async function checkSecond(): Promise<Verdict> {
	const hash = secondArgon2id(new Uint8Array(32).fill(1), new Uint8Array(16).fill(2), {
		t: 3,
		m: 32,
		p: 4,
		key: new Uint8Array(8).fill(3),
		personalization: new Uint8Array(12).fill(4),
		dkLen: 32,
	});
	const expected = '0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659';
	return toHex(hash) === expected ? undefined : `came out as ${toHex(hash)}`;
}

async function checkFirst({ password, salt, memoryKiB, passes, lanes, hash }: Argon2Vector): Promise<Verdict> {
	const expected =
		hash ?? toHex(secondArgon2id(text(password), text(salt), { t: passes, m: memoryKiB, p: lanes, dkLen: 32 }));
	const is = await argon2id({
		password: text(password),
		salt: text(salt),
		memorySize: memoryKiB,
		iterations: passes,
		parallelism: lanes,
		hashLength: 32,
	});
	return is === expected ? undefined : `${memoryKiB} KiB, ${passes} passes: ${is} instead of ${expected}`;
}

async function checkStretching(): Promise<Verdict> {
	const { memoryKiB, passes, lanes } = passwordCost;
	if (memoryKiB !== 65_536 || passes !== 3 || lanes !== 1) return 'the cost of a password is another';
	const cost = { memoryKiB: 65_536, passes: 2, lanes: 1 };
	const hash = toHex(await stretchPassword('password', text('somesalt'), cost));
	return hash === vectors[0]?.hash ? undefined : `came out as ${hash}`;
}
