/** The search for canaries finds what it must find: files in clear on a volume, and what a program still holds. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { openNodeVolume } from '#hosts/node/open-node-volume.ts';
import { canaryText, describeTraces, findTraces } from './canary.ts';

let folder: string;
before(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'vitrine-search-'));
});
after(() => rm(folder, { recursive: true }));

test('a file in clear is found in the files of its volume (planted)', async () => {
	const directory = path.join(folder, 'volume');
	const volume = await openNodeVolume(directory);
	const file = volume.create(volume.root, 'canary', 'file');
	volume.write(file, 0, canaryText('clear', 1, 40_000));
	volume.commit();
	assert.notEqual(describeTraces(await findTraces(directory, 'clear')), '');
	assert.equal(describeTraces(await findTraces(directory, 'other')), '');
	volume.close();
});

for (const [holds, found] of [
	['nothing', false],
	['text', true],
	['buffer', true],
	['shared', true],
] as const) {
	test(`of a program that holds ${holds}, the memory ${found ? 'has' : 'has no'} traces`, async () => {
		const dump = path.join(folder, holds);
		const program = path.join(import.meta.dirname, 'holding-worker.ts');
		await promisify(execFile)(process.execPath, [program, dump, holds]);
		const traces = describeTraces(await findTraces(dump, 'held'));
		assert.equal(traces !== '', found, traces);
	});
}
