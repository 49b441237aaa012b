import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { cardAddress, countSent } from './packets.ts';

const header = Buffer.alloc(24);
header.writeUInt32LE(0xa1b2c3d4);

function packet(from: string, bytes = 60): Buffer {
	const made = Buffer.alloc(16 + bytes);
	made.writeUInt32LE(bytes, 8);
	Buffer.from(from.replaceAll(':', ''), 'hex').copy(made, 16 + 6);
	return made;
}

const router = '52:56:00:00:00:02';

suite('Packets on the wire of a virtual PC', () => {
	test('of its own card are counted, those of others are not', () => {
		assert.equal(countSent(header), 0);
		assert.equal(countSent(Buffer.concat([header, packet(router, 110)])), 0);
		assert.equal(countSent(Buffer.concat([header, packet(router), packet(cardAddress), packet(cardAddress, 342)])), 2);
	});

	test('that were not written to their end count', () => {
		const whole = Buffer.concat([header, packet(router), packet(cardAddress)]);
		assert.equal(countSent(whole.subarray(0, whole.length - 56)), 1);
		assert.equal(countSent(whole.subarray(0, whole.length - 70)), 1);
	});

	test('A file that is no recording is none without packets', () => {
		assert.throws(() => countSent(Buffer.alloc(0)));
		assert.throws(() => countSent(Buffer.alloc(24)));
	});
});
