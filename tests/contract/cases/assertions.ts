/** Assertions of contract cases: no framework, so that they run in a page too. */
import { type ErrorName, OsError } from '#abi/errors.ts';

function show(value: unknown): string {
	const text = value instanceof Uint8Array ? `bytes [${value.subarray(0, 40).join(' ')}]` : JSON.stringify(value);
	return (text ?? String(value)).slice(0, 400);
}

export function ensure(condition: boolean, what: string): asserts condition {
	if (!condition) throw new Error(`expected ${what}`);
}

export function equal(actual: unknown, expected: unknown, what = 'value'): void {
	const same = typeof expected === 'object' ? show(actual) === show(expected) : Object.is(actual, expected);
	if (!same) throw new Error(`${what}: expected ${show(expected)}, got ${show(actual)}`);
}

export function equalBytes(actual: Uint8Array, expected: Uint8Array, what = 'bytes'): void {
	equal(actual.length, expected.length, `length of ${what}`);
	const at = actual.findIndex((byte, index) => byte !== expected[index]);
	if (at >= 0) throw new Error(`${what}: byte ${at} is ${actual[at]}, not ${expected[at]}`);
}

/** The call fails with exactly this error of the contract. */
export async function fails(code: ErrorName, call: Promise<unknown>, what = 'the call'): Promise<void> {
	try {
		await call;
	} catch (error) {
		if (error instanceof OsError && error.code === code) return;
		throw new Error(`${what}: expected ${code}, got ${error}`, { cause: error });
	}
	throw new Error(`${what}: expected ${code}, but it succeeded`);
}

export const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

export const text = (content: Uint8Array): string => new TextDecoder().decode(content);

/** Whether a promise is still pending after the system has answered another call. */
export async function isPending(promise: Promise<unknown>, roundTrip: () => Promise<unknown>): Promise<boolean> {
	let settled = false;
	const note = () => {
		settled = true;
	};
	promise.then(note, note);
	await roundTrip();
	await roundTrip();
	return !settled;
}

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}
