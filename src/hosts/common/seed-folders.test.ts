import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OsError } from '#abi/errors.ts';
import type { FileSystem, Inode } from '#fs/file-system.ts';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { hostClock } from './host-clock.ts';
import { seedFolders } from './seed-folders.ts';

const make = (): MemoryFileSystem => new MemoryFileSystem({ clock: hostClock });

function removeFrom(fileSystem: FileSystem, ...names: string[]): void {
	const last = names.pop() as string;
	const directory = names.reduce((inode, name) => fileSystem.find(inode, name) as Inode, fileSystem.root);
	fileSystem.removeTree(directory, last);
	fileSystem.commit();
}

function refuseCreation(fileSystem: FileSystem): void {
	Object.defineProperty(fileSystem, 'create', {
		value: () => {
			throw new OsError('ENOSPC');
		},
	});
}

describe('the first folders', () => {
	it('are made once and durable', () => {
		const fileSystem = make();
		assert.equal(seedFolders(fileSystem), undefined);
		assert.equal(fileSystem.dirty, false);
		const { directories } = fileSystem.usage(fileSystem.root);
		seedFolders(fileSystem);
		assert.equal(fileSystem.usage(fileSystem.root).directories, directories);
	});

	it('come back when they were removed', () => {
		const fileSystem = make();
		seedFolders(fileSystem);
		removeFrom(fileSystem, 'Users', 'Public');
		seedFolders(fileSystem);
		assert.equal(fileSystem.search(fileSystem.root, 'Public', 10).length, 1);
	});

	it('leave a file alone that stands in their place', () => {
		const fileSystem = make();
		const file = fileSystem.create(fileSystem.root, 'Programs', 'file');
		seedFolders(fileSystem);
		assert.equal(fileSystem.find(fileSystem.root, 'Programs'), file);
	});

	it('let a full volume start without the one that is missing', () => {
		const fileSystem = make();
		seedFolders(fileSystem);
		removeFrom(fileSystem, 'Users', 'Public');
		refuseCreation(fileSystem);
		assert.equal(seedFolders(fileSystem)?.code, 'ENOSPC');
		assert.equal(fileSystem.dirty, false);
	});

	it('do not let a new volume start without the folder of the homes', () => {
		const fileSystem = make();
		refuseCreation(fileSystem);
		assert.throws(() => seedFolders(fileSystem), OsError);
	});
});
