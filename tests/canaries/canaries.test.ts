/**
 * Nothing of what was written into encrypted files stands anywhere: not in the files of the volume while the computer runs or
 * afterwards, and not in the system's memory when the person has logged off. `npm run canaries` takes 1,000 files.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { describeTraces, findTraces } from './canary.ts';

const files = Number(process.env.VITRINE_RUNS ?? 40);

interface Findings {
	readonly running: string;
	readonly after: string;
	readonly memory: string;
	readonly searchedBytes: number;
}

describe(`${files} canaries in encrypted files`, { timeout: 120_000 + files * 1500 }, () => {
	let folder: string;
	before(async () => {
		folder = await mkdtemp(path.join(tmpdir(), 'vitrine-canaries-'));
	});
	after(() => rm(folder, { recursive: true, force: true }));

	async function run(count: number, planted = ''): Promise<Findings> {
		const seed = `campaign ${planted}`;
		const [volume, kept] = [path.join(folder, `volume${planted}`), path.join(folder, `kept${planted}`)];
		const program = path.join(import.meta.dirname, 'canary-machine-worker.ts');
		const { stdout } = await promisify(execFile)(process.execPath, [
			program,
			volume,
			seed,
			String(count),
			kept,
			planted,
		]);
		const [running, afterwards, memory] = await Promise.all(
			[path.join(kept, 'running'), volume, path.join(kept, 'memory')].map((each) => findTraces(each, seed)),
		);
		return {
			running: describeTraces(running ?? []),
			after: describeTraces(afterwards ?? []),
			memory: describeTraces(memory ?? []),
			searchedBytes: (JSON.parse(stdout) as { bytes: number }).bytes,
		};
	}

	it('none of them is found', async (context) => {
		const { searchedBytes, ...found } = await run(files);
		context.diagnostic(`${files} files; ${searchedBytes} bytes of buffers searched`);
		assert.deepEqual(found, { running: '', after: '', memory: '' });
	});

	it('a folder that encrypts nothing is found out (planted)', async () => {
		const { running, after: afterwards } = await run(8, 'clear');
		assert.notEqual(running, '');
		assert.notEqual(afterwards, '');
	});

	it('a program that keeps what it has read is found out (planted)', async () => {
		const { memory } = await run(10, 'held');
		assert.notEqual(memory, '');
	});
});
