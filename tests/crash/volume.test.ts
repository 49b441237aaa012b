/** What the volume promises beside the file system's rules: refusal without harm, superblocks, erasing, large trees. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { it } from 'node:test';
import { OsError } from '#abi/errors.ts';
import { GroupLost } from '#fs/file-system.ts';
import { FileBlockStore } from '#hosts/node/file-block-store.ts';
import { type OpenedVolume, VolumeRefused } from '#volume/open-volume.ts';
import { checksumLength, sumPage, writeChecksum } from '#volume/page-checksum.ts';
import { formatVersion } from '#volume/schema.ts';
import { describeTree } from './random-operations.ts';
import { type DiskImage, SimulatedDisk } from './simulated-disk.ts';
import { ManualClock, openTestVolume, SeededRandom } from './test-volume.ts';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

async function diskWithFile(): Promise<DiskImage> {
	const disk = new SimulatedDisk();
	const volume = await openTestVolume(disk);
	volume.write(volume.create(volume.root, 'kept.txt', 'file'), 0, text('kept'));
	volume.commit();
	volume.close();
	return disk.image;
}

function contents(image: DiskImage): Map<string, string> {
	return new Map(
		[...image.files].map(([name, { content }]) => [name, createHash('sha1').update(content).digest('hex')]),
	);
}

function superblock(image: DiskImage, letter: 'a' | 'b'): Uint8Array {
	return image.ensure(`superblock-${letter}`).content;
}

it('a volume of a newer format is refused, and not one byte is changed', async () => {
	const image = await diskWithFile();
	for (const letter of ['a', 'b'] as const) {
		const block = superblock(image, letter);
		block[8] = formatVersion + 1;
		writeChecksum(sumPage(block, 4096 - checksumLength, 0), block, 4096 - checksumLength);
	}
	const before = contents(image);
	await assert.rejects(
		openTestVolume(new SimulatedDisk(image)),
		(error) => error instanceof VolumeRefused && /newer version/.test(error.message),
	);
	assert.deepEqual(contents(image), before);
});

it('superblocks without their database are refused instead of made anew', async () => {
	const image = await diskWithFile();
	image.ensure('volume').resize(0);
	const before = contents(image);
	await assert.rejects(openTestVolume(new SimulatedDisk(image)), VolumeRefused);
	assert.deepEqual(contents(image), before);
});

it('a damaged superblock is told and repaired; two of them keep nobody out', async () => {
	const image = await diskWithFile();
	superblock(image, 'a').fill(0xff, 0, 600);
	let volume = await openTestVolume(new SimulatedDisk(image));
	assert.match(volume.status().health, /superblock/);
	volume.create(volume.root, 'more', 'directory');
	volume.commit();
	volume.settle();
	volume.close();
	volume = await openTestVolume(new SimulatedDisk(image));
	assert.equal(volume.status().health, 'good');
	volume.close();
	for (const letter of ['a', 'b'] as const) superblock(image, letter).fill(0, 100, 700);
	volume = await openTestVolume(new SimulatedDisk(image));
	assert.deepEqual([...describeTree(volume).keys()].sort(), ['/kept.txt', '/more']);
	volume.close();
});

it('a ruined first page is put back from the superblocks', async () => {
	const image = await diskWithFile();
	image.ensure('volume').content.fill(0x5a, 0, 8192);
	const volume = await openTestVolume(new SimulatedDisk(image));
	assert.deepEqual([...describeTree(volume).keys()], ['/kept.txt']);
	assert.deepEqual(await volume.check(), []);
	volume.close();
});

it('opening a volume that was closed writes nothing', async () => {
	const disk = new SimulatedDisk(await diskWithFile(), true);
	const volume = await openTestVolume(disk);
	describeTree(volume);
	assert.deepEqual(disk.log, []);
	volume.close();
});

it('a small change is one write and one flush, inside the room that the log keeps; an idle log is empty', async () => {
	const disk = new SimulatedDisk(await diskWithFile(), true);
	const volume = await openTestVolume(disk, { reserveBytes: 1 << 20 });
	const log = disk.image.ensure('log');
	volume.settle();
	assert.equal(log.size, 1 << 18);
	disk.log.length = 0;
	volume.write(volume.create(volume.root, 'small', 'file'), 0, text('small'));
	volume.commit();
	assert.deepEqual(
		disk.log.map(({ kind }) => kind),
		['write', 'flush', 'write', 'flush'],
		'a log that was empty begins with a header, which is flushed by itself',
	);
	disk.log.length = 0;
	volume.write(volume.create(volume.root, 'second', 'file'), 0, text('second'));
	volume.commit();
	assert.deepEqual(
		disk.log.map(({ kind, ...operation }) => [kind, 'file' in operation && operation.file]),
		[
			['write', 'log'],
			['flush', 'log'],
		],
	);
	assert.equal(log.size, 1 << 18);
	volume.settle();
	assert.ok(log.content.every((byte) => byte === 0));
	assert.equal(log.size, 1 << 18);
	volume.close();
	const again = await openTestVolume(disk);
	assert.deepEqual([...describeTree(again).keys()].sort(), ['/kept.txt', '/second', '/small']);
	again.close();
});

it('a closed volume answers nothing, and can be opened again', async () => {
	const disk = new SimulatedDisk(await diskWithFile());
	const volume = await openTestVolume(disk);
	volume.close();
	for (const ask of [() => volume.stat(1), () => volume.create(1, 'a', 'file'), () => volume.list(1, '', 10)])
		assert.throws(ask, (error) => error instanceof OsError && error.code === 'EIO');
	volume.close();
	const again = await openTestVolume(disk);
	assert.deepEqual([...describeTree(again).keys()], ['/kept.txt']);
	again.close();
});

it('what was deleted is nowhere in the files of a closed volume', async () => {
	const disk = new SimulatedDisk();
	const random = new SeededRandom(1);
	const volume = await openTestVolume(disk);
	const canaries = Array.from({ length: 50 }, (_, index) => `canary-${index}-${random.below(2 ** 31)}`);
	for (const canary of canaries) {
		const file = volume.create(volume.root, canary, 'file');
		volume.write(file, 0, text(canary.repeat(random.pick([1, 100, 3000]))));
		volume.commit();
	}
	const isThere = (canary: string): boolean =>
		[...disk.image.files.values()].some(({ content }) => Buffer.from(content).includes(canary));
	assert.ok(canaries.every(isThere), 'the search finds what is there');
	for (const canary of canaries) volume.unlink(volume.root, canary);
	volume.commit();
	volume.settle();
	volume.close();
	assert.deepEqual(canaries.filter(isThere), []);
});

it('damage of the log while it is in use is never handed out', async () => {
	const disk = new SimulatedDisk();
	const random = new SeededRandom(2);
	const volume = await openTestVolume(disk, { reserveBytes: 32 << 20 });
	volume.settle();
	const wanted = random.bytes(12 << 20);
	const file = volume.create(volume.root, 'large', 'file');
	volume.write(file, 0, wanted);
	volume.commit();
	const log = disk.image.ensure('log').content;
	assert.ok(log.length > wanted.length, 'all of it is in the log');
	for (let at = 1_000_000; at < log.length; at += 100_000) log.fill(random.below(256), at, at + 300);
	let failures = 0;
	for (let at = 0; at < wanted.length; at += 1 << 16) {
		const found = new Uint8Array(1 << 16);
		try {
			volume.read(file, at, found);
			assert.ok(Buffer.from(found).equals(wanted.subarray(at, at + found.length)));
		} catch (error) {
			assert.ok(error instanceof OsError && error.code === 'EILSEQ', String(error));
			failures++;
		}
	}
	assert.ok(failures > 0);
});

it('a write that finds the disk full in the middle takes its group with it and says so', async () => {
	const outcomes = new Set<string>();
	const content = new Uint8Array(20 << 20).fill(0x55);
	for (let room = 0; room < 24; room++) {
		const disk = new SimulatedDisk(await diskWithFile());
		const volume = await openTestVolume(disk, { reserveBytes: 1 << 20 });
		volume.settle();
		disk.quota = disk.image.usedBytes + room * 700_000;
		volume.create(volume.root, 'of the group', 'file');
		const large = volume.create(volume.root, 'large', 'file');
		let failure: unknown;
		try {
			volume.write(large, 0, content);
			volume.commit();
		} catch (error) {
			failure = error;
		}
		assert.ok(failure instanceof OsError && failure.code === 'ENOSPC', String(failure));
		outcomes.add(failure.name);
		// Lost in the middle or refused at the end: either way the group is undone.
		assert.equal(volume.dirty, false);
		assert.deepEqual([...describeTree(volume).keys()], ['/kept.txt']);
		volume.unlink(volume.root, 'kept.txt');
		volume.commit();
		assert.deepEqual(volume.checkStructure(), []);
		volume.close();
	}
	assert.deepEqual([...outcomes].sort(), ['GroupLost', 'OsError']);
});

function makeLargeTree(volume: OpenedVolume): number {
	const top = volume.create(volume.root, 'large', 'directory');
	let count = 1;
	for (let branch = 0; branch < 12; branch++) {
		const directory = volume.create(top, `branch ${branch}`, 'directory');
		count++;
		for (let leaf = 0; leaf < 150; leaf++, count++)
			volume.write(volume.create(directory, `leaf ${leaf}`, 'file'), 0, text(`leaf ${leaf}`));
	}
	volume.commit();
	return count;
}

it('a large tree is gone at once and its room comes back in steps, over a restart too', async () => {
	const disk = new SimulatedDisk();
	const clock = new ManualClock();
	let volume = await openTestVolume(disk, { clock });
	const count = makeLargeTree(volume);
	const large = volume.find(volume.root, 'large') as number;
	const branch = volume.find(large, 'branch 3') as number;
	const open = volume.find(branch, 'leaf 7') as number;
	volume.link(volume.find(branch, 'leaf 8') as number, volume.root, 'also here');
	volume.retain(open);
	assert.equal(volume.removeTree(volume.root, 'large').length, count);
	volume.commit();
	assert.deepEqual([...describeTree(volume).keys()], ['/also here']);
	assert.deepEqual(volume.search(volume.root, 'leaf', 10), []);
	assert.deepEqual(volume.usage(volume.root), { files: 1, directories: 1, bytes: 6, storedBytes: 6 });
	for (let step = 0; step < 5; step++) clock.advance(3000);
	assert.deepEqual(volume.checkStructure(), []);
	const found = new Uint8Array(10);
	assert.equal(volume.read(open, 0, found), 6, 'an open file stays');
	volume.close();

	volume = await openTestVolume(disk, { clock });
	volume.settle();
	assert.equal(volume.status().files, 2);
	assert.deepEqual(volume.checkStructure(), []);
	volume.close();
});

it('a copy shares its content until one of the two is changed', async () => {
	const volume = await openTestVolume(new SimulatedDisk());
	const bytes = new SeededRandom(3).bytes(300_000);
	const first = volume.create(volume.root, 'first', 'file');
	volume.write(first, 0, bytes);
	volume.commit();
	volume.settle();
	const used = volume.status().usedBytes;
	const second = volume.copy(first, volume.root, 'second');
	volume.commit();
	volume.settle();
	assert.ok(volume.status().usedBytes - used < 50_000, 'the copy takes next to no room');
	volume.write(second, 100_000, new Uint8Array(10));
	volume.unlink(volume.root, 'first');
	volume.commit();
	volume.settle();
	const wanted = bytes.slice();
	wanted.fill(0, 100_000, 100_010);
	const found = new Uint8Array(300_000);
	volume.read(second, 0, found);
	assert.ok(Buffer.from(found).equals(wanted));
	assert.deepEqual(volume.checkStructure(), []);
	volume.close();
});

it('in Node a directory belongs to one process; the lock of one that is gone is taken', async () => {
	const directory = await mkdtemp(path.join(tmpdir(), 'vitrine-store-'));
	try {
		const store = new FileBlockStore(directory);
		const file = await store.open('volume');
		await assert.rejects(new FileBlockStore(directory).open('volume'), /in use by this process/);
		file.close();
		await writeFile(path.join(directory, 'lock'), '999999999\n');
		(await new FileBlockStore(directory).open('volume')).close();
	} finally {
		await rm(directory, { recursive: true });
	}
});

/** A file whose middle cannot be read any more. */
async function diskWithRottenFile(): Promise<DiskImage> {
	const disk = new SimulatedDisk();
	const volume = await openTestVolume(disk);
	const bytes = new SeededRandom(7).bytes(300_000);
	volume.write(volume.create(volume.root, 'rotten', 'file'), 0, bytes);
	volume.commit();
	volume.settle();
	volume.close();
	const { content } = disk.image.ensure('volume');
	const at = Buffer.from(content).indexOf(bytes.subarray(150_000, 150_064));
	assert.ok(at > 0);
	content.fill(0, at, at + 64);
	return disk.image;
}

function readRotten(volume: OpenedVolume): void {
	const inode = volume.find(volume.root, 'rotten');
	assert.ok(inode !== undefined);
	assert.throws(() => volume.read(inode, 0, new Uint8Array(300_000)), /do not match their checksum/);
}

it('a damaged file that is read while changes wait does not make them vanish unsaid', async () => {
	const image = await diskWithRottenFile();
	let volume = await openTestVolume(new SimulatedDisk(image));
	volume.create(volume.root, 'waiting', 'file');
	readRotten(volume);
	let isStored = true;
	try {
		volume.commit();
	} catch (error) {
		assert.ok(error instanceof OsError);
		isStored = false;
	}
	assert.equal(volume.dirty, false);
	volume.close();
	volume = await openTestVolume(new SimulatedDisk(image));
	assert.equal(volume.find(volume.root, 'waiting') !== undefined, isStored);
	volume.close();
});

it('a change after such a read does not pass for the whole of its group', async () => {
	const volume = await openTestVolume(new SimulatedDisk(await diskWithRottenFile()));
	volume.create(volume.root, 'waiting', 'file');
	readRotten(volume);
	let isLost = false;
	try {
		volume.create(volume.root, 'later', 'file');
	} catch (error) {
		isLost = error instanceof GroupLost;
	}
	assert.equal(volume.find(volume.root, 'waiting') === undefined, isLost);
	volume.close();
});
