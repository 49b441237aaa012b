import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Edge, resizedBounds } from './geometry.ts';

const limits = { minimum: { width: 200, height: 100 }, area: { x: 0, y: 0, width: 1280, height: 672 } };
const start = { x: 100, y: 50, width: 600, height: 400 };
const resized = (edge: Edge, x: number, y: number, from = start) => {
	const { x: left, y: top, width, height } = resizedBounds(from, edge, { x, y }, limits);
	return [left, top, left + width, top + height];
};

test('each edge and corner moves only its own sides', () => {
	assert.deepEqual(resized('n', 7, -20), [100, 30, 700, 450]);
	assert.deepEqual(resized('se', 30, 40), [100, 50, 730, 490]);
	assert.deepEqual(resized('sw', 30, 40), [130, 50, 700, 490]);
	assert.deepEqual(resized('nw', -30, -40), [70, 10, 700, 450]);
});

test('no edge goes over the opposite one, nor out of the screen', () => {
	assert.deepEqual(resized('nw', 5_000, 5_000), [500, 350, 700, 450]);
	assert.deepEqual(resized('se', -5_000, -5_000), [100, 50, 300, 150]);
	assert.deepEqual(resized('nw', -5_000, -5_000), [0, 0, 700, 450]);
	assert.deepEqual(resized('se', 5_000, 5_000), [100, 50, 1280, 672]);
});

test('a window that hangs over an edge is not pulled in by a resize at another one', () => {
	const hanging = { x: -200, y: 400, width: 600, height: 400 };
	assert.deepEqual(resized('e', 50, 0, hanging), [-200, 400, 450, 800]);
	assert.deepEqual(resized('w', -50, 0, hanging), [-200, 400, 400, 800]);
});
