import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { decodeText, detectEncoding, type EncodingId, encodeText, encodings } from './encodings.ts';
import { detectLineEnds, toEditorText, toFileText } from './line-ends.ts';

function bytesOf(...values: number[]): Uint8Array<ArrayBuffer> {
	return new Uint8Array(values);
}

function encode(text: string, encoding: EncodingId): Uint8Array<ArrayBuffer> {
	const result = encodeText(text, encoding);
	assert.equal(result.kind, 'bytes');
	return result.kind === 'bytes' ? result.bytes : new Uint8Array();
}

describe('Encodings', () => {
	test('known bytes stand for known characters', () => {
		assert.equal(decodeText(bytesOf(0x81, 0xe1, 0xc9, 0xcd, 0xbb), 'cp437').text, 'üß╔═╗');
		assert.equal(decodeText(bytesOf(0x9b, 0xb5, 0xd5), 'cp850').text, 'øÁı');
		assert.equal(decodeText(bytesOf(0x80, 0xfc, 0x93), 'windows-1252').text, '€ü“');
		assert.deepEqual([...encode('aé', 'utf-16be')], [0xfe, 0xff, 0, 0x61, 0, 0xe9]);
		assert.deepEqual([...encode('a', 'utf-8-bom')], [0xef, 0xbb, 0xbf, 0x61]);
	});

	test('every text that an encoding takes comes back unchanged', () => {
		for (const { id } of encodings)
			fc.assert(
				fc.property(fc.string({ unit: 'grapheme' }), (text) => {
					const encoded = encodeText(text, id);
					if (encoded.kind === 'unencodable') return;
					assert.deepEqual(decodeText(encoded.bytes, id), { text, exact: true });
				}),
			);
	});

	test('every byte of a DOS code page comes back unchanged', () => {
		const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
		for (const id of ['cp437', 'cp850'] as const) {
			const { text, exact } = decodeText(all, id);
			assert.ok(exact);
			assert.deepEqual(encode(text, id), all);
		}
	});

	test('what cannot be written is named with its place, and never replaced', () => {
		assert.deepEqual(encodeText('ab漢', 'windows-1252'), { kind: 'unencodable', character: '漢', index: 2 });
		assert.deepEqual(encodeText('x🙂', 'cp437'), { kind: 'unencodable', character: '🙂', index: 1 });
		assert.equal(encodeText('\ud800', 'utf-8').kind, 'unencodable');
		assert.equal(encodeText('\ufffd', 'windows-1252').kind, 'unencodable');
	});

	test('bytes that the encoding does not have make the text inexact', () => {
		assert.equal(decodeText(bytesOf(0x61, 0xff), 'utf-8').exact, false);
		assert.equal(decodeText(bytesOf(0xff, 0xfe, 0x61), 'utf-16le').exact, false);
		assert.equal(decodeText(new TextEncoder().encode('real \ufffd'), 'utf-8').exact, true);
		assert.equal(decodeText(bytesOf(0x61), 'utf-8-bom').exact, false);
	});

	test('the encoding of a file is found', () => {
		const cases: readonly (readonly [EncodingId, Uint8Array<ArrayBuffer>, string?])[] = [
			['utf-8', new TextEncoder().encode('plain')],
			['utf-8', new TextEncoder().encode('Grüße 漢字')],
			['utf-8-bom', encode('x', 'utf-8-bom')],
			['utf-16le', encode('x', 'utf-16le')],
			['utf-16be', encode('x', 'utf-16be')],
			['utf-16le', encode('Latin text', 'utf-16le').subarray(2)],
			['windows-1252', encode('Grüße – „Straße“', 'windows-1252')],
			['cp437', encode('╔════╗\r\n║ hi ║\r\n╚════╝', 'cp437')],
			['cp437', encode('Grüße aus Köln', 'cp437')],
			['cp437', bytesOf(0x61, 0xe1), '.bat'],
			['utf-8', bytesOf()],
		];
		for (const [expected, bytes, extension] of cases) assert.equal(detectEncoding(bytes, extension), expected);
	});
});

describe('Line ends', () => {
	test('the most frequent one is found, and others are told', () => {
		assert.deepEqual(detectLineEnds('a\r\nb\r\n'), { lineEnd: 'crlf', mixed: false });
		assert.deepEqual(detectLineEnds('a\nb\r\nc\n'), { lineEnd: 'lf', mixed: true });
		assert.deepEqual(detectLineEnds('a\rb'), { lineEnd: 'cr', mixed: false });
		assert.deepEqual(detectLineEnds('one line'), { lineEnd: 'crlf', mixed: false });
	});

	test('a file that is not mixed is written as it was read', () => {
		for (const text of ['a\r\nb\r\n', 'a\nb', '\r\r', '']) {
			assert.equal(toFileText(toEditorText(text), detectLineEnds(text).lineEnd), text);
		}
	});
});
