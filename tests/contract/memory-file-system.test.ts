import assert from 'node:assert/strict';
import { it } from 'node:test';
import { OsError } from '#abi/errors.ts';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { hostClock } from '#hosts/common/host-clock.ts';
import { fileSystemSuite } from './file-system-suite.ts';

fileSystemSuite('memory', () => new MemoryFileSystem({ clock: hostClock }));

it('a full memory file system refuses the group and keeps what it had', () => {
	const fileSystem = new MemoryFileSystem({ clock: hostClock, capacityBytes: 100 });
	const kept = fileSystem.create(fileSystem.root, 'kept', 'file');
	fileSystem.write(kept, 0, new Uint8Array(60));
	fileSystem.commit();
	fileSystem.create(fileSystem.root, 'also lost', 'file');
	const large = fileSystem.create(fileSystem.root, 'large', 'file');
	fileSystem.write(large, 0, new Uint8Array(50));
	assert.throws(
		() => fileSystem.commit(),
		(error: unknown) => error instanceof OsError && error.code === 'ENOSPC',
	);
	assert.deepEqual(fileSystem.list(fileSystem.root, '', 10).names, ['kept']);
	fileSystem.truncate(kept, 0);
	fileSystem.create(fileSystem.root, 'fits', 'file');
	fileSystem.commit();
	assert.equal(fileSystem.status().contentBytes, 0);
});
