import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { suite, test } from 'node:test';
import { formatRecoveryCode, parseRecoveryCode, recoveryCodeRandomBytes } from './recovery-code.ts';

const makeCode = (): string => formatRecoveryCode(randomBytes(recoveryCodeRandomBytes));
const problemOf = (typed: string): string => {
	const parsed = parseRecoveryCode(typed);
	return 'problem' in parsed ? parsed.problem : '';
};
const replaceAt = (text: string, index: number, by: string): string =>
	text.slice(0, index) + by + text.slice(index + 1);

suite('A recovery code', () => {
	test('is seven groups of four, and carries 130 random bits', () => {
		assert.match(makeCode(), /^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/);
		for (let bit = 0; bit < 130; bit++) {
			const bytes = new Uint8Array(recoveryCodeRandomBytes);
			bytes[bit >> 3] = 128 >> (bit & 7);
			assert.notEqual(formatRecoveryCode(bytes), formatRecoveryCode(new Uint8Array(recoveryCodeRandomBytes)));
		}
	});

	test('is read as it is typed: small, with blanks, with O for 0 and l for 1', () => {
		const code = makeCode();
		const typed = ` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `;
		assert.deepEqual(parseRecoveryCode(typed), parseRecoveryCode(code));
		assert.ok('symbols' in parseRecoveryCode(code));
	});

	test('with one wrong symbol is refused, and the group is named', () => {
		for (let round = 0; round < 200; round++) {
			const code = makeCode();
			const index = Math.floor(Math.random() * code.length);
			if (code[index] === '-') continue;
			const wrong = replaceAt(code, index, code[index] === 'Z' ? 'Y' : 'Z');
			assert.match(problemOf(wrong), new RegExp(`group ${Math.floor(index / 5) + 1} of 7`));
		}
	});

	test('with two wrong symbols or two swapped ones is refused', () => {
		for (let round = 0; round < 2000; round++) {
			const code = makeCode().replaceAll('-', '');
			const a = Math.floor(Math.random() * 28);
			const b = (a + 1 + Math.floor(Math.random() * 27)) % 28;
			const two = replaceAt(replaceAt(code, a, code[a] === 'Z' ? 'Y' : 'Z'), b, code[b] === '7' ? '8' : '7');
			assert.match(problemOf(two), /mistyped/);
			const swapped = replaceAt(replaceAt(code, a, code[b] ?? ''), b, code[a] ?? '');
			assert.equal(problemOf(swapped) === '', swapped === code);
		}
	});

	test('that is too short, or has a strange letter, says so', () => {
		assert.match(problemOf('ABCD'), /these are 4/);
		assert.match(problemOf(`${makeCode().slice(0, -1)}ü`), /“Ü” does not occur/);
	});
});
