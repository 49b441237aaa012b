import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FileEntry } from './file-entry.ts';
import { comparisonOf, freeName } from './name-order.ts';

function entry(name: string, parts: Partial<FileEntry> = {}): FileEntry {
	return { name, kind: 'file', size: 0, modifiedTime: 0, attributes: 0, ...parts };
}

test('names sort by their numbers, folders first in both directions', () => {
	const entries = [entry('file 10'), entry('file 9'), entry('x', { kind: 'directory' }), entry('File 9')];
	const names = (descending: boolean) =>
		entries.toSorted(comparisonOf({ column: 'name', descending })).map(({ name }) => name);
	assert.equal(names(false)[0], 'x');
	assert.equal(names(false).at(-1), 'file 10');
	assert.deepEqual(names(true).slice(0, 2), ['x', 'file 10']);
});

test('equal sizes, dates and types fall back to the name', () => {
	const entries = [entry('b.txt', { size: 3 }), entry('a.exe', { size: 3 }), entry('c.txt', { size: 1 })];
	const names = (column: 'size' | 'type' | 'modified') =>
		entries.toSorted(comparisonOf({ column, descending: false })).map(({ name }) => name);
	assert.deepEqual(names('size'), ['c.txt', 'a.exe', 'b.txt']);
	assert.deepEqual(names('type'), ['a.exe', 'b.txt', 'c.txt']);
	assert.deepEqual(names('modified'), ['a.exe', 'b.txt', 'c.txt']);
});

test('a free name counts on and keeps the extension', () => {
	const taken = new Set(['a.txt', 'a (2).txt', 'archive.tar.gz', '.profile']);
	const free = (name: string) => freeName(name, (candidate) => taken.has(candidate));
	assert.equal(free('a.txt'), 'a (3).txt');
	assert.equal(free('a (2).txt'), 'a (3).txt');
	assert.equal(free('.profile'), '.profile (2)');
	assert.equal(free('new'), 'new');
});

test('a free name of the greatest length stays within it and splits no emoji', () => {
	const name = `${'😀'.repeat(127)}x`;
	const free = freeName(name, (candidate) => candidate === name);
	assert.ok(free.length <= 255);
	assert.equal(free, `${'😀'.repeat(125)} (2)`);
	assert.ok(free.isWellFormed());
});
