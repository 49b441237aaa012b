import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { makeBootRecord, placeCore } from './bios-loader.ts';
import { environmentBlockBytes, makeEnvironmentBlock, parseEnvironmentBlock } from './environment-block.ts';
import { leastDiskBytes, makeSfdiskScript, planInstalledDisk, sectorBytes } from './layout.ts';

suite('The plan of an installed disk', () => {
	test('Partitions follow each other from mebibyte to mebibyte and leave room for the second table', () => {
		for (const size of [leastDiskBytes, leastDiskBytes + 1, 16e9, 2 ** 41 + 512]) {
			const plans = planInstalledDisk(size);
			assert.deepEqual(
				plans.map(({ number }) => number),
				[1, 2, 3, 4, 5],
			);
			let free = 2048;
			for (const { startSector, sectors } of plans) {
				assert.equal(startSector, free);
				assert.equal(startSector % 2048, 0);
				free = startSector + sectors;
			}
			assert.ok(free + 33 < size / sectorBytes, 'the second table has 33 sectors');
			assert.ok(free + 3 * 2048 > size / sectorBytes, 'hardly anything is left over');
		}
	});

	test('A disk that is too small is refused', () => {
		assert.throws(() => planInstalledDisk(leastDiskBytes - 1), /too small/);
	});

	test('The script names every partition', () => {
		const script = makeSfdiskScript(planInstalledDisk(16e9));
		for (const name of ['VITRINE-GRUB', 'VITRINE-BOOT', 'VITRINE-A', 'VITRINE-B', 'VITRINE-DATA'])
			assert.match(script, new RegExp(`^\\d : start=\\d+, size=\\d+, type=[-0-9A-F]{36}, name="${name}"$`, 'm'));
	});
});

suite('The boot record', () => {
	test('It keeps the table and the number of the disk, and knows where the core is', () => {
		const record = new Uint8Array(sectorBytes).fill(7);
		const made = makeBootRecord(record, new Uint8Array(sectorBytes).fill(9), 2048);
		assert.deepEqual(made.slice(0x1b8, 510), record.slice(0x1b8, 510));
		assert.equal(made[0x1b7], 9);
		assert.equal(new DataView(made.buffer).getBigUint64(0x5c, true), 2048n);
		assert.deepEqual([...made.slice(510)], [0x55, 0xaa]);
	});

	test('The core knows where its second sector is', () => {
		assert.equal(new DataView(placeCore(new Uint8Array(4096), 2048).buffer).getBigUint64(0x1f4, true), 2049n);
	});
});

suite("GRUB's environment block", () => {
	test('What is written is read, from its first sector alone', () => {
		const values = new Map([
			['good', 'a'],
			['try', ''],
			['odd', 'a\\b\nc=#'],
		]);
		const block = makeEnvironmentBlock(values);
		assert.equal(block.length, environmentBlockBytes);
		assert.deepEqual(parseEnvironmentBlock(block), values);
		assert.deepEqual(parseEnvironmentBlock(block.subarray(0, sectorBytes)), values);
	});

	test('More than a sector holds is refused, and so is what is no block', () => {
		assert.throws(() => makeEnvironmentBlock(new Map([['long', 'x'.repeat(500)]])), /full/);
		for (const text of ['', 'good=a', '# GRUB Environment Block\ngood', '# GRUB Environment Block\ngood=a'])
			assert.equal(parseEnvironmentBlock(Buffer.from(text)), undefined, text);
	});
});
