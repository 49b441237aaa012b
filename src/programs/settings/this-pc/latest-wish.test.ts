import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LatestWish } from './latest-wish.ts';

test('Of the wishes that come while one is fulfilled only the newest is', async () => {
	const begun: number[] = [];
	let end = Promise.withResolvers<void>();
	const latest = new LatestWish<number>((wish) => {
		begun.push(wish);
		return end.promise;
	});
	for (const wish of [1, 2, 3]) latest.send(wish);
	const first = end;
	end = Promise.withResolvers<void>();
	first.resolve();
	await first.promise;
	await Promise.resolve();
	assert.deepEqual(begun, [1, 3]);
	end.resolve();
	await end.promise;
	await Promise.resolve();
	latest.send(4);
	assert.deepEqual(begun, [1, 3, 4]);
});
