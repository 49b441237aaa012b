/** A file system that is asked by messages says what the one behind it says. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { hostClock } from './host-clock.ts';
import { answerFileSystem, RemoteFileSystem } from './remote-file-system.ts';

function join() {
	const there = new MemoryFileSystem({ clock: hostClock });
	const asked: Uint8Array[] = [];
	const ask = (question: Uint8Array<ArrayBuffer>) => {
		asked.push(question);
		return answerFileSystem(there, question);
	};
	return { there, asked, here: new RemoteFileSystem(ask, { readOnly: false }) };
}

test('Names, bytes and times go there and come back', () => {
	const { there, here } = join();
	const folder = here.create(here.root, 'Grüße', 'directory');
	const file = here.create(folder, 'a.bin', 'file');
	here.write(file, 3, Uint8Array.of(1, 2, 255));
	const into = new Uint8Array(10);
	assert.equal(here.read(file, 2, into), 4);
	assert.deepEqual([...into.subarray(0, 4)], [0, 1, 2, 255]);
	here.setTimes(file, { modified: 1_700_000_000_123_456_789n });
	assert.deepEqual(here.stat(file), there.stat(file));
	assert.deepEqual(here.list(folder, '', 10), there.list(folder, '', 10));
	assert.deepEqual(here.usage(here.root), there.usage(there.root));
});

test('An error is the same error here', () => {
	const { here } = join();
	here.create(here.root, 'a', 'file');
	assert.throws(() => here.create(here.root, 'a', 'file'), { name: 'OsError', code: 'EEXIST' });
	assert.equal(here.find(here.root, 'b'), undefined);
});

test('What is no question of a file system is not done', () => {
	const { there, asked, here } = join();
	here.find(here.root, 'a');
	const text = new TextDecoder().decode(asked[0]);
	for (const method of ['commit', 'constructor', '__proto__', 'setDescriptor']) {
		const head = new TextEncoder().encode(JSON.stringify({ method, given: [] }));
		const question = new Uint8Array([head.length, 0, 0, 0, ...head]);
		assert.match(new TextDecoder().decode(answerFileSystem(there, question)), /"failure":\{"code":"EINVAL"/, method);
	}
	assert.match(text, /"method":"find"/);
	assert.match(new TextDecoder().decode(answerFileSystem(there, new Uint8Array(2))), /"failure"/);
});
