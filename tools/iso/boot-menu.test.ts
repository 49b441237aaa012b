import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bootEntries, makeBootMenu } from './boot-menu.ts';

const menu = makeBootMenu('0123456789abcdef');

test('Every entry starts the kernel with the words of its own and the number of this medium', () => {
	for (const { title, words } of bootEntries) {
		const entry = menu.slice(menu.indexOf(`menuentry "${title}" {`));
		const [, line = ''] = /^\tlinux \/boot\/vmlinuz (.*)$/m.exec(entry) ?? [];
		for (const word of ['quiet', 'vitrine.id=0123456789abcdef', ...words])
			assert.ok(line.split(' ').includes(word), word);
	}
});

test('A serial port is touched only when the firmware carries the word of a test', () => {
	const lines = menu.split('\n').filter((line) => line.includes('ttyS'));
	assert.equal(lines.length, 1);
	assert.match(lines[0] ?? '', /^if \[ "\$oem" = "vitrine-test" \]; then/);
});

test('No module is loaded: under Secure Boot the loader would refuse', () => {
	assert.doesNotMatch(menu, /insmod/);
});
