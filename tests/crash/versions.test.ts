/** Previous versions on the volume: they cost nothing that anybody waits for, and are given up before anything fails. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Inode } from '#fs/file-system.ts';
import type { OpenedVolume } from '#volume/open-volume.ts';
import { SimulatedDisk } from './simulated-disk.ts';
import { everyVersion, ManualClock, openTestVolume, SeededRandom } from './test-volume.ts';

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const hour = 3_600_000;

function read(volume: OpenedVolume, inode: Inode): string {
	const into = new Uint8Array(volume.stat(inode).size);
	volume.read(inode, 0, into);
	return new TextDecoder().decode(into);
}

function make(volume: OpenedVolume, name: string, content: Uint8Array): Inode {
	const inode = volume.create(volume.root, name, 'file');
	volume.write(inode, 0, content);
	volume.commit();
	return inode;
}

/** As a program that opens the file, writes and closes it. */
function change(volume: OpenedVolume, inode: Inode, content: Uint8Array, offset = 0): void {
	volume.versions.expectChange(inode);
	volume.write(inode, offset, content);
	volume.commit();
}

function remove(volume: OpenedVolume, name: string): void {
	volume.versions.expectChange(volume.find(volume.root, name) as Inode);
	volume.unlink(volume.root, name);
	volume.commit();
}

it('what nobody expects keeps nothing, and a version is of what was stored before the group', async () => {
	const volume = await openTestVolume(new SimulatedDisk());
	const file = make(volume, 'a', bytes('one'));
	volume.write(file, 0, bytes('two'));
	volume.versions.expectChange(file);
	volume.write(file, 0, bytes('six'));
	volume.commit();
	assert.deepEqual(volume.versions.list(file), []);
	volume.write(file, 0, bytes('ten'));
	volume.commit();
	assert.deepEqual(
		volume.versions.list(file).map(({ inode }) => read(volume, inode)),
		['six'],
	);
	volume.close();
});

it('a version shares what was not changed', async () => {
	const volume = await openTestVolume(new SimulatedDisk());
	const large = new SeededRandom(3).bytes(40 * 65_536);
	const file = make(volume, 'large', large);
	volume.settle();
	const before = volume.status().usedBytes;
	for (let round = 0; round < 5; round++) change(volume, file, bytes('changed'), round * 65_536);
	volume.settle();
	assert.equal(volume.versions.list(file).length, 5);
	assert.ok(volume.status().usedBytes - before < 5 * 4 * 65_536);
	assert.deepEqual(volume.checkStructure(), []);
	volume.close();
});

for (const way of ['purged', 'erased with its folder', 'deleted for good'] as const)
	it(`of a version that was ${way} nothing is left on the disk`, async () => {
		const disk = new SimulatedDisk();
		const volume = await openTestVolume(disk, { reserveBytes: 1 << 20 });
		const folder = volume.create(volume.root, 'folder', 'directory');
		const file = volume.create(folder, 'a', 'file');
		const canary = bytes('the canary sings '.repeat(2000));
		volume.write(file, 0, canary);
		volume.commit();
		change(volume, file, new Uint8Array(canary.length));
		volume.settle();
		assert.ok(holds(disk, canary.subarray(0, 17)), 'the version is on the disk');
		if (way === 'purged') assert.equal(volume.versions.purge(file), 1);
		else if (way === 'deleted for good') volume.unlink(folder, 'a');
		else volume.removeTree(volume.root, 'folder');
		volume.commit();
		volume.settle();
		volume.close();
		assert.ok(!holds(disk, canary.subarray(0, 17)), 'it is gone');
	});

function holds(disk: SimulatedDisk, canary: Uint8Array): boolean {
	const sought = Buffer.from(canary);
	return [...disk.image.files.values()].some(({ content }) => Buffer.from(content).includes(sought));
}

it('versions grow fewer with their age and stay within their room', async () => {
	const clock = new ManualClock();
	const volume = await openTestVolume(new SimulatedDisk(), { clock });
	const random = new SeededRandom(1);
	const file = make(volume, 'a', random.bytes(70_000));
	for (let round = 0; round < 200; round++) {
		clock.advance(hour / 4);
		change(volume, file, random.bytes(64), round * 300);
		volume.settle();
	}
	const { length } = volume.versions.list(file);
	assert.ok(length > 20 && length < 40, `${length} versions of two days`);
	volume.versions.configure({ ...everyVersion, quotaBytes: 600_000 });
	volume.settle();
	const { versions, bytes: held } = volume.versions.usage();
	assert.ok(held <= 600_000 && versions > 0 && versions < length, `${versions} versions hold ${held} bytes`);
	volume.versions.configure({ ...everyVersion, quotaBytes: 0 });
	volume.settle();
	assert.equal(volume.versions.usage().versions, 0);
	assert.deepEqual(volume.checkStructure(), []);
	volume.close();
});

it('a full disk gives up versions before it refuses a write, and deletes whatever it keeps', async (context) => {
	const disk = new SimulatedDisk();
	const clock = new ManualClock();
	const reserveBytes = 4 << 20;
	const volume = await openTestVolume(disk, { clock, reserveBytes });
	const random = new SeededRandom(7);
	for (let count = 0; count < 40; count++) make(volume, `old ${count}`, random.bytes(200_000));
	for (let count = 0; count < 40; count++) remove(volume, `old ${count}`);
	clock.advance(hour);
	change(volume, make(volume, 'last', bytes('one')), bytes('two'));
	volume.settle();
	const { versions, bytes: held } = volume.versions.usage();
	assert.ok(versions > 40 && held > 7_000_000, `${versions} versions hold ${held} bytes`);
	disk.quota = disk.image.usedBytes + 300_000;
	let written = 0;
	let refusal: unknown;
	for (let count = 0; refusal === undefined; count++) {
		try {
			make(volume, `new ${count}`, random.bytes(100_000));
			written += 100_000;
		} catch (error) {
			volume.rollback();
			refusal = error;
		}
		clock.advance(1);
		if (count % 3 === 0 && volume.find(volume.root, `new ${count}`) !== undefined) {
			remove(volume, `new ${count}`);
			written -= 100_000;
		}
	}
	context.diagnostic(`${written} bytes written, ${volume.versions.usage().versions} versions left`);
	assert.match(String(refusal), /no room|full|space/i);
	assert.ok(written > held / 2, `only ${written} bytes could be written`);
	assert.ok(volume.versions.usage().bytes < 2_000_000, 'versions that take room are left on a full disk');
	for (let count = 0; volume.find(volume.root, `new ${count}`) !== undefined || count % 3 === 0; count++)
		if (volume.find(volume.root, `new ${count}`) !== undefined) remove(volume, `new ${count}`);
	volume.settle();
	clock.advance(2000);
	make(volume, 'after', random.bytes(100_000));
	assert.deepEqual(volume.checkStructure(), []);
	volume.close();
});

it('a volume with twenty thousand versions lists those of a file at once, and thins in steps', async (context) => {
	const clock = new ManualClock();
	const volume = await openTestVolume(new SimulatedDisk(), { clock });
	for (let count = 0; count < 4000; count++) {
		const inode = volume.create(volume.root, `file ${count}`, 'file');
		volume.write(inode, 0, bytes('one'));
		if (count % 1000 === 999) volume.commit();
	}
	for (let round = 0; round < 5; round++) {
		clock.advance(hour);
		for (let count = 0; count < 4000; count++) {
			const inode = volume.find(volume.root, `file ${count}`) as Inode;
			volume.versions.expectChange(inode);
			volume.write(inode, 0, bytes(`${round}`));
			if (count % 1000 === 999) volume.commit();
		}
	}
	assert.equal(volume.versions.usage().versions, 20_000);
	const started = performance.now();
	const list = volume.versions.list(volume.find(volume.root, 'file 7') as Inode);
	context.diagnostic(`listing one file’s versions: ${(performance.now() - started).toFixed(2)} ms`);
	assert.equal(list.length, 5);
	// Once for a pass that was under way, and once for the next.
	for (const wait of [400 * 24 * hour, 7 * hour]) {
		clock.advance(wait);
		volume.settle();
	}
	assert.equal(volume.versions.usage().versions, 0);
	volume.close();
});
