import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FrameTimes } from './frame-times.ts';

function feed(times: FrameTimes, frameMs: number, count: number, start = 0): boolean {
	let slow = false;
	for (let frame = 0; frame <= count; frame++) slow = times.add(start + frame * frameMs) || slow;
	return slow;
}

test('sixty frames a second are never too slow', () => {
	assert.equal(feed(new FrameTimes(24, 1000), 16.7, 600), false);
});

test('a second of slow frames is too slow, half a second is not yet', () => {
	assert.equal(feed(new FrameTimes(24, 1000), 40, 12), false);
	assert.equal(feed(new FrameTimes(24, 1000), 40, 26), true);
});

test('a few long frames among quick ones do not count', () => {
	const times = new FrameTimes(24, 1000);
	let now = 0;
	let slow = false;
	for (let frame = 0; frame < 120; frame++) {
		now += frame % 6 === 0 ? 90 : 16;
		slow = times.add(now) || slow;
	}
	assert.equal(slow, false);
});

test('standing still is no frame', () => {
	const times = new FrameTimes(24, 1000);
	times.add(0);
	times.rest();
	assert.equal(times.add(400), false);
	assert.equal(feed(times, 16.7, 200, 5_000), false);
});
