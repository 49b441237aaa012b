/** The volume against the simplest file system there is: the same operations must have the same outcomes. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { fileSystemSuite } from '../contract/file-system-suite.ts';
import { describeTree, type Operation, OperationSource, perform } from './random-operations.ts';
import { SimulatedDisk } from './simulated-disk.ts';
import { ManualClock, openTestVolume, SeededRandom } from './test-volume.ts';

const operationsARun = 600;
const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

const prepared = await Promise.all(Array.from({ length: 80 }, () => openTestVolume(new SimulatedDisk())));
fileSystemSuite('the volume', () => prepared.pop() ?? assert.fail('prepare more volumes'));

for (const seed of seeds) {
	it(`does what the model does (seed ${seed})`, async () => {
		const clock = new ManualClock();
		const random = new SeededRandom(seed);
		const source = new OperationSource(random);
		const disk = new SimulatedDisk();
		const model = new MemoryFileSystem({ clock });
		let volume = await openTestVolume(disk, { clock });
		const history: Operation[] = [];
		for (let count = 0; count < operationsARun; count++) {
			const operation = source.next();
			history.push(operation);
			clock.advance(1);
			const expected = perform(model, operation);
			assert.deepEqual(perform(volume, operation), expected, `operation ${count}: ${JSON.stringify(operation.kind)}`);
			const chance = random.below(40);
			if (chance < 6) for (const files of [model, volume]) files.commit();
			else if (chance === 6) for (const files of [model, volume]) files.rollback();
			else if (chance === 7) {
				model.commit();
				volume.commit();
				volume.settle();
				volume.close();
				volume = await openTestVolume(disk, { clock });
			}
			if (count % 20 === 0) assert.deepEqual(describeTree(volume), describeTree(model), `after operation ${count}`);
		}
		assert.deepEqual(describeTree(volume), describeTree(model));
		model.commit();
		volume.commit();
		assert.deepEqual(await volume.check(), []);
		volume.close();
	});
}
