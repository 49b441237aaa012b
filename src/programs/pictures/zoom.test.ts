import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitScale, keepPoint, stepZoom, turnedSize } from './zoom.ts';

test('Fitting shrinks what is too large and never enlarges', () => {
	assert.equal(fitScale({ width: 2000, height: 1000 }, { width: 500, height: 500 }), 0.25);
	assert.equal(fitScale({ width: 10, height: 10 }, { width: 500, height: 500 }), 1);
});

test('Steps lead in and out, and stop at the ends', () => {
	assert.equal(stepZoom(1, 1), 1.5);
	assert.equal(stepZoom(1, -1), 0.67);
	assert.equal(stepZoom(0.4, 1), 0.5);
	assert.equal(stepZoom(32, 1), 32);
	assert.equal(stepZoom(0.05, -1), 0.05);
});

test('A quarter turn changes width and height', () => {
	assert.deepEqual(turnedSize({ width: 3, height: 2 }, 1), { width: 2, height: 3 });
	assert.deepEqual(turnedSize({ width: 3, height: 2 }, 2), { width: 3, height: 2 });
});

test('The point under the pointer stays under it', () => {
	assert.equal(keepPoint(100, 50, 2), 250);
	assert.equal((250 + 50) / 2, 100 + 50);
});
