import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { HealthyMinute } from './healthy-minute.ts';

suite('The healthy minute', () => {
	function count(afterMs: number) {
		const counted = { times: 0 };
		return { counted, minute: new HealthyMinute(async () => void counted.times++, afterMs) };
	}

	test('A screen that stands is healthy, once', async () => {
		const { counted, minute } = count(1);
		// The waiting itself keeps nothing alive.
		const alive = setInterval(() => undefined, 1000);
		await minute.noteReady();
		minute.noteStart();
		await minute.noteReady();
		clearInterval(alive);
		assert.equal(counted.times, 1);
	});

	test('A desktop that comes up again and again is not', async () => {
		const { counted, minute } = count(60_000);
		for (let number = 0; number < 5; number++) {
			const over = minute.noteReady();
			minute.noteStart();
			await over;
		}
		assert.equal(counted.times, 0);
	});
});
