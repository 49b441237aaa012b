import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { makeRealtime } from './guest-host.ts';

suite('The time of day that a program is told', () => {
	let [wallMs, steadyMs] = [Date.UTC(2026, 10, 1), 5_000];
	const realtime = makeRealtime(
		() => Math.floor(wallMs),
		() => steadyMs,
	);
	const milliseconds = () => Number(realtime() / 1000n) / 1000;
	const pass = (ms: number) => {
		wallMs += ms;
		steadyMs += ms;
	};

	test('is finer than the clock of whole milliseconds', () => {
		const before = milliseconds();
		pass(0.25);
		assert.ok(Math.abs(milliseconds() - before - 0.25) < 0.002);
	});

	test('follows when the clock is set, in both directions', () => {
		for (const set of [Date.UTC(2031, 4, 6), Date.UTC(1998, 0, 1)]) {
			wallMs = set;
			assert.ok(Math.abs(milliseconds() - set) < 2);
			pass(1_500);
			assert.ok(Math.abs(milliseconds() - set - 1_500) < 2);
		}
	});

	test('stays with a clock that is slowly put right', () => {
		for (let seconds = 0; seconds < 1000; seconds++) {
			pass(1_000);
			wallMs += 0.5;
		}
		assert.ok(Math.abs(milliseconds() - wallMs) <= 2);
	});
});
