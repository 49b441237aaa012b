import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { runTool } from '../keeper/run-tool.ts';
import { FileBlockDevice } from './block-device.ts';
import { addPartition, makeFirstCopy, readTable, writeNewTable } from './gpt.ts';
import { leastDiskBytes, planInstalledDisk, sectorBytes } from './layout.ts';

let directory = '';

async function makeDisk(name: string, sizeBytes: number): Promise<string> {
	const file = path.join(directory, name);
	await using made = await open(file, 'w');
	await made.truncate(sizeBytes);
	return file;
}

const linuxData = '0FC63DAF-8483-4772-8E79-3D69D8477DE4';
const mebibyteSectors = 2048;

suite('A partition table', () => {
	before(async () => {
		directory = await mkdtemp(path.join(tmpdir(), 'vitrine-gpt-'));
	});
	after(() => rm(directory, { recursive: true }));

	test('What is written is read again, from the beginning and from the end', async () => {
		await using disk = await FileBlockDevice.open(await makeDisk('new', leastDiskBytes), 'write');
		const plans = planInstalledDisk(leastDiskBytes);
		await writeNewTable(disk, plans, randomUUID);
		const table = await readTable(disk);
		assert.deepEqual(table?.partitions, plans);
		assert.equal(table.lastSector, leastDiskBytes / sectorBytes - 1);
		assert.deepEqual((await readTable(disk, table.lastSector))?.partitions, plans);
	});

	test('Linux reads it as it was meant', async () => {
		const file = await makeDisk('linux', leastDiskBytes);
		{
			await using disk = await FileBlockDevice.open(file, 'write');
			await writeNewTable(disk, planInstalledDisk(leastDiskBytes), randomUUID);
		}
		const told = await runTool('partx', [
			'--show',
			'--bytes',
			'--noheadings',
			'--output',
			'NR,START,SECTORS,NAME',
			file,
		]);
		const lines = told
			.trim()
			.split('\n')
			.map((line) => line.trim().split(/\s+/).join(' '));
		assert.deepEqual(
			lines,
			planInstalledDisk(leastDiskBytes).map(
				({ number, startSector, sectors, name }) => `${number} ${startSector} ${sectors} ${name}`,
			),
		);
		assert.equal((await runTool('blkid', ['-p', '-o', 'value', '-s', 'PTTYPE', file])).trim(), 'gpt');
	});

	test('An added partition leaves the boot record alone, and the table before it can be told again', async () => {
		const file = await makeDisk('stick', 64 * 1024 * 1024);
		const imageBytes = 16 * 1024 * 1024;
		const part = { number: 1, name: 'ISO9660', type: linuxData, startSector: 64, sectors: 1000 };
		await using stick = await FileBlockDevice.open(file, 'write');
		const image = await makeDisk('image', imageBytes);
		let before: Uint8Array;
		{
			await using small = await FileBlockDevice.open(image, 'write');
			await writeNewTable(small, [part], randomUUID);
			before = await small.read(0, imageBytes);
		}
		await stick.write(0, before);
		const startSector = imageBytes / sectorBytes + mebibyteSectors;
		await addPartition(
			stick,
			{ number: 3, name: 'VITRINE-DATA', type: linuxData, startSector, sectors: 4096 },
			randomUUID,
		);
		const table = await readTable(stick);
		assert.deepEqual(
			table?.partitions.map(({ number, name }) => `${number} ${name}`),
			['1 ISO9660', '3 VITRINE-DATA'],
		);
		assert.deepEqual(await stick.read(0, sectorBytes), before.slice(0, sectorBytes));
		const old = await readTable(stick, imageBytes / sectorBytes - 1);
		assert.ok(old, 'the copy at the end of the image is untouched');
		assert.deepEqual(new Uint8Array(makeFirstCopy(old)), new Uint8Array(before.slice(sectorBytes, 34 * sectorBytes)));
	});

	test('A partition over another one, or with its number, is refused', async () => {
		await using disk = await FileBlockDevice.open(await makeDisk('twice', 64 * 1024 * 1024), 'write');
		const part = { number: 1, name: 'one', type: linuxData, startSector: 2048, sectors: 2048 };
		await writeNewTable(disk, [part], randomUUID);
		await assert.rejects(addPartition(disk, { ...part, number: 2, startSector: 4095 }, randomUUID), RangeError);
		await assert.rejects(addPartition(disk, { ...part, startSector: 8192 }, randomUUID), RangeError);
	});

	test('A table with one bit changed is none', async () => {
		await using disk = await FileBlockDevice.open(await makeDisk('changed', 64 * 1024 * 1024), 'write');
		await writeNewTable(
			disk,
			[{ number: 1, name: 'one', type: linuxData, startSector: 2048, sectors: 2048 }],
			randomUUID,
		);
		for (const place of [sectorBytes + 8, sectorBytes + 60, sectorBytes + 90, 2 * sectorBytes + 40, 3 * sectorBytes]) {
			const [byte = 0] = await disk.read(place, 1);
			await disk.write(place, Uint8Array.of(byte ^ 4));
			assert.equal(await readTable(disk), undefined, String(place));
			await disk.write(place, Uint8Array.of(byte));
		}
		assert.ok(await readTable(disk));
	});
});
