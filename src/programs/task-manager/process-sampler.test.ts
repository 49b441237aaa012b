import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProcessInfo } from '#abi/structures.generated.ts';
import { roundUp, roundUpBytes } from './performance-history.ts';
import { ProcessSampler, sortRows, sumRates } from './process-sampler.ts';

function processOf(pid: number, calls: number, parts: Partial<ProcessInfo> = {}): ProcessInfo {
	return {
		...{
			pid,
			parent: 0,
			group: pid,
			session: pid,
			user: 'S-1-5-18',
			program: 'sh',
			title: 'sh',
			arguments: [],
			workingDirectory: '/',
			state: 'running',
		},
		...{ startedTime: 0, calls, bytesRead: calls * 10, bytesWritten: 0, crossings: calls, handles: 3 },
		...parts,
	};
}

test('The first sample has no rates, the second has those of the time between', () => {
	const sampler = new ProcessSampler();
	assert.equal(sampler.sample([processOf(1, 100)], 1000, String)[0]?.callsPerSecond, 0);
	const [row] = sampler.sample([processOf(1, 150)], 1500, String);
	assert.equal(row?.callsPerSecond, 100);
	assert.equal(row?.readPerSecond, 1000);
});

test('A process that is new has no rate from its life before', () => {
	const sampler = new ProcessSampler();
	sampler.sample([processOf(1, 0)], 0, String);
	assert.deepEqual(
		sampler.sample([processOf(1, 5), processOf(2, 9000)], 1000, String).map((row) => row.callsPerSecond),
		[5, 0],
	);
});

test('Processor time becomes a part of one processor, and what is not measured sorts below what is', () => {
	const sampler = new ProcessSampler();
	const busy = (processorTimeUs: number) => processOf(1, 0, { processorTimeUs, memoryBytes: 65_536 });
	sampler.sample([busy(1_000_000), processOf(2, 0)], 0, String);
	const rows = sampler.sample([busy(1_250_000), processOf(2, 0)], 1000, String);
	assert.deepEqual(
		rows.map((row) => [row.processorPercent, row.memoryBytes]),
		[
			[25, 65_536],
			[undefined, undefined],
		],
	);
	assert.equal(sumRates(rows).processorPercent, 25);
	const sorted = sortRows(rows, { column: 'processorPercent', descending: false });
	assert.deepEqual(
		sorted.map((row) => row.pid),
		[2, 1],
	);
});

test('Rates add up, and rows sort by any column with the pid deciding between equals', () => {
	const sampler = new ProcessSampler();
	const processes = [processOf(3, 0), processOf(1, 0, { title: 'b' }), processOf(2, 0, { title: 'a' })];
	sampler.sample(processes, 0, String);
	const rows = sampler.sample(
		processes.map((process) => ({ ...process, calls: process.pid })),
		1000,
		String,
	);
	assert.equal(sumRates(rows).callsPerSecond, 6);
	assert.deepEqual(
		sortRows(rows, { column: 'callsPerSecond', descending: true }).map((row) => row.pid),
		[3, 2, 1],
	);
	assert.deepEqual(
		sortRows(rows, { column: 'title', descending: false }).map((row) => row.pid),
		[2, 1, 3],
	);
	assert.deepEqual(
		sortRows(rows, { column: 'handles', descending: true }).map((row) => row.pid),
		[1, 2, 3],
	);
});

test('The top of a graph is the next round number', () => {
	assert.deepEqual([roundUp(3, 50), roundUp(51, 50), roundUp(1001, 50)], [50, 100, 2000]);
	const megabyte = 1024 ** 2;
	assert.deepEqual([roundUpBytes(0, 1024), roundUpBytes(1025, 1024)], [1024, 2048]);
	assert.deepEqual(
		[roundUpBytes(70 * megabyte, 1), roundUpBytes(600 * megabyte, 1)],
		[100 * megabyte, 1024 * megabyte],
	);
});
