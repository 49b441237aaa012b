import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Selection } from './selection.ts';

const plain = { toggle: false, extend: false };
const toggle = { toggle: true, extend: false };
const extend = { toggle: false, extend: true };
const both = { toggle: true, extend: true };

function selectionOf(...keys: string[]): Selection {
	const selection = new Selection();
	selection.setKeys(keys);
	return selection;
}

test('a click selects one, Ctrl turns one over, Shift extends from the anchor, both add a range', () => {
	const selection = selectionOf('a', 'b', 'c', 'd', 'e', 'f');
	selection.choose(1, plain);
	assert.deepEqual(selection.selectedKeys, ['b']);
	selection.choose(3, extend);
	assert.deepEqual(selection.selectedKeys, ['b', 'c', 'd']);
	selection.choose(0, extend);
	assert.deepEqual(selection.selectedKeys, ['a', 'b']);
	selection.choose(4, toggle);
	selection.choose(5, both);
	assert.deepEqual(selection.selectedKeys, ['a', 'b', 'e', 'f']);
	selection.choose(4, toggle);
	assert.deepEqual(selection.selectedKeys, ['a', 'b', 'f']);
});

test('inverting and selecting all follow the list', () => {
	const selection = selectionOf('a', 'b', 'c');
	selection.choose(1, plain);
	selection.invert();
	assert.deepEqual(selection.selectedKeys, ['a', 'c']);
	selection.selectAll();
	assert.equal(selection.count, 3);
});

test('what leaves the list is no longer selected, and the focus stays near', () => {
	const selection = selectionOf('a', 'b', 'c');
	selection.choose(1, plain);
	selection.setKeys(['a', 'c', 'd']);
	assert.deepEqual(selection.selectedKeys, []);
	assert.equal(selection.focus, 'c');
	selection.setKeys([]);
	assert.equal(selection.focus, undefined);
});

test('sorting keeps the selection', () => {
	const selection = selectionOf('a', 'b', 'c');
	selection.choose(0, plain);
	selection.choose(1, extend);
	selection.setKeys(['c', 'b', 'a']);
	assert.deepEqual(selection.selectedKeys, ['b', 'a']);
});

test('typing finds words, repeats a letter and wraps', () => {
	const selection = selectionOf('alpha', 'beta', 'bolt', 'bond', 'zeta');
	assert.equal(selection.type('b', 0), true);
	assert.equal(selection.focus, 'beta');
	selection.type('o', 100);
	assert.equal(selection.focus, 'bolt');
	selection.type('n', 200);
	assert.equal(selection.focus, 'bond');
	selection.type('b', 5000);
	assert.equal(selection.focus, 'beta');
	selection.type('b', 5100);
	assert.equal(selection.focus, 'bolt');
	selection.type('b', 5200);
	selection.type('b', 5300);
	assert.equal(selection.focus, 'beta');
	assert.equal(selection.type('q', 9000), false);
});

test('a rubber band replaces, adds with Shift, and turns over with Ctrl', () => {
	const selection = selectionOf('a', 'b', 'c', 'd');
	const base = new Set(['a', 'b']);
	selection.band([1, 2], base, plain);
	assert.deepEqual(selection.selectedKeys, ['b', 'c']);
	selection.band([1, 2], base, extend);
	assert.deepEqual(selection.selectedKeys, ['a', 'b', 'c']);
	selection.band([1, 2], base, toggle);
	assert.deepEqual(selection.selectedKeys, ['a', 'c']);
});

test('what was typed in one folder is forgotten in the next', () => {
	const selection = selectionOf('beta', 'bolt');
	selection.type('b', 0);
	selection.setKeys([]);
	selection.setKeys(['alpha', 'ball', 'olive']);
	assert.equal(selection.type('o', 100), true);
	assert.equal(selection.focus, 'olive');
});
