import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Clock } from '#base/ports.ts';
import { Watchdog } from './watchdog.ts';

/** A clock that jumps to the next thing that somebody waits for. */
class JumpingClock implements Clock {
	time = 0;
	readonly pauses: number[] = [];

	now(): number {
		return this.time;
	}

	monotonic(): number {
		return this.time;
	}

	after(delayMs: number, callback: () => void): () => void {
		this.pauses.push(delayMs);
		queueMicrotask(() => {
			this.time += delayMs;
			callback();
		});
		return () => undefined;
	}
}

/** Runs that last as long as `lengths` say; those below zero fail after as long. What the watchdog said after each. */
async function watch(lengths: readonly number[]) {
	const clock = new JumpingClock();
	const said: string[] = [];
	let starts = 0;
	const watchdog: Watchdog = new Watchdog(async () => {
		const length = lengths[starts++] ?? 0;
		if (starts === lengths.length) watchdog.dispose();
		clock.time += Math.abs(length);
		if (length < 0) throw new Error('it crashed');
	}, clock);
	watchdog.subscribe(() => said.push(watchdog.state.kind));
	await watchdog.begin();
	return { pauses: clock.pauses, said: said.filter((kind) => kind !== 'running'), starts };
}

suite('The watchdog of an appliance', () => {
	test('Waits longer each time that it ends at once, and says so from the fourth time on', async () => {
		const { pauses, said, starts } = await watch([5, 5, -5, 5, 5, 5, 5, 5, 5]);
		assert.deepEqual(pauses, [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
		assert.deepEqual(said.slice(0, 4), ['pausing', 'pausing', 'pausing', 'troubled']);
		assert.equal(starts, 9);
	});

	test('A long run is forgiven everything before it', async () => {
		const { pauses } = await watch([5, 5, 5, 90_000, 5, 5]);
		assert.deepEqual(pauses, [1000, 2000, 4000, 1000, 1000]);
	});
});
