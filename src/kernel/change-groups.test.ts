import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { OsError } from '#abi/errors.ts';
import { GroupLost, type Inode } from '#fs/file-system.ts';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { ChangeGroups, Changes } from './change-groups.ts';

/** A file system that loses its group when the content of a closed file is to go. */
class FailingRelease extends MemoryFileSystem {
	override release(_inode: Inode): void {
		this.rollback();
		throw new GroupLost('EIO', 'the disk failed');
	}
}

it('calls that wait are told when closing a file has lost their group, and closing itself does not fail', () => {
	const deferred: (() => void)[] = [];
	const groups = new ChangeGroups({
		afterArrived: (callback) => deferred.push(callback),
		publish: () => assert.fail('nothing was changed'),
		log: { write: () => undefined },
	});
	const fileSystem = new FailingRelease({ clock: { now: () => 0 } });
	const changes = new Changes();
	const inode = changes.make(fileSystem, () => fileSystem.create(fileSystem.root, 'waiting', 'file'));
	const answers: string[] = [];
	groups.settle(changes, { succeed: () => answers.push('ok'), fail: ({ code }: OsError) => answers.push(code) });
	groups.release(fileSystem, inode);
	for (const callback of deferred) callback();
	assert.deepEqual(answers, ['EIO']);
	assert.equal(fileSystem.find(fileSystem.root, 'waiting'), undefined);
});
