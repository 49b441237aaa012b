/** Versions grow fewer with their age, and what was kept once stays until its turn. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { findSuperfluous } from './version-ladder.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const year = 365 * day;
const now = 1_800_000_000_000;

const keptAt = (...ages: number[]): { kept: number }[] => ages.map((age) => ({ kept: now - age }));

it('of versions that are seconds apart the newest of each minute stays', () => {
	const start = now - (now % minute) + 30_000;
	const versions = [20_000, 10_000, 0, -40_000].map((after) => ({ kept: start + after - minute }));
	assert.deepEqual(findSuperfluous(versions, start, year), versions.slice(1, 3));
});

it('of the last day one an hour stays, of the last month one a day, then one a week', () => {
	const every = (span: number, from: number, to: number): { kept: number }[] =>
		keptAt(...Array.from({ length: Math.floor((to - from) / span) }, (_, index) => from + index * span));
	const left = (versions: { kept: number }[]): number => versions.length - findSuperfluous(versions, now, year).length;
	assert.ok(Math.abs(left(every(minute, 2 * 60 * minute, 12 * 60 * minute)) - 10) <= 1);
	assert.ok(Math.abs(left(every(60 * minute, 2 * day, 22 * day)) - 20) <= 1);
	assert.ok(Math.abs(left(every(6 * 60 * minute, 60 * day, 130 * day)) - 10) <= 1);
});

it('what is too old goes, however alone it is', () => {
	const versions = keptAt(day, 400 * day);
	assert.deepEqual(findSuperfluous(versions, now, year), versions.slice(1));
});

it('thinning what was thinned takes nothing more, and no gap grows beyond a span by thinning often', () => {
	let versions: { kept: number }[] = [];
	for (let time = now; time < now + 3 * day; time += 7 * minute) {
		versions.unshift({ kept: time });
		const doomed = new Set(findSuperfluous(versions, time, year));
		versions = versions.filter((version) => !doomed.has(version));
		assert.deepEqual(findSuperfluous(versions, time, year), []);
	}
	const gaps = versions.slice(1).map(({ kept }, index) => (versions[index]?.kept ?? 0) - kept);
	assert.ok(Math.max(...gaps) <= 2 * day);
	assert.ok(versions.length < 60);
});
