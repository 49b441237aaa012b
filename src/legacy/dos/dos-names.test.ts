import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findDosName, takeDosName } from './dos-names.ts';

test('a name that DOS knows stays, in capitals', () => {
	assert.equal(findDosName('lathe.com'), 'LATHE.COM');
	assert.equal(findDosName('README'), 'README');
	for (const name of ['longer-name.txt', 'a.text', 'a b.txt', 'CON', 'com1.dat', '.profile', 'a.b.c', 'Ä.TXT', '😀']) {
		assert.equal(findDosName(name), undefined, name);
	}
});

test('any other name gets a short one that is free', () => {
	const taken = new Set<string>();
	assert.equal(takeDosName('Quarterly report.text', taken), 'QUARTE~1.TEX');
	assert.equal(takeDosName('Quarterly results.text', taken), 'QUARTE~2.TEX');
	assert.equal(takeDosName('Ärger.txt', taken), 'ARGER~1.TXT');
	assert.equal(takeDosName('😀', taken), 'FILE~1');
	assert.equal(takeDosName('CON', taken), 'CON~1');
});

test('names that differ only by case get different DOS names', () => {
	const taken = new Set<string>();
	assert.deepEqual([takeDosName('a.txt', taken), takeDosName('A.TXT', taken)], ['A.TXT', 'A~1.TXT']);
});

test('a thousand names of one beginning stay within eight letters', () => {
	const taken = new Set<string>();
	for (let count = 0; count < 1000; count++) takeDosName(`same beginning ${count}`, taken);
	assert.equal(taken.size, 1000);
	for (const name of taken) assert.ok(findDosName(name) === name, name);
});
