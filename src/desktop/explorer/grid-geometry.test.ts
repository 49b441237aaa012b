import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GridGeometry } from './grid-geometry.ts';

const icons = new GridGeometry({ count: 10, width: 320, cellWidth: 100, cellHeight: 50 });
const details = new GridGeometry({ count: 100_000, width: 600, cellWidth: 0, cellHeight: 24 });

test('icons fill rows, details take the whole width', () => {
	assert.deepEqual([icons.columns, icons.rows, icons.height], [3, 4, 200]);
	assert.deepEqual([details.columns, details.rows, details.height], [1, 100_000, 2_400_000]);
	assert.deepEqual(details.rectangleOf(2), { left: 0, top: 48, right: 600, bottom: 72 });
});

test('only rows in view are drawn', () => {
	assert.deepEqual(details.rowsInView(24_000, 240, 2), { start: 998, end: 1012 });
	assert.deepEqual(details.rowsInView(0, 240, 2), { start: 0, end: 12 });
	assert.deepEqual(icons.rowsInView(5000, 100, 1), { start: 4, end: 4 });
});

test('a rectangle finds the items it touches', () => {
	assert.deepEqual([...icons.indicesIn({ left: 110, top: 10, right: 230, bottom: 60 })], [1, 2, 4, 5]);
	assert.deepEqual([...icons.indicesIn({ left: 0, top: 190, right: 320, bottom: 400 })], [9]);
});

test('arrows, pages and ends move the focus and stop at the edges', () => {
	assert.equal(icons.step('ArrowDown', 1, 2), 4);
	assert.equal(icons.step('ArrowDown', 7, 2), 9);
	assert.equal(icons.step('ArrowDown', 9, 2), 9);
	assert.equal(icons.step('ArrowUp', 1, 2), 1);
	assert.equal(icons.step('ArrowRight', 2, 2), 3);
	assert.equal(icons.step('PageUp', 7, 2), 1);
	assert.equal(icons.step('PageUp', 4, 2), 1);
	assert.equal(icons.step('PageDown', 1, 2), 7);
	assert.equal(icons.step('End', 0, 2), 9);
	assert.equal(icons.step('Home', 9, 2), 0);
	assert.equal(icons.step('End', -1, 2), 9);
	assert.equal(icons.step('ArrowDown', -1, 2), 0);
	assert.equal(details.step('ArrowRight', 5, 2), undefined);
	assert.equal(icons.step('a', 5, 2), undefined);
});

test('scrolling brings an item into view by the shortest way', () => {
	assert.equal(details.scrollTopFor(0, 100, 240), 0);
	assert.equal(details.scrollTopFor(50, 0, 240), 984);
	assert.equal(details.scrollTopFor(5, 0, 240), 0);
});
