import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseShell } from './parser.ts';
import { ShellSyntaxError } from './syntax.ts';

function failureOf(text: string): ShellSyntaxError {
	try {
		parseShell(text);
	} catch (error) {
		assert.ok(error instanceof ShellSyntaxError);
		return error;
	}
	throw new assert.AssertionError({ message: `${text} was taken` });
}

/** The words of the first command, each as its text parts. */
function wordsOf(text: string): string[] {
	const command = parseShell(text)[0]?.parts[0]?.pipeline.commands[0];
	assert.ok(command?.kind === 'simple');
	return command.words.map((word) =>
		word.map((part) => (part.kind === 'text' ? part.text : `<${part.kind}>`)).join(''),
	);
}

describe('The shell’s parser', () => {
	test('takes quotes and backslashes away where they mean something', () => {
		assert.deepEqual(wordsOf(`a 'b c' "d e" f\\ g "h\\"i" 'j\\k'`), ['a', 'b c', 'd e', 'f g', 'h"i', 'j\\k']);
		assert.deepEqual(wordsOf(`""`), ['']);
		assert.deepEqual(wordsOf('a\\\nb'), ['ab']);
	});

	test('tells a number before a redirection from a word', () => {
		const [list] = parseShell('a 2>err 3 >out');
		const command = list?.parts[0]?.pipeline.commands[0];
		assert.ok(command?.kind === 'simple');
		assert.equal(command.words.length, 2);
		assert.deepEqual(
			command.redirections.map(({ descriptor, kind }) => [descriptor, kind]),
			[
				[2, 'replace'],
				[1, 'replace'],
			],
		);
	});

	test('knows reserved words only where a command starts', () => {
		assert.deepEqual(wordsOf('echo if then done'), ['echo', 'if', 'then', 'done']);
		assert.equal(parseShell("'if'")[0]?.parts[0]?.pipeline.commands[0]?.kind, 'simple');
	});

	test('asks for more only where more could help', () => {
		const unfinished = [
			'a |',
			'a &&',
			"'a",
			'"a',
			'if true',
			'if true; then',
			'for x',
			'for x in a',
			'while true; do',
			'(a',
			'{ a',
			'$(a',
			'a >',
			'a \\',
			`\${a`,
			`"\${a:-`,
		];
		for (const text of unfinished) assert.ok(failureOf(text).incomplete, text);
		for (const text of [
			'| a',
			'a ; ; b',
			')',
			'fi',
			'for 1 in a',
			`\${a%b}`,
			'`a`',
			'case',
			'a << b',
			'()',
			'4> a',
			`\${}`,
		])
			assert.ok(!failureOf(text).incomplete, text);
	});

	test('answers any text with a tree or with what is wrong', () => {
		const characters = fc.constantFrom(
			...`ab '"\\$(){}|&;<>#\n2*?~=!`,
			'$(',
			`\${`,
			'&&',
			'if ',
			'then ',
			'fi ',
			'do ',
		);
		fc.assert(
			fc.property(fc.array(characters, { maxLength: 30 }), (parts) => {
				try {
					parseShell(parts.join(''));
				} catch (error) {
					assert.ok(error instanceof ShellSyntaxError, String(error));
				}
			}),
			{ numRuns: 2000 },
		);
	});
});
