import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bootEntries, makeBootMenu, makeFirstMenu, menuSums, startSums } from './boot-menu.ts';

const menu = makeBootMenu('0123456789abcdef');
const lineWith = (text: string, words: string) => text.split('\n').find((line) => line.includes(words)) ?? '';

test('Every entry starts the kernel with the words of its own, and the number of this medium is among them', () => {
	for (const { id, title, words } of bootEntries) {
		const [, line = ''] =
			new RegExp(`^menuentry "${title.replace(/[()]/g, '\\$&')}" --id ${id} \\{\n\t(.*)$`, 'm').exec(menu) ?? [];
		assert.equal(line, ['start', ...words].join(' '));
	}
	const kernel = lineWith(menu, 'linux /boot/vmlinuz').trim().split(' ');
	for (const word of ['quiet', 'vitrine.id=0123456789abcdef', '$@']) assert.ok(kernel.includes(word), word);
});

test('On an installed disk the kernel is told the slot, and a trial that ends in a panic ends in a restart', () => {
	const kernel = lineWith(menu, 'linux /boot/vmlinuz').trim().split(' ');
	for (const word of ['$slot', '$trial']) assert.ok(kernel.includes(word), word);
	assert.match(menu, /set trial="vitrine\.trial panic=10"/);
	assert.match(menu, /if \[ -z "\$vitrine_slot" \]; then search /);
});

test('A serial port is touched only when the firmware carries the word of a test', () => {
	const lines = menu.split('\n');
	const [place, ...others] = [...lines.keys()].filter((index) => lines[index]?.includes('ttyS'));
	assert.deepEqual(others, []);
	assert.match(lines[(place ?? 0) - 1] ?? '', /^if regexp .*\^vitrine-test/);
});

test('No module is loaded: under Secure Boot the loader would refuse', () => {
	assert.doesNotMatch(menu, /insmod/);
});

test('By BIOS neither the menu nor the kernel is started before it was held against its list', () => {
	const first = makeFirstMenu('/.disk/info');
	assert.ok(first.indexOf(`sha256sum --check ${menuSums}`) < first.indexOf('configfile'));
	const start = menu.slice(menu.indexOf('function start'));
	assert.ok(start.indexOf('if is_whole') < start.indexOf('linux /boot/vmlinuz'));
	assert.match(menu, new RegExp(`else sha256sum --check ${startSums.replaceAll('/', '\\/')}`));
});

test('Every entry starts with a screen of 32 bits a dot, or of 16, before any other is tried', () => {
	const modes = [...menu.matchAll(/set gfxmode=(.*)$/gm)].map(([, list = '']) => list.split(','));
	assert.equal(modes.length, 2);
	for (const list of modes) {
		assert.equal(list.pop(), 'auto');
		for (const mode of list) assert.match(mode, /x(32|16)$/);
	}
});
