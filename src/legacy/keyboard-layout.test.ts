import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findDosLayout } from './keyboard-layout.ts';

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

function layout(different: Readonly<Record<string, string>>): string {
	return findDosLayout(new Map(Object.entries({ ...us, ...different })));
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

test('a keyboard that tells nothing is taken for the American one', () => {
	assert.equal(findDosLayout(new Map()), 'us');
});
