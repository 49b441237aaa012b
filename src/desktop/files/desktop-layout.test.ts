import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gridOf, layOut, moveCells, neighbourOf } from './desktop-layout.ts';

const grid = gridOf(300, 210, { width: 100, height: 100 });

test('icons fill columns from the left, and remembered ones keep their cells', () => {
	assert.deepEqual(grid, { columns: 3, rows: 2 });
	const cells = layOut(['a', 'b', 'c'], { b: { column: 2, row: 1 } }, grid);
	assert.deepEqual(Object.fromEntries(cells), {
		b: { column: 2, row: 1 },
		a: { column: 0, row: 0 },
		c: { column: 0, row: 1 },
	});
});

test('a smaller screen moves icons in, a larger one gives them their cells back', () => {
	const remembered = { a: { column: 2, row: 1 } };
	assert.deepEqual(layOut(['a'], remembered, { columns: 1, rows: 1 }).get('a'), { column: 0, row: 0 });
	assert.deepEqual(layOut(['a'], remembered, grid).get('a'), { column: 2, row: 1 });
});

test('two icons never share a cell', () => {
	const same = { column: 0, row: 0 };
	const cells = layOut(['a', 'b', 'c'], { a: same, b: same }, grid);
	assert.equal(new Set([...cells.values()].map(({ column, row }) => `${column} ${row}`)).size, 3);
});

test('arrows go to the nearest icon in their direction', () => {
	const cells = layOut(['a', 'b', 'c', 'd'], {}, grid);
	assert.equal(neighbourOf(cells, 'a', 'ArrowDown'), 'b');
	assert.equal(neighbourOf(cells, 'a', 'ArrowRight'), 'c');
	assert.equal(neighbourOf(cells, 'd', 'ArrowLeft'), 'b');
	assert.equal(neighbourOf(cells, 'a', 'ArrowUp'), undefined);
});

test('icons dragged together keep their distance, and step aside for those that stay', () => {
	const cells = layOut(['a', 'b', 'c'], {}, grid);
	const moved = moveCells(cells, ['a', 'b'], { columns: 2, rows: 0 }, grid);
	assert.deepEqual(moved, { c: { column: 1, row: 0 }, a: { column: 2, row: 0 }, b: { column: 2, row: 1 } });
	const pushed = moveCells(cells, ['a'], { columns: 1, rows: 0 }, grid);
	assert.notDeepEqual(pushed.a, pushed.c);
});
