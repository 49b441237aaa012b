import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTopics, searchTopics } from './topics.ts';

const topics = createTopics([{ group: 'Windows', action: 'Switch windows', keys: 'Alt+Tab', inTab: 'Alt+Q' }]);
const ids = (query: string) => searchTopics(topics, query).map(({ id }) => id);

test('A page is found by its title, its keywords and its text', () => {
	assert.equal(ids('iso')[0], 'floppies-and-discs');
	assert.equal(ids('wrong letters')[0], 'notepad');
	assert.ok(ids('backup').includes('files'));
	assert.deepEqual(ids('power cut'), ['files']);
	assert.deepEqual(ids('xyzzy'), []);
	assert.equal(ids('').length, topics.length);
});

test('The keys of the desktop stand on the keyboard page, with what a tab has instead', () => {
	assert.equal(ids('alt+q')[0], 'keyboard');
});
