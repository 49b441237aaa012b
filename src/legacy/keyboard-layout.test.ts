import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DosKeyboard, findDosKeyboard } from './keyboard-layout.ts';

const us = {
	KeyQ: 'q',
	KeyY: 'y',
	KeyZ: 'z',
	Semicolon: ';',
	Quote: "'",
	BracketLeft: '[',
	Minus: '-',
	Backslash: '\\',
	Slash: '/',
};

function keyboard(different: Readonly<Record<string, string>>): DosKeyboard {
	return findDosKeyboard(new Map(Object.entries({ ...us, ...different })));
}

function layout(different: Readonly<Record<string, string>>): string {
	return keyboard(different).layout;
}

test('layouts are told apart by a few keys', () => {
	assert.equal(layout({}), 'us');
	assert.equal(layout({ KeyY: 'z', KeyZ: 'y', Semicolon: 'ö', Quote: 'ä', Minus: 'ß', BracketLeft: 'ü' }), 'gr');
	assert.equal(layout({ KeyY: 'z', KeyZ: 'y', Semicolon: 'ö', Slash: '-', Minus: "'" }), 'sg');
	assert.equal(layout({ KeyQ: 'a', KeyZ: 'w', Minus: ')', Equal: '=' }), 'fr');
	assert.equal(layout({ KeyQ: 'a', KeyZ: 'w', Minus: ')', Equal: '-' }), 'be');
	assert.equal(layout({ Semicolon: 'ñ', Minus: "'" }), 'sp');
	assert.equal(layout({ Backslash: '#' }), 'uk');
	assert.equal(layout({ Semicolon: 'ö', BracketLeft: 'å' }), 'sv');
});

test('the screen keeps the code page of the ROM unless it lacks letters of the keyboard', () => {
	assert.equal(keyboard({ KeyY: 'z', Semicolon: 'ö', Minus: 'ß' }).codePage, 437);
	assert.equal(keyboard({ Semicolon: 'ø', BracketLeft: 'å' }).codePage, 850);
	assert.equal(keyboard({ KeyY: 'z', Semicolon: 'ů' }).codePage, 852);
	assert.equal(keyboard({ KeyQ: 'й' }).codePage, 866);
});

test('a keyboard that tells nothing is taken for the American one', () => {
	assert.deepEqual(findDosKeyboard(new Map()), { layout: 'us', codePage: 437 });
});
