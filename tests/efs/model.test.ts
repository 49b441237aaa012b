/** Encrypted files against the simplest file system there is: whatever is done to them, they read as plain ones do. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { attributeBits } from '#abi/attributes.ts';
import type { FileSystem, Inode } from '#fs/file-system.ts';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { sids } from '#security/sid.ts';
import { fileSystemSuite } from '../contract/file-system-suite.ts';
import { describeTree, type Operation, OperationSource, perform } from '../crash/random-operations.ts';
import { SimulatedDisk } from '../crash/simulated-disk.ts';
import { ManualClock, openTestVolume, SeededRandom } from '../crash/test-volume.ts';
import { type EncryptedTestVolume, encryptVolume, makePeople } from './encrypted-test-volume.ts';

const operationsARun = 600;
const seeds = [1, 2, 3, 4, 5, 6];

const prepared = await Promise.all(Array.from({ length: 80 }, () => openTestVolume(new SimulatedDisk())));
fileSystemSuite(
	'a volume that can encrypt',
	() => encryptVolume(prepared.pop() ?? assert.fail('prepare more'), makePeople()).volume,
);

/** Everything in a tree, without the mark of what is encrypted. */
function picture(files: FileSystem): Map<string, string> {
	const masked: FileSystem = new Proxy(files, {
		get(target, property) {
			if (property === 'stat') return (inode: Inode) => withoutMark(target.stat(inode));
			if (property === 'list')
				return (...args: Parameters<FileSystem['list']>) => {
					const page = target.list(...args);
					return { ...page, attributes: page.attributes.map((bits) => bits & ~attributeBits.encrypted) };
				};
			const value: unknown = Reflect.get(target, property, target);
			return typeof value === 'function' ? value.bind(target) : value;
		},
	});
	return describeTree(masked);
}

function withoutMark<T extends { attributes: number }>(stat: T): T {
	return { ...stat, attributes: stat.attributes & ~attributeBits.encrypted };
}

/** Room differs: what is changed twice before it is sealed was never stored. */
function comparable(operation: Operation, outcome: unknown): unknown {
	if (operation.kind === 'find-data') return 'asked';
	if (operation.kind === 'usage' && typeof outcome === 'object') return { ...outcome, storedBytes: 0 };
	return outcome;
}

for (const seed of seeds) {
	it(`encrypted files do what the model does (seed ${seed})`, async () => {
		const clock = new ManualClock();
		const random = new SeededRandom(seed);
		const source = new OperationSource(random);
		const disk = new SimulatedDisk();
		const model = new MemoryFileSystem({ clock });
		const people = makePeople();
		const open = async (): Promise<EncryptedTestVolume> => {
			const opened = encryptVolume(await openTestVolume(disk, { clock }), people, seed);
			openAll(opened);
			return opened;
		};
		let { volume, encryption } = await open();
		encryption.setFolderEncryption(volume.root, true);
		volume.commit();
		for (let count = 0; count < operationsARun; count++) {
			const operation = source.next();
			clock.advance(1);
			const expected = comparable(operation, perform(model, operation));
			const found = comparable(operation, perform(volume, operation));
			assert.deepEqual(found, expected, `operation ${count}: ${JSON.stringify(operation).slice(0, 200)}`);
			const chance = random.below(40);
			if (chance < 6) for (const files of [model, volume]) files.commit();
			else if (chance === 6) for (const files of [model, volume]) files.rollback();
			else if (chance === 7) {
				model.commit();
				volume.commit();
				volume.close();
				({ volume, encryption } = await open());
			}
			openAll({ volume, encryption });
			if (count % 20 === 0) assert.deepEqual(picture(volume), picture(model), `after operation ${count}`);
		}
		for (const files of [model, volume]) files.commit();
		assert.deepEqual(picture(volume), picture(model));
		volume.close();
		const again = await open();
		assert.deepEqual(picture(again.volume), picture(model));
		again.volume.close();
	});
}

/** As if somebody had every file open. */
function openAll({ volume, encryption }: Pick<EncryptedTestVolume, 'volume' | 'encryption'>, directory?: Inode): void {
	const page = volume.list(directory ?? volume.root, '', 1000);
	for (const [index, inode] of page.inodes.entries()) {
		if (page.kinds[index] === 1) openAll({ volume, encryption }, inode);
		else encryption.requireKeys(inode, sids.system);
	}
}
