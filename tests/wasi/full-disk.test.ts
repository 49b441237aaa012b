/** A disk that is full, and a program that writes without asking the kernel: what it could not write it is told. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { directoryRights } from '#abi/rights.ts';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { hostClock } from '#hosts/common/host-clock.ts';
import { startHeadless } from '#hosts/node/start-headless.ts';
import { errno, openingFlags } from '#wasi/wasi-numbers.ts';
import { Puppet, resultAt, scratch } from './puppet/puppet.ts';

const capacityBytes = 1024 * 1024;
const pieceBytes = 32_768;

test('what does not fit on the disk fails at the next flush at the latest, and what fitted before is whole', async (context) => {
	const headless = startHeadless(new MemoryFileSystem({ clock: hostClock, capacityBytes }));
	context.after(() => headless.close());
	const { system } = headless;
	await system.pathMakeDirectory('/jail');
	await system.pathWrite('/jail/before', new Uint8Array(1000).fill(7), 'create-new');
	const directory = await system.directoryOpen('/jail', directoryRights);
	const puppet = await Puppet.start(system, '/puppet.wasm', {
		namespace: { mounts: [{ path: '/', directory, readOnly: false }] },
	});
	const file = await puppet.open(3, 'large', { flags: openingFlags.create });
	await puppet.poke(resultAt, new Uint8Array(Int32Array.of(scratch, pieceBytes).buffer));
	const answers = new Set<number>();
	for (let written = 0; written < capacityBytes * 2; written += pieceBytes)
		answers.add(await puppet.call('fd_write', file, resultAt, 1, scratch));
	answers.add(await puppet.call('fd_sync', file));
	// What could not be stored until then is told by closing; the descriptor is gone all the same.
	answers.add(await puppet.call('fd_close', file));
	answers.delete(0);
	assert.deepEqual([...answers], [errno.nospc]);
	assert.equal(await puppet.call('fd_close', file), errno.badf);
	// The disk works on, and so does the program.
	assert.equal(await puppet.callPath('path_unlink_file', 3, 'large'), 0);
	const small = await puppet.open(3, 'small', { flags: openingFlags.create });
	assert.equal(await puppet.call('fd_write', small, resultAt, 1, scratch), 0);
	assert.equal(await puppet.call('fd_sync', small), 0);
	assert.deepEqual(await system.pathRead('/jail/before', 2000), new Uint8Array(1000).fill(7));
	assert.equal((await system.pathStat('/jail/small')).size, pieceBytes);
	assert.equal((await puppet.close()).reason, 'exited');
});
