import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DosNames, findDosName } from './dos-names.ts';

test('a name that DOS knows stays, in capitals', () => {
	assert.equal(findDosName('lathe.com'), 'LATHE.COM');
	assert.equal(findDosName('README'), 'README');
	for (const name of ['longer-name.txt', 'a.text', 'a b.txt', 'CON', 'com1.dat', '.profile', 'a.b.c', 'Ä.TXT', '😀']) {
		assert.equal(findDosName(name), undefined, name);
	}
});

test('any other name gets a short one that is free', () => {
	const names = new DosNames();
	assert.equal(names.take('Quarterly report.text'), 'QUARTE~1.TEX');
	assert.equal(names.take('Quarterly results.text'), 'QUARTE~2.TEX');
	assert.equal(names.take('Ärger.txt'), 'ARGER~1.TXT');
	assert.equal(names.take('😀'), 'FILE~1');
	assert.equal(names.take('CON'), 'CON~1');
});

test('names that differ only by case get different DOS names', () => {
	const names = new DosNames();
	assert.deepEqual([names.take('a.txt'), names.take('A.TXT')], ['A.TXT', 'A~1.TXT']);
});

test('ten thousand names of one beginning stay within eight letters, and take no time', () => {
	const names = new DosNames();
	const start = performance.now();
	for (let count = 0; count < 10_000; count++) names.take(`same beginning ${count}`);
	// Counted from 1 for each name this takes seconds, in which the desktop would stand still.
	assert.ok(performance.now() - start < 1000);
	assert.equal(names.taken.size, 10_000);
	for (const name of names.taken) assert.ok(findDosName(name) === name, name);
});
