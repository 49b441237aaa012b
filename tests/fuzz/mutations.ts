/** Damage to a valid file, as torn downloads, bad disks and hostile people do it. */
import type { SeededRandom } from './random.ts';

type Mutation = (bytes: Uint8Array<ArrayBufferLike>, random: SeededRandom) => Uint8Array<ArrayBufferLike>;

const interesting = [0, 1, 0x7f, 0x80, 0xff, 0xfe];

const tries = 12;

/** Damage goes to where something stands: the structures of an image are small islands in a sea of zeros. */
function place(bytes: Uint8Array, random: SeededRandom): number {
	let at = random.below(Math.max(1, bytes.length));
	for (let count = 0; count < tries && (bytes[at] ?? 0) === 0; count++) {
		at = random.below(Math.max(1, count % 2 === 0 ? Math.min(bytes.length, 48 * 1024) : bytes.length));
	}
	return at;
}

const mutations: readonly Mutation[] = [
	(bytes, random) => {
		for (let count = 1 + random.below(8); count > 0; count--) bytes[place(bytes, random)] = random.below(256);
		return bytes;
	},
	(bytes, random) => {
		for (let count = 1 + random.below(4); count > 0; count--) bytes[place(bytes, random)] = random.pick(interesting);
		return bytes;
	},
	(bytes, random) => {
		const at = place(bytes, random);
		bytes.fill(random.pick(interesting), at, at + 1 + random.below(64));
		return bytes;
	},
	(bytes, random) => {
		const at = place(bytes, random);
		bytes.copyWithin(place(bytes, random), at, at + 1 + random.below(256));
		return bytes;
	},
	(bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
	(bytes, random) => {
		// A whole number of 32 bits, where offsets and sizes stand: very large, or pointing back.
		const at = Math.min(place(bytes, random), Math.max(0, bytes.length - 4)) & ~1;
		if (bytes.length < 4) return bytes;
		const value = random.pick([0, 1, 20, 0x7fffffff, 0x80000000, 0xffffffff, bytes.length, bytes.length - 1]);
		new DataView(bytes.buffer, bytes.byteOffset, bytes.length).setUint32(at, value, true);
		return bytes;
	},
];

/** A damaged copy of `bytes`. */
export function damage(bytes: Uint8Array, random: SeededRandom): Uint8Array {
	let damaged: Uint8Array = bytes.slice();
	for (let count = 1 + random.below(3); count > 0; count--) damaged = random.pick(mutations)(damaged, random);
	return damaged;
}
