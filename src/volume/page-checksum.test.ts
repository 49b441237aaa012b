import assert from 'node:assert/strict';
import { it } from 'node:test';
import { SeededRandom } from '../../tests/crash/test-volume.ts';
import { checksumLength, mendSingleBit, readChecksum, sameChecksum, sumPage, writeChecksum } from './page-checksum.ts';

const length = 8184;

function randomPage(seed: number): Uint8Array {
	return new SeededRandom(seed).bytes(length);
}

it('every flipped bit of a page changes its sum and is mended', () => {
	const page = randomPage(1);
	const right = page.slice();
	const sum = sumPage(page, length, 7);
	for (let at = 0; at < length; at += 13) {
		for (let bit = 0; bit < 8; bit++) {
			page[at] = (page[at] as number) ^ (1 << bit);
			assert.ok(!sameChecksum(sumPage(page, length, 7), sum));
			assert.ok(mendSingleBit(page, length, 7, sum), `bit ${bit} of byte ${at}`);
			assert.deepEqual(page[at], right[at]);
		}
	}
	assert.deepEqual(page, right);
});

it('a flipped bit of the stored sum leaves the page as it is', () => {
	const page = randomPage(2);
	const right = page.slice();
	const { high, low } = sumPage(page, length, 3);
	for (let bit = 0; bit < 32; bit++) {
		assert.ok(mendSingleBit(page, length, 3, { high: high ^ (1 << bit), low }));
		assert.ok(mendSingleBit(page, length, 3, { high, low: low ^ (1 << bit) }));
	}
	assert.deepEqual(page, right);
});

it('other damage is found and left alone', () => {
	const random = new SeededRandom(3);
	for (let round = 0; round < 300; round++) {
		const page = randomPage(100 + round);
		const sum = sumPage(page, length, 5);
		const flips = 2 + random.below(6);
		const bits = new Set<number>();
		while (bits.size < flips) bits.add(random.below(length * 8));
		for (const bit of bits) page[bit >>> 3] = (page[bit >>> 3] as number) ^ (1 << (bit & 7));
		const damaged = page.slice();
		assert.ok(!sameChecksum(sumPage(page, length, 5), sum));
		assert.ok(!mendSingleBit(page, length, 5, sum));
		assert.deepEqual(page, damaged);
	}
});

it('a page of zeros, a shifted page and a page of another number do not fit', () => {
	const page = randomPage(4);
	const sum = sumPage(page, length, 9);
	assert.ok(!sameChecksum(sumPage(page, length, 10), sum));
	assert.notDeepEqual(sumPage(new Uint8Array(length), length, 9), { high: 0, low: 0 });
	page.copyWithin(8, 0);
	assert.ok(!sameChecksum(sumPage(page, length, 9), sum));
});

it('a sum comes back as it was stored, wherever the page stands in memory', () => {
	const memory = new Uint8Array(length + checksumLength + 1);
	memory.set(randomPage(5), 1);
	const page = memory.subarray(1);
	const sum = sumPage(page, length, 2);
	writeChecksum(sum, page, length);
	assert.deepEqual(readChecksum(page, length), sum);
	assert.deepEqual(sumPage(randomPage(5), length, 2), sum);
	page[17] = (page[17] as number) ^ 4;
	assert.ok(mendSingleBit(page, length, 2, sum));
	assert.deepEqual(sumPage(page, length, 2), sum);
});
