/**
 * The 64-bit checksum of a page, started from the page's number, so that a page at another page's place does not fit.
 *
 * Two independent 32-bit hashes, each of two lanes: even words of the page go to lane 0, odd words to lane 1.
 *
 *     high: lane = rotate(multiply(lane ^ word, 0x9e3779b1), 13)
 *     low:  lane = multiply(rotate(lane + word, 15), 0x85ebca77)        (32-bit little-endian words, modulo 2^32)
 *
 * Every step is a bijection of the lane, so any change of one word changes both hashes for certain; other damage
 * passes with a chance of 2^-64. That leaves room to mend the commonest rot: one flipped bit is found and undone
 * (`mendSingleBit`), and a wrong mend would need a collision among 2^16 candidates out of 2^64.
 */

/** Bytes of a stored checksum: `high` then `low`, little-endian. */
export const checksumLength = 8;

export interface PageChecksum {
	readonly high: number;
	readonly low: number;
}

const highFactor = 0x9e3779b1;
const lowFactor = 0x85ebca77;
const highInverse = inverseOf(highFactor);

/** Sums `length` bytes (a multiple of 8) from the start of `bytes`, as the page `number`. */
export function sumPage(bytes: Uint8Array, length: number, number: number): PageChecksum {
	const words = wordsOf(bytes, length);
	let high0 = scramble(number ^ 0x56495452);
	let high1 = scramble(number ^ 0x494e4531);
	let low0 = scramble(number ^ 0x766f6c75);
	let low1 = scramble(number ^ 0x6d652e31);
	for (let at = 0; at < words.length; at += 2) {
		const even = words[at] as number;
		const odd = words[at + 1] as number;
		const product0 = Math.imul(high0 ^ even, highFactor);
		const product1 = Math.imul(high1 ^ odd, highFactor);
		const sum0 = (low0 + even) | 0;
		const sum1 = (low1 + odd) | 0;
		high0 = (product0 << 13) | (product0 >>> 19);
		high1 = (product1 << 13) | (product1 >>> 19);
		low0 = Math.imul((sum0 << 15) | (sum0 >>> 17), lowFactor);
		low1 = Math.imul((sum1 << 15) | (sum1 >>> 17), lowFactor);
	}
	return { high: scramble(scramble(high0) ^ high1), low: scramble(scramble(low0) + low1) };
}

export function sameChecksum(a: PageChecksum, b: PageChecksum): boolean {
	return a.high === b.high && a.low === b.low;
}

export function writeChecksum(checksum: PageChecksum, into: Uint8Array, at: number): void {
	writeWord(into, at, checksum.high);
	writeWord(into, at + 4, checksum.low);
}

export function readChecksum(from: Uint8Array, at: number): PageChecksum {
	return { high: readWord(from, at), low: readWord(from, at + 4) };
}

/**
 * Mends `bytes` in place when one flipped bit, in them or in the stored checksum `expected`, explains why they do
 * not fit. Returns whether the bytes are right now.
 */
export function mendSingleBit(bytes: Uint8Array, length: number, number: number, expected: PageChecksum): boolean {
	const actual = sumPage(bytes, length, number);
	if (countBits(actual.high ^ expected.high) + countBits(actual.low ^ expected.low) <= 1) return true;
	return (
		mendLane(bytes, { length, number, lane: 0 }, expected) || mendLane(bytes, { length, number, lane: 1 }, expected)
	);
}

/**
 * If the damage is in one lane, the other lane's end and the expected sum give the end that this lane should have. From
 * there the steps are undone backwards: at each word that tells the only word which would lead to that end.
 */
function mendLane(
	bytes: Uint8Array,
	page: { length: number; number: number; lane: 0 | 1 },
	expected: PageChecksum,
): boolean {
	const words = wordsOf(bytes, page.length);
	const own = laneStates(words, page.number, page.lane);
	const other = laneStates(words, page.number, page.lane === 0 ? 1 : 0).at(-1) as number;
	const joined = unscramble(expected.high);
	let end = page.lane === 0 ? unscramble(joined ^ other) : joined ^ scramble(other);
	for (let step = own.length - 2; step >= 0; step--) {
		const at = step * 2 + page.lane;
		const word = words[at] as number;
		const undone = Math.imul((end >>> 13) | (end << 19), highInverse);
		const right = undone ^ (own[step] as number);
		if (countBits(word ^ right) === 1) {
			flip(bytes, at * 4, word ^ right);
			if (sameChecksum(sumPage(bytes, page.length, page.number), expected)) return true;
			flip(bytes, at * 4, word ^ right);
		}
		end = undone ^ word;
	}
	return false;
}

/** The states of a lane of the high hash: before each of its words, and at the end. */
function laneStates(words: Int32Array, number: number, lane: 0 | 1): Int32Array {
	const states = new Int32Array(words.length / 2 + 1);
	let state = scramble(number ^ (lane === 0 ? 0x56495452 : 0x494e4531));
	for (let step = 0; step < states.length; step++) {
		states[step] = state;
		const product = Math.imul(state ^ (words[step * 2 + lane] as number), highFactor);
		state = (product << 13) | (product >>> 19);
	}
	return states;
}

function flip(bytes: Uint8Array, at: number, bits: number): void {
	for (let byte = 0; byte < 4; byte++) bytes[at + byte] = (bytes[at + byte] as number) ^ (bits >>> (byte * 8));
}

function wordsOf(bytes: Uint8Array, length: number): Int32Array {
	if (bytes.byteOffset % 4 === 0) return new Int32Array(bytes.buffer, bytes.byteOffset, length >>> 2);
	return new Int32Array(bytes.slice(0, length).buffer);
}

/** A bijection of 32 bits that spreads every bit over all (the finaliser of MurmurHash3). */
function scramble(value: number): number {
	let mixed = value;
	mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
	mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
	return mixed ^ (mixed >>> 16);
}

/** The inverse of `scramble`. */
function unscramble(value: number): number {
	let mixed = value ^ (value >>> 16);
	mixed = Math.imul(mixed, inverseOf(0xc2b2ae35));
	mixed ^= (mixed >>> 13) ^ (mixed >>> 26);
	mixed = Math.imul(mixed, inverseOf(0x85ebca6b));
	return mixed ^ (mixed >>> 16);
}

/** The number whose product with an odd `factor` is 1 modulo 2^32: each round of Newton's doubles the right bits. */
function inverseOf(factor: number): number {
	let inverse = factor;
	for (let round = 0; round < 4; round++) inverse = Math.imul(inverse, 2 - Math.imul(factor, inverse));
	return inverse;
}

function countBits(value: number): number {
	let rest = value;
	let count = 0;
	while (rest !== 0) {
		rest &= rest - 1;
		count++;
	}
	return count;
}

function writeWord(into: Uint8Array, at: number, value: number): void {
	into[at] = value;
	into[at + 1] = value >>> 8;
	into[at + 2] = value >>> 16;
	into[at + 3] = value >>> 24;
}

function readWord(from: Uint8Array, at: number): number {
	const byte = (index: number): number => from[at + index] as number;
	return byte(0) | (byte(1) << 8) | (byte(2) << 16) | (byte(3) << 24);
}
