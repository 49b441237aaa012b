/**
 * The line editor against a terminal of a few lines' code: whatever is typed, the screen shows prompt and line, and the
 * cursor stands where the next character goes.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Key, KeyDecoder, type KeyName } from './key-decoder.ts';
import { LineEditor } from './line-editor.ts';
import { graphemeWidth, splitGraphemes } from './text-width.ts';

const columns = 12;
const sequencePattern = /\[(\d*)([A-Za-z])$/u;
/** A control sequence, or one character. */
const tokens = new RegExp(`\x1b${sequencePattern.source.slice(0, -1)}|[^]`, 'gu');

/** What xterm does with text, CR, LF, cursor up and right, and erase below. */
class Screen {
	#rows: string[][] = [[]];
	row = 0;
	column = 0;

	write(output: string): void {
		for (const [token = ''] of output.matchAll(tokens)) this.#take(token);
	}

	get text(): string {
		return this.#rows
			.map((row) => row.join(''))
			.join('\n')
			.trimEnd();
	}

	#take(token: string): void {
		const sequence = token.startsWith('\x1b') ? sequencePattern.exec(token) : null;
		const count = Number(sequence?.[1] || 1);
		if (token === '\r') this.column = 0;
		else if (token === '\n') this.row++;
		else if (sequence?.[2] === 'A') this.row -= count;
		else if (sequence?.[2] === 'C') this.column = Math.min(columns - 1, this.column + count);
		else if (sequence?.[2] === 'J') {
			this.#rows.length = this.row + 1;
			this.#rows[this.row] = (this.#rows[this.row] ?? []).slice(0, this.column);
		} else if (sequence === null) this.#put(token);
		assert.ok(this.row >= 0, 'the cursor never leaves the line upwards');
	}

	#put(character: string): void {
		const width = graphemeWidth(character);
		if (this.column + width > columns) {
			this.row++;
			this.column = 0;
		}
		this.#rows[this.row] ??= [];
		const row = this.#rows[this.row] as string[];
		while (row.length < this.column) row.push(' ');
		row[this.column] = character;
		if (width === 2) row[this.column + 1] = '';
		this.column += width;
	}
}

function show(prompt: string, line: string): { text: string; end: [number, number] } {
	const screen = new Screen();
	screen.write(prompt + line.replaceAll('\n', '\r\n'));
	return { text: screen.text, end: [screen.row, screen.column] };
}

const key = (name: KeyName): Key => ({ kind: 'key', name });
const text = (content: string): Key => ({ kind: 'text', text: content });

function edit(keys: readonly Key[], history: readonly string[] = []): LineEditor {
	const editor = new LineEditor(history);
	editor.resize(columns);
	editor.start('$ ');
	for (const one of keys) editor.handle(one);
	return editor;
}

describe('The line editor', () => {
	test('has the keys of Emacs', () => {
		const cases: readonly (readonly [Key[], string])[] = [
			[[text('abc'), key('left'), text('x')], 'abxc'],
			[[text('abc'), key('control-a'), text('x'), key('control-e'), text('y')], 'xabcy'],
			[[text('one two three'), key('control-w')], 'one two '],
			[[text('one two'), key('word-left'), key('control-k')], 'one '],
			[[text('one two'), key('word-left'), key('control-u')], 'two'],
			[[text('one two'), key('control-w'), key('control-a'), key('control-y')], 'twoone '],
			[[text('abc'), key('home'), key('delete')], 'bc'],
			[[text('abc'), key('backspace'), key('backspace')], 'a'],
			[[text('👩‍👩‍👧‍👦e\u0301'), key('backspace'), key('backspace')], ''],
			[[{ kind: 'paste', text: 'a\r\nb\tc\x1b' }], 'a\nbc'],
		];
		for (const [keys, expected] of cases) assert.equal(edit(keys).line, expected);
	});

	test('walks the history and comes back to what was being written', () => {
		const history = ['first', 'second'];
		assert.equal(edit([text('dr'), key('up')], history).line, 'second');
		assert.equal(edit([text('dr'), key('up'), key('up'), key('up')], history).line, 'first');
		assert.equal(edit([text('dr'), key('up'), key('up'), key('down'), key('down')], history).line, 'dr');
	});

	test('searches backwards, further back with each Ctrl+R, and gives up with Escape', () => {
		const history = ['make all', 'ls', 'make test'];
		assert.equal(edit([key('control-r'), text('ma')], history).line, 'make test');
		assert.equal(edit([key('control-r'), text('ma'), key('control-r')], history).line, 'make all');
		assert.equal(edit([text('x'), key('control-r'), text('ma'), key('escape')], history).line, 'x');
		const editor = edit([key('control-r'), text('ls')], history);
		assert.deepEqual(editor.handle(key('enter')), { kind: 'accepted', line: 'ls' });
	});

	test('shows on the screen what it holds, and the cursor at its place', () => {
		const keys: readonly Key[] = [
			...['a', 'bc ', 'wörter', '漢', '🙂'].map(text),
			{ kind: 'paste', text: 'x\ny' },
			...(
				[
					'left',
					'right',
					'home',
					'end',
					'backspace',
					'delete',
					'word-left',
					'word-right',
					'control-w',
					'control-k',
					'up',
					'down',
				] as const
			).map(key),
		];
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...keys), { maxLength: 40 }), (typed) => {
				const screen = new Screen();
				const editor = new LineEditor(['a line from the history that is long']);
				editor.resize(columns);
				editor.start('$ ');
				for (const one of typed) {
					editor.handle(one);
					screen.write(editor.takeOutput());
					assert.equal(screen.text, show('$ ', editor.line).text.trimEnd());
					const before = show('$ ', editor.beforeCursor).end;
					const next = splitGraphemes(editor.line)[splitGraphemes(editor.beforeCursor).length];
					// At the right edge, or before a wide character that does not fit, the next one goes to the next row.
					const wraps = before[1] === columns || (next !== undefined && before[1] + graphemeWidth(next) > columns);
					const expected = wraps ? [before[0] + 1, 0] : before;
					const atHangingEdge = before[1] === columns - 1 && screen.column === before[1] && screen.row === before[0];
					if (!atHangingEdge) assert.deepEqual([screen.row, screen.column], expected, editor.line);
				}
			}),
			{ numRuns: 500 },
		);
	});
});

describe('The key decoder', () => {
	const decode = (...pieces: string[]): Key[] => {
		const decoder = new KeyDecoder();
		return pieces.flatMap((piece) => decoder.decode(new TextEncoder().encode(piece)));
	};

	test('knows the sequences of xterm', () => {
		assert.deepEqual(decode('\x1b[A\x1b[1;5C\x1bOH\x1b[3~\x7f\r\t\x01'), [
			...(['up', 'word-right', 'home', 'delete', 'backspace', 'enter', 'tab', 'control-a'] as const).map(key),
		]);
		assert.deepEqual(decode('\x1b[48;24;100;0;0t'), [{ kind: 'size', rows: 24, columns: 100 }]);
		assert.deepEqual(decode('\x1b[200~a\nb\x1b[201~c'), [{ kind: 'paste', text: 'a\nb' }, text('c')]);
	});

	test('waits for the rest of a sequence and of a character', () => {
		assert.deepEqual(decode('\x1b[1;', '5D'), [key('word-left')]);
		assert.deepEqual(decode('\x1b[200~a', 'b\x1b[201~'), [{ kind: 'paste', text: 'ab' }]);
		const [first = 0, second = 0] = new TextEncoder().encode('ä');
		const decoder = new KeyDecoder();
		assert.deepEqual(decoder.decode(Uint8Array.of(first)), []);
		assert.deepEqual(decoder.decode(Uint8Array.of(second)), [text('ä')]);
	});

	test('drops what it does not know, whole', () => {
		assert.deepEqual(decode('\x1b[?1;2c\x1b[5~x'), [text('x')]);
	});
});
