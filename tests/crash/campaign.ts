/**
 * The crash campaigns in one place: `npm test` runs a slice of each, `npm run crash` all of it. A campaign is good
 * when it finds nothing wrong with the volume, and finds each defect that was planted on purpose.
 */

import type { Durability } from '#volume/open-volume.ts';
import { checksumLength, sumPage, writeChecksum } from '#volume/page-checksum.ts';
import { pageSize } from '#volume/schema.ts';
import { type Damage, emptyRotReport, flipBit, type RotReport, rotRun } from './bit-rot-run.ts';
import { type CrashReport, crashRun } from './crash-run.ts';
import { countOperations, type FaultReport, faultRun, madeDisk } from './fault-run.ts';
import { type FullDiskReport, fullDiskRun } from './full-disk-run.ts';
import { SeededRandom } from './test-volume.ts';

/** Cuts the power in as many working days as give `states` states; with a planted weakness until it is found. */
export async function powerCampaign(states: number, durability?: Durability): Promise<CrashReport> {
	const total: CrashReport = { states: 0, lost: 0, corrupt: 0, examples: [] };
	const isFound = (): boolean => durability !== undefined && total.lost + total.corrupt > 0;
	for (let seed = 1; total.states < states && !isFound(); seed++) {
		const cuts = { statesAPlace: 10, stride: 1 };
		const report = await crashRun({
			seed,
			groups: 40,
			cuts,
			durability,
			mostStates: states - total.states,
			stopWhenBad: durability !== undefined,
		});
		total.states += report.states;
		total.lost += report.lost;
		total.corrupt += report.corrupt;
		total.examples.push(...report.examples);
	}
	return total;
}

/** The four ways to lose data that every harness of this kind must notice, with the most states it may take. */
export const weaknesses: readonly { name: string; durability: Durability; mostStates: number }[] = [
	{ name: 'synchronous OFF', durability: { journalMode: 'WAL', synchronous: 'OFF' }, mostStates: 3000 },
	{ name: 'a journal in memory', durability: { journalMode: 'MEMORY', synchronous: 'FULL' }, mostStates: 3000 },
	{
		name: 'a rollback journal with NORMAL',
		durability: { journalMode: 'DELETE', synchronous: 'NORMAL' },
		mostStates: 2500,
	},
	{
		name: 'a write-ahead log with NORMAL',
		durability: { journalMode: 'WAL', synchronous: 'NORMAL' },
		mostStates: 3000,
	},
];

/** Fails each operation of `days` working days, once and from then on. */
export async function faultCampaign(days: number, kind: 'error' | 'silent' = 'error'): Promise<FaultReport> {
	const report: FaultReport = { runs: 0, hits: 0, bad: 0, examples: [] };
	for (let seed = 1; seed <= days; seed++) {
		const image = await madeDisk(seed);
		const operations = await countOperations(image, seed);
		for (let at = 0; at < operations; at++)
			for (const persistent of [false, true]) await faultRun(image, seed, { at, persistent, kind }, report);
	}
	return report;
}

/** Fills disks that have more room each time. */
export async function fullDiskCampaign(runs: number, reserveBytes = 1 << 20): Promise<FullDiskReport> {
	const report: FullDiskReport = { runs: 0, full: 0, bad: 0, examples: [] };
	const image = await madeDisk(3);
	for (let run = 0; run < runs; run++)
		await fullDiskRun(image, { reserveBytes, room: run * 37_000, seed: run }, report);
	return report;
}

export async function rotCampaign(runs: number, damage: Damage): Promise<RotReport> {
	const report = emptyRotReport();
	const random = new SeededRandom(1);
	const image = await madeDisk(3);
	for (let run = 0; run < runs; run++) await rotRun(image, damage, random, report);
	return report;
}

/** The planted defect of the rot campaign: a flip that the page's checksum does not show, as if none were kept. */
export const flipBitUnnoticed: Damage = (image, random) => {
	const { content } = image.ensure('volume');
	const number = 1 + random.below(content.length / pageSize);
	const page = content.subarray((number - 1) * pageSize, number * pageSize);
	const covered = pageSize - checksumLength;
	const at = random.below(covered);
	page[at] = (page[at] as number) ^ 1;
	writeChecksum(sumPage(page, covered, number), page, covered);
	return `byte ${at} of page ${number}, with its checksum`;
};

export { flipBit };
