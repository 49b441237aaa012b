import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { meetsTarget } from '../measurement.ts';
import { drawCrowds } from './crowd-picture.ts';
import { sliceExtent } from './figures.ts';
import { runInNode } from './in-node.ts';
import { targetOf, toMeasurements } from './rows.ts';
import type { HostSamples } from './samples.ts';

suite('The measurements of the kernel', () => {
	test('run the same programs in Vitrine and in a peer', async () => {
		const own = await runInNode('vitrine', sliceExtent);
		const peer = await runInNode('bjorn3', sliceExtent);
		for (const key of ['fstat', 'pread16', 'pwrite16', 'write64k', 'read64k', 'create1k', 'stat', 'spawn_end'])
			for (const figures of [own, peer]) assert.ok((figures[key] ?? -1) >= 0, key);
		for (const key of ['spawn_main', 'pipe64k', 'ask_4_p99', 'keep_4_each']) assert.ok((own[key] ?? -1) >= 0, key);
	});

	test('take a bound from what the peer reached in the same run', () => {
		const time = { key: 'a', title: 'a', unit: 'µs', bound: { times: 3, of: 'wasmer' } } as const;
		assert.deepEqual(targetOf(time, { wasmer: 6, bjorn3: 1 }), { most: 2 });
		const rate = { key: 'a', title: 'a', unit: 'MB/s', bound: { times: 3, of: 'wasmer' } } as const;
		assert.deepEqual(targetOf(rate, { wasmer: 100 }), { least: 300 });
		const best = { key: 'a', title: 'a', unit: 'µs', bound: { ofBest: 1.5 } } as const;
		assert.deepEqual(targetOf(best, { wasmer: 6, bjorn3: 2 }), { most: 3 });
	});

	test('do not call a bound met when its peer was not measured', () => {
		const samples = makeSamples({ fstat: [0.1] });
		const [fstat] = toMeasurements(samples);
		assert.ok(fstat !== undefined);
		assert.equal(meetsTarget(fstat), false);
	});

	test('are drawn for every number of processes', () => {
		const picture = drawCrowds([makeSamples({ ask_1_p50: [8], keep_1_p50: [0], ask_64_p50: [400], keep_64_p50: [2] })]);
		assert.equal(picture.match(/<circle/g)?.length, 4);
		assert.doesNotMatch(picture, /NaN|Infinity/);
	});
});

function makeSamples(figures: Readonly<Record<string, number[]>>): HostSamples {
	return { host: 'Node', systems: new Map([['vitrine', new Map(Object.entries(figures))]]) };
}
