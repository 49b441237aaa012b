import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseMutation, type Region, shares } from './mutation.ts';

const regions: Region[] = shares.map(([kind], index) => ({ kind, file: `/${kind}`, start: index * 1000, length: 10 }));

test('A hundred images are changed in every kind of place, as often as the shares say', () => {
	const counts = new Map<string, number>();
	for (let index = 0; index < 100; index++) {
		const { region, place, change } = chooseMutation(regions, 7, index);
		counts.set(region.kind, (counts.get(region.kind) ?? 0) + 1);
		assert.ok(place >= region.start && place < region.start + region.length);
		assert.ok(change > 0 && change < 256);
	}
	assert.deepEqual(
		[...shares].map(([kind]) => counts.get(kind)),
		shares.map(([, share]) => share),
	);
});

test('The same seed changes the same byte', () => {
	assert.deepEqual(chooseMutation(regions, 7, 3), chooseMutation(regions, 7, 3));
	assert.notDeepEqual(chooseMutation(regions, 8, 3), chooseMutation(regions, 7, 3));
});
