import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { formatMeasurement, measureRounds, median, meetsTarget } from './measurement.ts';

suite('A measurement', () => {
	test('is judged by its median, not by its best or worst round', () => {
		assert.equal(median([900, 1, 2, 3, 4]), 3);
		assert.equal(median([4, 1, 3, 2]), 2.5);
		assert.throws(() => median([]));
	});

	test('meets its target on the right side of it', () => {
		const base = { title: 'a', unit: 'ms', samples: [10, 20, 30] };
		assert.equal(meetsTarget({ ...base, target: { most: 20 } }), true);
		assert.equal(meetsTarget({ ...base, target: { most: 19 } }), false);
		assert.equal(meetsTarget({ ...base, target: { least: 20 } }), true);
		assert.equal(meetsTarget({ ...base, target: { least: 21 } }), false);
		assert.equal(meetsTarget(base), undefined);
	});

	test('says when its target is missed', () => {
		const line = formatMeasurement({
			title: 'First paint',
			unit: 'ms',
			samples: [160, 170, 180],
			target: { most: 150 },
		});
		assert.match(line, /First paint +170 ms +\(160–180\) +≤ 150 +NOT MET$/);
	});

	test('has a sample for every round', async () => {
		const context = { rounds: 3, record: false, say: () => {} };
		const samples = await measureRounds(context, async (round) => ({ twice: round * 2 }));
		assert.deepEqual([...samples], [['twice', [0, 2, 4]]]);
	});
});
