/**
 * The crash campaigns in one place: `npm test` runs a slice of each, `npm run crash` all of it. A campaign is good
 * when it finds nothing wrong with the volume, and finds each defect that was planted on purpose.
 */

import type { Durability } from '#volume/open-volume.ts';
import { checksumLength, sumPage, writeChecksum } from '#volume/page-checksum.ts';
import { pageSize } from '#volume/schema.ts';
import { type Damage, emptyRotReport, flipBit, type RotReport, rotRun } from './bit-rot-run.ts';
import { type CrashReport, crashRun, emptyCrashReport } from './crash-run.ts';
import { countOperations, type FaultReport, faultRun, madeDisk } from './fault-run.ts';
import { type FullDiskReport, fullDiskRun } from './full-disk-run.ts';
import { SeededRandom } from './test-volume.ts';

export interface PowerOptions {
	readonly states: number;
	/** A planted weakness: the campaign ends when it is found. */
	readonly durability?: Durability | undefined;
	/** The same for recoveries alone. */
	readonly recoveryDurability?: Durability;
	/** The power is cut again in the recovery from every n-th state. */
	readonly recoveryStride?: number;
	readonly firstSeed?: number;
	readonly onProgress?: (report: CrashReport) => void;
}

/** Cuts the power in as many working days as give `states` states; with a planted weakness until it is found. */
export async function powerCampaign(options: PowerOptions): Promise<CrashReport> {
	const { states, durability, recoveryDurability, recoveryStride } = options;
	const total = emptyCrashReport();
	const isPlanted = (durability ?? recoveryDurability) !== undefined;
	const isFound = (): boolean => isPlanted && total.lost + total.corrupt > 0;
	for (let seed = options.firstSeed ?? 1; total.states < states && !isFound(); seed++) {
		const cuts = { statesAPlace: 10, stride: 1 };
		const mostStates = states - total.states;
		const ways = { durability, recoveryDurability, recoveryStride, stopWhenBad: isPlanted };
		const report = await crashRun({ seed, groups: 40, cuts, mostStates, ...ways });
		total.states += report.states;
		total.nested += report.nested;
		total.lost += report.lost;
		total.corrupt += report.corrupt;
		total.examples.push(...report.examples);
		options.onProgress?.(total);
	}
	return total;
}

/** Recoveries that do not flush. */
export const carelessRecovery: Durability = { journalMode: 'WAL', synchronous: 'OFF' };

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

/** Fails each operation of `days` working days, changes and reads, once and from then on. */
export async function faultCampaign(
	days: number,
	kind: 'error' | 'silent' = 'error',
	onProgress?: (report: FaultReport) => void,
): Promise<FaultReport> {
	const report: FaultReport = { runs: 0, hits: 0, bad: 0, examples: [] };
	for (let seed = 1; seed <= days; seed++) {
		onProgress?.(report);
		const image = await madeDisk(seed);
		for (const reads of kind === 'error' ? [false, true] : [false]) {
			const operations = await countOperations(image, seed, reads);
			for (let at = 0; at < operations; at++)
				for (const persistent of [false, true]) await faultRun(image, seed, { at, persistent, reads, kind }, report);
		}
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

export async function rotCampaign(
	runs: number,
	damage: Damage,
	onProgress?: (report: RotReport) => void,
): Promise<RotReport> {
	const report = emptyRotReport();
	const random = new SeededRandom(1);
	const image = await madeDisk(3);
	for (let run = 0; run < runs; run++) {
		await rotRun(image, damage, random, report);
		if (run % 100 === 0) onProgress?.(report);
	}
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
