import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseReasonedList, readReasonedList } from './reasoned-list.ts';

test('Each entry comes with its reason; comments and blank lines are neither', () => {
	const text = '# Screen\n\ncage  # shows one program\n/var/*   #   made anew  \n';
	assert.deepEqual(parseReasonedList(text, 'list'), [
		{ entry: 'cage', reason: 'shows one program' },
		{ entry: '/var/*', reason: 'made anew  ' },
	]);
});

test('An entry without a reason is refused, by its line', () => {
	assert.throws(() => parseReasonedList('cage # a compositor\nchromium\n', 'packages'), /packages:2 .*chromium/);
	assert.throws(() => parseReasonedList('cage #\n', 'packages'), /packages:1/);
});

test('An entry that stands there twice is refused', () => {
	assert.throws(() => parseReasonedList('cage # one\ncage # two\n', 'packages'), /packages:2 names cage/);
});

test('The lists of the image can be read', async () => {
	for (const file of [
		'distro/packages',
		'distro/prune',
		'distro/kernel-modules',
		'distro/root/usr/lib/vitrine/chromium-flags',
	])
		assert.ok((await readReasonedList(file)).length > 10, file);
});
