import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chordOf, commandOf, describeShortcuts, printedChord, shortcutRows } from './shortcuts.ts';

const press = (
	code: string,
	modifiers: Partial<Record<'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey', boolean>> = {},
) => ({
	code,
	ctrlKey: false,
	altKey: false,
	shiftKey: false,
	metaKey: false,
	...modifiers,
});

test('no two commands share a key', () => {
	const chords = shortcutRows.flatMap(({ always, habit }) => (habit === undefined ? [always] : [always, habit]));
	assert.equal(new Set(chords).size, chords.length);
});

test('no key that always works is one that browsers keep', () => {
	const kept = ['Ctrl+KeyN', 'Ctrl+KeyT', 'Ctrl+KeyW', 'Ctrl+Tab', 'Ctrl+Shift+Tab', 'Alt+F4', 'Alt+Tab', 'Ctrl+F4'];
	for (const { always } of shortcutRows) {
		assert.ok(!kept.includes(always), always);
		assert.ok(!always.startsWith('Meta'), always);
	}
});

test('a press finds its command by its place on the keyboard', () => {
	assert.equal(chordOf(press('ArrowLeft', { altKey: true, shiftKey: true })), 'Alt+Shift+ArrowLeft');
	assert.equal(commandOf(press('ArrowLeft', { altKey: true, shiftKey: true })), 'snap-left');
	assert.equal(commandOf(press('Tab', { altKey: true })), 'switch');
	assert.equal(commandOf(press('KeyA')), undefined);
});

test('what is shown works: in a tab without keyboard lock only the keys that arrive', () => {
	const shown = describeShortcuts({ everything: false, inFullScreen: false });
	assert.ok(shown.every(({ keys, inTab }) => inTab === undefined && !keys.includes('Meta')));
	assert.ok(shown.some(({ keys }) => keys === 'Ctrl+`'));
	const inFullScreen = describeShortcuts({ everything: false, inFullScreen: true });
	assert.ok(inFullScreen.some(({ keys, inTab }) => keys === 'Alt+Tab' && inTab === 'Ctrl+`'));
	const everything = describeShortcuts({ everything: true, inFullScreen: true });
	assert.ok(everything.some(({ keys, inTab }) => keys === 'Alt+Tab' && inTab === undefined));
});

test('keys are named as they are printed', () => {
	assert.equal(printedChord('Alt+Shift+ArrowUp'), 'Alt+Shift+↑');
	assert.equal(
		printedChord('Ctrl+Backquote', () => '^'),
		'Ctrl+^',
	);
});
