import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeDisc, makeFloppy, makeHardDisk, makeLoopingDisc } from '../../tests/fuzz/sample-images.ts';
import { MemorySource, ParseError } from './byte-source.ts';
import type { ImageFileSystem } from './image-file-system.ts';
import { openImage } from './open-image.ts';

async function open(bytes: Uint8Array): Promise<ImageFileSystem> {
	const image = await openImage(new MemorySource(bytes));
	assert.ok(image);
	return image;
}

async function walk(image: ImageFileSystem): Promise<string[]> {
	const paths: string[] = [];
	for await (const { path } of image.walk()) paths.push(path);
	return paths;
}

test('a disc is listed and its files are read', async () => {
	const image = await open(makeDisc(undefined));
	assert.equal(image.label, 'TESTDISC');
	assert.deepEqual(await walk(image), ['/README.TXT', '/SUB', '/SUB/INNER.TXT']);
	const bytes = await image.read('/sub/inner.txt', 1000);
	assert.equal(new TextDecoder().decode(bytes), 'A disc of our own.\r\n');
});

test('a floppy is listed and a file over many clusters is read whole', async () => {
	const image = await open(makeFloppy());
	assert.deepEqual(await walk(image), ['/README.TXT', '/LONG.DAT']);
	assert.deepEqual(await image.read('/LONG.DAT', 10_000), new Uint8Array(5000).fill(7));
});

test('the first FAT partition of a hard disk is found', async () => {
	const image = await open(makeHardDisk());
	assert.deepEqual(await walk(image), ['/README.TXT', '/LONG.DAT']);
});

test('a disc whose folder holds itself is walked once', async () => {
	const image = await open(makeLoopingDisc());
	assert.deepEqual(await walk(image), ['/README.TXT', '/SUB', '/SUB/SUB']);
});

test('a chain of clusters that runs in a circle is an error, not a loop', async () => {
	const bytes = makeFloppy();
	// Entry 3 of the FAT, the first of LONG.DAT, points to itself.
	const at = 9 * 512 + 4;
	bytes[at] = ((bytes[at] ?? 0) & 0x0f) | 0x30;
	bytes[at + 1] = 0x00;
	const image = await open(bytes);
	await assert.rejects(image.read('/LONG.DAT', 10_000), ParseError);
});

test('a file larger than what was asked for is refused', async () => {
	const image = await open(makeFloppy());
	await assert.rejects(image.read('/LONG.DAT', 100), ParseError);
});
