/** A volume of an older format opens with all that was in it, whatever interrupts its upgrade. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { formatVersion } from '#volume/schema.ts';
import { describeTree } from './random-operations.ts';
import { SimulatedDisk } from './simulated-disk.ts';
import { openTestVolume } from './test-volume.ts';
import { oldVolumes, upgradeCuts, upgradeFaults, upgradeOnFullDisk } from './upgrade-run.ts';

for (const old of oldVolumes) {
	it(`a volume of format ${old.format} opens with everything in it, and is one of this format then`, async () => {
		const image = old.disk();
		for (let round = 0; round < 2; round++) {
			const volume = await openTestVolume(new SimulatedDisk(image));
			assert.deepEqual(describeTree(volume), old.tree);
			assert.deepEqual(volume.checkStructure(), []);
			assert.deepEqual(await volume.check(), []);
			volume.settle();
			volume.close();
			const versions = ['a', 'b'].map((letter) => image.ensure(`superblock-${letter}`).content[8] ?? 0);
			assert.equal(Math.max(...versions), formatVersion);
		}
	});

	it(`power cuts at every write of the upgrade lose nothing, from format ${old.format}`, async (context) => {
		const { states, bad, examples } = await upgradeCuts(old, 10);
		context.diagnostic(`${states} states`);
		assert.deepEqual({ bad, examples }, { bad: 0, examples: [] });
		assert.ok(states > 100);
	});

	it(`power cuts find an upgrade that is not one step (planted), from format ${old.format}`, async () => {
		const { bad } = await upgradeCuts(old, 3, { journalMode: 'WAL', synchronous: 'FULL', upgradesInParts: true });
		assert.ok(bad > 0);
	});

	it(`an I/O error at any operation of the upgrade, once or for good, loses nothing, from format ${old.format}`, async (context) => {
		const { states, bad, examples } = await upgradeFaults(old);
		context.diagnostic(`${states} faults`);
		assert.deepEqual({ bad, examples }, { bad: 0, examples: [] });
		assert.ok(states > 20);
	});

	it(`on a full disk the reserve gives the upgrade its room, from format ${old.format}`, async () => {
		assert.deepEqual(await upgradeOnFullDisk(old, 1 << 20), { states: 1, bad: 0, examples: [] });
	});

	it(`without a reserve a full disk refuses the upgrade (planted), from format ${old.format}`, async () => {
		assert.equal((await upgradeOnFullDisk(old, 0)).bad, 1);
	});
}
