import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OsError } from '#abi/errors.ts';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { Namespace } from './namespace.ts';

const clock = { now: () => 1000 };

function makeTable(): { table: Namespace; root: MemoryFileSystem; disc: MemoryFileSystem } {
	const root = new MemoryFileSystem({ clock });
	const disc = new MemoryFileSystem({ clock });
	root.create(root.create(root.root, 'Discs', 'directory'), 'one', 'directory');
	disc.create(disc.root, 'README.TXT', 'file');
	const table = Namespace.over(root);
	table.mount('/Discs/one', disc);
	return { table, root, disc };
}

function assertFails(code: string, action: () => unknown): void {
	assert.throws(action, (error: unknown) => error instanceof OsError && error.code === code);
}

describe('mounts', () => {
	it('are walked into and out of', () => {
		const { table, root, disc } = makeTable();
		assert.equal(table.find('/Discs/one/README.TXT').fileSystem, disc);
		assert.equal(table.find('/Discs/one').inode, disc.root);
		assert.equal(table.find('/Discs/one/..').fileSystem, root);
		assert.equal(table.findSlot('/Discs/one/new').fileSystem, disc);
		assert.equal(
			table.resolveFolded('/discs/ONE/readme.txt', () => undefined),
			'/Discs/one/README.TXT',
		);
		assert.equal(table.rootPathOf(table.find('/Discs/one/README.TXT')), '/Discs/one');
		assert.equal(table.rootPathOf(table.find('/Discs')), '/');
	});

	it('keep what they cover from being removed or moved', () => {
		const { table } = makeTable();
		for (const path of ['/', '/Discs', '/Discs/one']) assertFails('EBUSY', () => table.requireUncovered(path));
		table.requireUncovered('/Discs/one/README.TXT');
	});

	it('are made over directories only, and once', () => {
		const { table, root } = makeTable();
		root.create(root.root, 'file', 'file');
		assertFails('ENOTDIR', () => table.mount('/file', root));
		assertFails('EBUSY', () => table.mount('/Discs/one', root));
		assertFails('ENOENT', () => table.mount('/none', root));
	});
});
