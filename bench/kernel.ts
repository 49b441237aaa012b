/**
 * The kernel beside other systems that run programs for WASI: the same C programs, in Node and in Chromium, in one run.
 *
 * All keep their files in memory (`node:wasi`: in a directory of the host), so that systems are compared and not disks. A
 * bound is a number, or a multiple of what a peer reached in this run. With `--record` the figures go to
 * `docs/kernel-numbers.md`.
 */
import { fetchPeers } from './kernel/fetch-peers.ts';
import { type Extent, type Figures, wholeExtent } from './kernel/figures.ts';
import { openChromiumBench } from './kernel/in-chromium.ts';
import { runInNode } from './kernel/in-node.ts';
import { peerNames, type SystemName } from './kernel/peers.ts';
import { buildPrograms } from './kernel/programs.ts';
import { writeReport } from './kernel/report.ts';
import { toMeasurements } from './kernel/rows.ts';
import type { HostSamples } from './kernel/samples.ts';
import type { Benchmark, BenchmarkContext } from './measurement.ts';

/** Runs one system once. */
type Run = (system: SystemName, extent: Extent) => Promise<Figures>;

export const benchmark: Benchmark = async (context) => {
	const samples = await measureKernel(context, wholeExtent);
	if (context.record) await writeReport(samples);
	return samples.flatMap(toMeasurements);
};

/** Every system in both hosts, in turn, `rounds` times. */
export async function measureKernel(context: BenchmarkContext, extent: Extent): Promise<HostSamples[]> {
	const programs = await buildPrograms();
	const modules = await fetchPeers();
	await using chromium = await openChromiumBench(programs, modules);
	return [
		await measureHost(context, withCrowd(extent, 256), { host: 'Node', run: runInNode }),
		// All that a tab lets run (`hosts/web/program-launcher.ts`).
		await measureHost(context, withCrowd(extent, 80), {
			host: 'Chromium',
			run: (system, how) => chromium.run(system, how),
		}),
	];
}

const withCrowd = (extent: Extent, most: number): Extent => ({ ...extent, crowds: [...extent.crowds, most] });

async function measureHost(
	context: BenchmarkContext,
	extent: Extent,
	{ host, run }: { host: HostSamples['host']; run: Run },
): Promise<HostSamples> {
	const systems: HostSamples['systems'] = new Map();
	for (let round = 0; round < context.rounds; round++)
		for (const system of ['vitrine', ...peerNames] as const) {
			if (host === 'Chromium' && system === 'node-wasi') continue;
			context.say(`kernel: ${system} in ${host}, ${round + 1} of ${context.rounds}`);
			const known = systems.get(system) ?? new Map<string, number[]>();
			systems.set(system, known);
			for (const [key, value] of Object.entries(await run(system, extent)))
				known.set(key, [...(known.get(key) ?? []), value]);
		}
	return { host, systems };
}
