import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import { fromRoot } from '../setup/paths.ts';
import { readPng, toDepth } from './read-png.ts';

function chunk(type: string, body: Buffer): Buffer {
	const framed = Buffer.concat([Buffer.alloc(4), Buffer.from(type, 'latin1'), body, Buffer.alloc(4)]);
	framed.writeUInt32BE(body.length, 0);
	framed.writeUInt32BE(crc32(framed.subarray(4, -4)), framed.length - 4);
	return framed;
}

function png(width: number, height: number, kind: string, rows: readonly number[]): Buffer {
	const header = Buffer.concat([Buffer.alloc(8), Buffer.from(kind, 'hex')]);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.from(rows))), chunk('IEND', Buffer.alloc(0))];
	return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...parts]);
}

test('Every filter is undone', () => {
	// Two dots a row; by hand: each row below gives 10, 20, 30 and 40, 50, 60.
	const plain = [0, 10, 20, 30, 40, 50, 60];
	const left = [1, 10, 20, 30, 30, 30, 30];
	const above = [2, 0, 0, 0, 0, 0, 0];
	const average = [3, 5, 10, 15, 15, 15, 15];
	const paeth = [4, 0, 0, 0, 0, 0, 0];
	const { bgrx } = readPng(png(2, 5, '0802000000', [...plain, ...left, ...above, ...average, ...paeth]));
	const row = [30, 20, 10, 0, 60, 50, 40, 0];
	assert.deepEqual([...bgrx], [row, row, row, row, row].flat());
});

test('A fourth channel is left out, and another kind of picture is refused', () => {
	assert.deepEqual([...readPng(png(1, 1, '0806000000', [0, 1, 2, 3, 255])).bgrx], [3, 2, 1, 0]);
	assert.throws(() => readPng(png(1, 1, '0803000000', [0, 1])), /not read/);
	assert.throws(() => readPng(Buffer.from('GIF89a..')), /no PNG/);
});

test('The logo can be read, and stands on black', async () => {
	const { width, height, bgrx } = readPng(await readFile(fromRoot('distro/splash/logo.png')));
	assert.equal(bgrx.length, width * height * 4);
	assert.deepEqual([...bgrx.subarray(0, 3)], [0, 0, 0]);
	assert.ok(bgrx.some((value) => value > 200));
});

test('A picture is brought to the bits of a screen', () => {
	const picture = readPng(png(1, 1, '0802000000', [0, 0xff, 0x80, 0x08]));
	assert.deepEqual([...toDepth(picture, 24)], [0x08, 0x80, 0xff]);
	// 11111 100000 00001
	assert.equal(toDepth(picture, 16).readUInt16LE(0), 0b11111_100000_00001);
	assert.deepEqual([...toDepth(picture, 32).subarray(0, 3)], [0x08, 0x80, 0xff]);
});
