/** What is done for a volume: pages made anew, a copy as one file while others write, room given back. */
import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import { OsError } from '#abi/errors.ts';
import type { VolumeExport } from '#fs/system-volume.ts';
import type { OpenedVolume } from '#volume/open-volume.ts';
import { type RescueReport, rescueVolume } from '#volume/rescue.ts';
import { TreePage, treePage } from '#volume/tree-pages.ts';
import { importVolume, inspectExport } from '#volume/volume-import.ts';
import { VolumeStorage } from '#volume/volume-storage.ts';
import { describeTree, OperationSource, perform } from './random-operations.ts';
import { type DiskImage, SimulatedDisk } from './simulated-disk.ts';
import { ManualClock, openTestVolume, SeededRandom } from './test-volume.ts';

const pageSize = 8192;

let grown: DiskImage;
let grownTree: ReadonlyMap<string, string>;

/** A volume whose trees are three pages high. */
before(async () => {
	const disk = new SimulatedDisk();
	const volume = await openTestVolume(disk);
	const random = new SeededRandom(11);
	for (let folder = 0; folder < 12; folder++) {
		const directory = volume.create(volume.root, `Folder ${folder} ÄÖ`, 'directory', `O:S-1-${folder}`);
		for (let count = 0; count < 250; count++) {
			const file = volume.create(directory, `A file with a Longer name ${count}`, 'file', `O:S-1-${folder}`);
			volume.write(file, 0, random.bytes(random.below(600)));
			if (count % 3 === 0) volume.setExtended(file, 'user.note', random.bytes(200));
		}
		volume.commit();
	}
	const large = volume.create(volume.root, 'large', 'file');
	for (let at = 0; at < 20; at++) volume.write(large, at << 20, new Uint8Array(1 << 20).fill(at + 1));
	volume.commit();
	volume.settle();
	grownTree = describeTree(volume);
	volume.close();
	grown = disk.image;
});

function pagesOf(image: DiskImage, isWanted: (page: TreePage) => boolean): number[] {
	const { content } = image.ensure('volume');
	const found: number[] = [];
	for (let number = 2; number <= content.length / pageSize; number++) {
		const page = new TreePage(content.slice((number - 1) * pageSize, number * pageSize), number);
		// Of a map and of a page of content the first byte may be anything; a tree's page has its cells in it.
		if (isWanted(page) && page.cellCount < 1000 && page.bytes[5] !== undefined) found.push(number);
	}
	return found;
}

function ruin(image: DiskImage, number: number): void {
	image.ensure('volume').content.fill(0x5a, (number - 1) * pageSize + 40, number * pageSize - 3000);
}

async function repaired(image: DiskImage): Promise<{ volume: OpenedVolume; rebuilt: number; left: number }> {
	const volume = await openTestVolume(new SimulatedDisk(image));
	const { rebuiltPages, damagedPages } = volume.care.repair();
	return { volume, rebuilt: rebuiltPages, left: damagedPages };
}

it('each inner page of a table is made anew from the pages below it', async () => {
	const pages = pagesOf(grown, ({ type }) => type === treePage.innerTable);
	assert.ok(pages.length >= 3, `${pages.length} inner pages`);
	for (const number of pages) {
		const image = grown.clone();
		ruin(image, number);
		const { volume, rebuilt, left } = await repaired(image);
		assert.deepEqual({ rebuilt, left }, { rebuilt: 1, left: 0 }, `page ${number}`);
		assert.deepEqual(volume.checkStructure(), [], `page ${number}`);
		assert.deepEqual(describeTree(volume), grownTree);
		volume.close();
	}
});

it('all inner pages of tables at once, too', async () => {
	const image = grown.clone();
	const pages = pagesOf(image, ({ type }) => type === treePage.innerTable);
	for (const number of pages) ruin(image, number);
	const { volume, rebuilt, left } = await repaired(image);
	assert.deepEqual({ rebuilt, left }, { rebuilt: pages.length, left: 0 });
	assert.deepEqual(volume.checkStructure(), []);
	assert.deepEqual(describeTree(volume), grownTree);
	volume.close();
});

it('what cannot be made anew stays as it is, is told, and harms nothing else', async () => {
	for (const number of pagesOf(grown, ({ type }) => type === treePage.leafTable).slice(0, 60)) {
		const image = grown.clone();
		ruin(image, number);
		const before = image.ensure('volume').content.slice((number - 1) * pageSize, number * pageSize);
		const { volume, rebuilt, left } = await repaired(image);
		assert.deepEqual({ rebuilt, left }, { rebuilt: 0, left: 1 });
		volume.close();
		const after = image.ensure('volume').content.subarray((number - 1) * pageSize, number * pageSize);
		assert.ok(Buffer.from(after).equals(before));
	}
});

it('every page that is no leaf of a table: nothing is lost, or it is told', async () => {
	const isOther = ({ type }: TreePage): boolean => type !== treePage.leafTable;
	let rebuiltPages = 0;
	const { content } = grown.ensure('volume');
	for (let number = 2; number <= content.length / pageSize; number++) {
		const page = new TreePage(content.subarray((number - 1) * pageSize, number * pageSize), number);
		// All inner pages and maps; of the many leaves of indexes and pages of content some.
		const isOfMany = page.type === treePage.leafIndex ? number % 11 !== 0 : page.bytes[0] === 0 && number % 197 !== 0;
		if (!isOther(page) || isOfMany) continue;
		const image = grown.clone();
		ruin(image, number);
		const { volume, rebuilt, left } = await repaired(image);
		rebuiltPages += rebuilt;
		if (left === 0) {
			assert.deepEqual(volume.checkStructure(), [], `page ${number}, first byte ${page.bytes[0]}`);
			assert.deepEqual(describeTree(volume), grownTree, `page ${number}`);
		} else assert.notDeepEqual(await volume.check(), []);
		volume.close();
	}
	assert.ok(rebuiltPages > 4, `${rebuiltPages}`);
});

async function rescued(image: DiskImage): Promise<{ tree: ReadonlyMap<string, string>; report: RescueReport }> {
	const storage = await VolumeStorage.open(new SimulatedDisk(image), 0);
	const target = await openTestVolume(new SimulatedDisk());
	const report = rescueVolume(storage.pages, storage.pageSize, target);
	storage.close();
	assert.deepEqual(target.checkStructure(), []);
	const tree = describeTree(target);
	target.close();
	return { tree, report };
}

it('a rescue of a whole volume is the volume', async () => {
	const { tree, report } = await rescued(grown.clone());
	assert.deepEqual(tree, grownTree);
	assert.deepEqual({ unnamed: report.unnamed, partly: report.partly }, { unnamed: 0, partly: [] });
});

it('a rescue brings back nothing that was removed', async () => {
	const disk = new SimulatedDisk(grown.clone());
	const volume = await openTestVolume(disk);
	const open = volume.find(volume.root, 'large') as number;
	volume.retain(open);
	volume.unlink(volume.root, 'large');
	const within = volume.create(volume.root, 'removed', 'directory');
	for (let count = 0; count < 1200; count++) volume.create(within, `${count}`, 'file');
	volume.removeTree(volume.root, 'removed');
	volume.commit();
	// As a crash would leave it, with the log moved into the database.
	const left = disk.image.clone();
	const storage = await openTestVolume(new SimulatedDisk(left));
	storage.close();
	const { tree, report } = await rescued(left);
	assert.deepEqual([...tree.keys()].sort(), [...grownTree.keys()].filter((path) => path !== '/large').sort());
	assert.equal(report.unnamed, 0);
	volume.close();
});

it('a rescue saves all but what stood on the lost pages, and says what is there only in part', async () => {
	const leaves = pagesOf(grown, ({ type }) => type === treePage.leafTable || type === treePage.leafIndex);
	const random = new SeededRandom(21);
	for (let round = 0; round < 4; round++) {
		const image = grown.clone();
		const lost = [random.pick(leaves), random.pick(leaves)];
		for (const number of lost) ruin(image, number);
		for (const number of pagesOf(image, ({ type }) => type === treePage.innerTable)) ruin(image, number);
		const { tree, report } = await rescued(image);
		const wrong = [...grownTree].filter(([path, text]) => tree.get(path) !== text).map(([path]) => path);
		const told = report.partly.length + report.unnamed;
		// A page of inodes or names has some hundred; everything else is as it was.
		assert.ok(
			wrong.length < 700 && wrong.length < grownTree.size / 3,
			`pages ${lost}: ${wrong.length} of ${grownTree.size}`,
		);
		assert.ok(wrong.length === 0 || told > 0 || wrong.every((path) => path.startsWith('/Folder')), `${lost}: ${wrong}`);
	}
});

const fails = (code: string) => (error: unknown) => error instanceof OsError && error.code === code;

function readAll(exported: VolumeExport, part = 50_000): Uint8Array {
	const bytes = new Uint8Array(exported.size);
	for (let at = 0; at < bytes.length; at += part) exported.read(at, bytes.subarray(at, at + part));
	return bytes;
}

async function imported(bytes: Uint8Array): Promise<{ image: DiskImage; damagedPages: number }> {
	const disk = new SimulatedDisk();
	const source = { size: bytes.length, read: async (at: number, length: number) => bytes.subarray(at, at + length) };
	const work = importVolume(source, disk);
	for (;;) {
		const step = await work.next();
		if (step.done) return { image: disk.image, damagedPages: step.value.damagedPages };
	}
}

it('an export is the volume of one moment, whatever is written meanwhile', async () => {
	const clock = new ManualClock();
	const disk = new SimulatedDisk(grown.clone());
	const volume = await openTestVolume(disk, { clock, reserveBytes: 1 << 20 });
	const exported = volume.care.openExport();
	assert.throws(() => volume.care.openExport(), fails('EBUSY'));
	const source = new OperationSource(new SeededRandom(5), 90_000, 4);
	const bytes = new Uint8Array(exported.size);
	const part = Math.ceil(exported.size / 60);
	for (let at = 0; at < bytes.length; at += part) {
		exported.read(at, bytes.subarray(at, at + part));
		for (let count = 0; count < 6; count++) perform(volume, source.nextChange());
		volume.commit();
		clock.advance(1000);
	}
	exported.close();
	const after = describeTree(volume);
	volume.settle();
	assert.deepEqual(describeTree(volume), after);
	volume.close();

	const { image, damagedPages } = await imported(bytes);
	assert.equal(damagedPages, 0);
	const copy = await openTestVolume(new SimulatedDisk(image));
	assert.deepEqual(describeTree(copy), grownTree);
	assert.deepEqual(copy.checkStructure(), []);
	assert.equal(copy.status().health, 'good');
	copy.close();
	const original = await openTestVolume(new SimulatedDisk(grown.clone()));
	const again = await openTestVolume(new SimulatedDisk(image));
	assert.equal(again.status().identifier, original.status().identifier);
});

it('an export that the volume can no longer hold back says so', async () => {
	const disk = new SimulatedDisk(grown.clone());
	const volume = await openTestVolume(disk, { reserveBytes: 1 << 20 });
	volume.settle();
	const exported = volume.care.openExport();
	disk.quota = disk.image.usedBytes + 300_000;
	const random = new SeededRandom(4);
	assert.throws(() => {
		for (let count = 0; count < 40; count++) {
			volume.write(volume.create(volume.root, `filling ${count}`, 'file'), 0, random.bytes(60_000));
			volume.commit();
		}
	}, fails('ENOSPC'));
	volume.unlink(volume.root, 'large');
	volume.commit();
	volume.settle();
	assert.throws(() => exported.read(0, new Uint8Array(10)), fails('ECANCELED'));
	exported.close();
	assert.deepEqual(volume.checkStructure(), []);
	volume.close();
});

it('a part of an export, one with a ruined end, and another file are refused', async () => {
	const volume = await openTestVolume(new SimulatedDisk(grown.clone()));
	const exported = volume.care.openExport();
	const bytes = readAll(exported);
	exported.close();
	const inspect = (part: Uint8Array): Promise<unknown> =>
		inspectExport({ size: part.length, read: async (at, length) => part.subarray(at, at + length) });
	await inspect(bytes);
	for (const length of [0, 100, pageSize, bytes.length - 1, bytes.length - pageSize, bytes.length - 7 * pageSize])
		await assert.rejects(inspect(bytes.subarray(0, length)), /no exported volume/);
	const ruined = bytes.slice();
	ruined.fill(1, bytes.length - pageSize, bytes.length - pageSize + 100);
	await assert.rejects(inspect(ruined), /no exported volume/);
	const withoutMiddle = Buffer.concat([bytes.subarray(0, 9 * pageSize), bytes.subarray(10 * pageSize)]);
	await assert.rejects(inspect(withoutMiddle), /no exported volume/);
	volume.close();
});

it('an import mends single bits, counts damaged pages, and overwrites no volume', async () => {
	const volume = await openTestVolume(new SimulatedDisk(grown.clone()));
	const exported = volume.care.openExport();
	const bytes = readAll(exported);
	exported.close();
	volume.close();
	bytes[5 * pageSize + 77] = (bytes[5 * pageSize + 77] as number) ^ 4;
	const { image, damagedPages } = await imported(bytes);
	assert.equal(damagedPages, 0);
	const copy = await openTestVolume(new SimulatedDisk(image));
	assert.deepEqual(describeTree(copy), grownTree);
	copy.close();
	bytes.fill(9, 50 * pageSize, 50 * pageSize + 64);
	assert.equal((await imported(bytes)).damagedPages, 1);
	const target = new SimulatedDisk(grown.clone());
	const source = { size: bytes.length, read: async (at: number, length: number) => bytes.subarray(at, at + length) };
	await assert.rejects(importVolume(source, target).next(), /There is a volume already/);
});

it('what was deleted gives its room back at once when it is asked for', async () => {
	const disk = new SimulatedDisk(grown.clone());
	const volume = await openTestVolume(disk);
	volume.unlink(volume.root, 'large');
	volume.commit();
	const work = volume.care.compact();
	let steps = 0;
	for (;;) {
		const step = work.next();
		if (step.done) {
			assert.ok(step.value > 19 << 20, `${step.value}`);
			break;
		}
		steps++;
	}
	assert.ok(steps > 3);
	assert.ok(volume.status().usedBytes < 8 << 20, `${volume.status().usedBytes}`);
	assert.deepEqual(volume.checkStructure(), []);
	volume.close();
});

it('while changes wait nothing of this is begun', async () => {
	const volume = await openTestVolume(new SimulatedDisk());
	volume.create(volume.root, 'waiting', 'file');
	for (const begin of [() => volume.care.openExport(), () => volume.care.repair(), () => volume.care.compact().next()])
		assert.throws(begin, fails('EBUSY'));
	volume.close();
});
