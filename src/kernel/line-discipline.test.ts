import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cookedMode, LineDiscipline, rawMode } from './line-discipline.ts';

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array | undefined): string | undefined =>
	bytes === undefined ? undefined : new TextDecoder().decode(bytes);

function type(discipline: LineDiscipline, text: string): string {
	return decode(discipline.input(encode(text)).shown) ?? '';
}

describe('a line discipline', () => {
	it('hands a line on when it is ended, and not before', () => {
		const discipline = new LineDiscipline();
		assert.equal(type(discipline, 'ls'), 'ls');
		assert.equal(discipline.read(100), undefined);
		assert.equal(type(discipline, '\r'), '\r\n');
		assert.equal(decode(discipline.read(100)), 'ls\n');
	});

	it('gives a line in parts to who asks for less', () => {
		const discipline = new LineDiscipline();
		type(discipline, 'one\rtwo\r');
		assert.deepEqual([discipline.read(2), discipline.read(9), discipline.read(9)].map(decode), ['on', 'e\n', 'two\n']);
	});

	it('erases a character, a word, the line', () => {
		const discipline = new LineDiscipline();
		assert.equal(type(discipline, 'ab\x7f'), 'ab\b \b');
		type(discipline, ' word  \x17x\r');
		assert.equal(decode(discipline.read(100)), 'a x\n');
		type(discipline, 'all of it\x15new\r');
		assert.equal(decode(discipline.read(100)), 'new\n');
	});

	it('erases a character of several bytes as one', () => {
		const discipline = new LineDiscipline();
		assert.equal(type(discipline, 'é😀\x7f\x7f'), 'é😀\b \b\b \b');
		type(discipline, '\r');
		assert.equal(decode(discipline.read(100)), '\n');
	});

	it('erases nothing before the line', () => {
		const discipline = new LineDiscipline();
		type(discipline, 'one\r');
		assert.equal(type(discipline, '\x7f'), '');
		assert.equal(decode(discipline.read(100)), 'one\n');
	});

	it('ends the input at Ctrl+D on an empty line, and hands on one that was begun', () => {
		const discipline = new LineDiscipline();
		type(discipline, 'begun\x04\x04');
		assert.equal(decode(discipline.read(100)), 'begun');
		assert.equal(discipline.read(100)?.length, 0);
		assert.equal(discipline.read(100), undefined);
	});

	it('makes Ctrl+C a signal that takes the line along', () => {
		const discipline = new LineDiscipline();
		type(discipline, 'half');
		const { signal, shown } = discipline.input(Uint8Array.of(3));
		assert.equal(signal, 'interrupt');
		assert.equal(decode(shown), '^C');
		type(discipline, 'x\r');
		assert.equal(decode(discipline.read(100)), 'x\n');
	});

	it('passes every byte on in raw mode, and what was begun before', () => {
		const discipline = new LineDiscipline();
		type(discipline, 'beg');
		discipline.setMode(rawMode);
		assert.equal(type(discipline, '\x03\x7f'), '');
		assert.deepEqual([discipline.read(100), discipline.read(100)].map(decode), ['beg', '\x03\x7f']);
	});

	it('starts lines at the left in what programs write', () => {
		const discipline = new LineDiscipline();
		assert.equal(decode(discipline.output(encode('a\nb'))), 'a\r\nb');
		discipline.setMode({ ...cookedMode, outputNewlines: false });
		assert.equal(decode(discipline.output(encode('a\nb'))), 'a\nb');
	});

	it('takes no line longer than it may be', () => {
		const discipline = new LineDiscipline();
		const shown = type(discipline, 'x'.repeat(5000));
		assert.equal(shown.length, 5000);
		assert.ok(shown.endsWith('\x07'));
		type(discipline, '\r');
		assert.equal(discipline.read(9999)?.length, 4097);
	});
});
