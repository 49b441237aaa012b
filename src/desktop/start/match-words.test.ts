import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchScore } from './match-words.ts';

test('the whole name fits best, then its beginning, then the beginning of a word, then its inside', () => {
	const scores = ['task manager', 'task', 'man', 'anag'].map((query) => matchScore(query, 'Task Manager'));
	assert.deepEqual(scores, [5, 4, 3, 2]);
});

test('words may come in any order, and all must fit', () => {
	assert.equal(matchScore('man task', 'Task Manager'), 3);
	assert.equal(matchScore('man window', 'Task Manager'), 0);
});

test('keywords find what the title does not say', () => {
	assert.equal(matchScore('proc', 'Task Manager', ['processes']), 1);
	assert.equal(matchScore('xyz', 'Task Manager', ['processes']), 0);
});

test('case and accents do not matter, and nothing typed fits nothing', () => {
	assert.equal(matchScore('RESUME', 'Résumé.txt'), 4);
	assert.equal(matchScore('  ', 'Notepad'), 0);
});
