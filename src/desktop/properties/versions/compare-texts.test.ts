/** Two texts are told apart line by line. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { compareTexts, decodeText } from './compare-texts.ts';

it('texts that are the same have no lines to show', () => {
	assert.deepEqual(compareTexts('a\nb\n', 'a\nb\n'), []);
});

it('a changed line stands twice, as it was and as it is, and what is far from it is left out', () => {
	const lines = Array.from({ length: 20 }, (_, index) => `line ${index}`);
	const before = lines.join('\n');
	const after = before.replace('line 10', 'another');
	const shown = compareTexts(before, after);
	assert.deepEqual(
		shown.map(({ kind, text }) => `${kind} ${text}`),
		[
			'left-out 7',
			...['same line 7', 'same line 8', 'same line 9', 'removed line 10', 'added another'],
			...['same line 11', 'same line 12', 'same line 13', 'left-out 6'],
		],
	);
});

it('what holds a zero is no text, and old texts of Windows are', () => {
	assert.equal(decodeText(Uint8Array.of(65, 0, 66)), undefined);
	assert.equal(decodeText(Uint8Array.of(0x4d, 0xfc)), 'Mü');
});
