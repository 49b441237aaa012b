import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pagesFor, searchSettings } from './pages.ts';

const titles = (query: string, hasWholePc = true) =>
	searchSettings(query, hasWholePc).map(({ page, entry }) => entry?.title ?? page.title);

test('Every setting is found by its title and by two other words at least', () => {
	for (const page of pagesFor(true))
		for (const entry of page.entries) {
			assert.ok(titles(entry.title).includes(entry.title));
			assert.ok(entry.keywords.length >= 2);
			for (const keyword of entry.keywords) assert.ok(titles(keyword).includes(entry.title), keyword);
		}
});

test('What is called so comes before what is only found so', () => {
	assert.equal(titles('wall')[0], 'Wallpaper');
	assert.deepEqual(titles('dark'), ['Theme']);
	assert.equal(titles('background')[0], 'Wallpaper');
	assert.deepEqual(titles('  '), []);
	assert.deepEqual(titles('nonsense'), []);
});

test('What only a PC has is found nowhere else', () => {
	assert.ok(titles('battery').includes('Power'));
	assert.deepEqual(titles('battery', false), []);
	assert.ok(pagesFor(false).every(({ id }) => id !== 'this-pc'));
});
