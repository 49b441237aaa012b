/**
 * Vitrine beside daedalOS, by the same script: live when `VITRINE_DAEDALOS` names its static output, else against the
 * run kept in `bench/recorded/daedalos.json`.
 */
import { readFile } from 'node:fs/promises';
import { openDaedalos } from './daedalos-site.ts';
import { type BenchmarkContext, type Measurement, median } from './measurement.ts';
import { measureLoads } from './page-load.ts';

export interface PeerRun {
	readonly peer: string;
	readonly conditions: Readonly<Record<string, string>>;
	/** Medians by the titles of `measureLoads`. */
	readonly medians: Readonly<Record<string, number>>;
}

const recorded = new URL('./recorded/daedalos.json', import.meta.url);

export async function measurePeer(
	context: BenchmarkContext,
	conditions: Readonly<Record<string, string>>,
): Promise<PeerRun | undefined> {
	const directory = process.env.VITRINE_DAEDALOS;
	if (directory === undefined || directory === '') {
		const text = await readFile(recorded, 'utf8').catch(() => undefined);
		return text === undefined ? undefined : (JSON.parse(text) as PeerRun);
	}
	await using site = await openDaedalos(directory);
	const measurements = await measureLoads(context, site);
	const medians = Object.fromEntries(measurements.map(({ title, samples }) => [title, median(samples)]));
	return { peer: 'daedalOS', conditions, medians };
}

/** Lines that set our medians beside the peer's; below 1 we need less. */
export function comparePeer(own: readonly Measurement[], run: PeerRun): string[] {
	const lines: string[] = [];
	for (const { title, unit, samples } of own) {
		const theirs = run.medians[title];
		if (theirs === undefined) continue;
		const ours = median(samples);
		const ratio = theirs === 0 ? '' : `× ${(ours / theirs).toFixed(2)}`;
		const pair = `${ours.toFixed(1)} : ${theirs.toFixed(1)} ${unit}`;
		lines.push(`  ${title.padEnd(44)} ${pair.padStart(24)}   ${ratio}`.trimEnd());
	}
	return lines;
}
