/**
 * Volumes of older formats, as a crash had left them (`format-N-volume.json`, each written by a version of Vitrine that used
 * that format), and their upgrade on a disk that is cut off, fails or is full: everything must be in them afterwards.
 */
import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import type { Durability } from '#volume/open-volume.ts';
import { findProblem } from './fault-run.ts';
import { powerCuts } from './power-cut.ts';
import { DiskImage, SimulatedDisk } from './simulated-disk.ts';
import { ManualClock, openTestVolume, SeededRandom } from './test-volume.ts';

interface Recorded {
	/** Content of each file of the volume, deflated, in base 64. */
	readonly files: Readonly<Record<string, string>>;
	/** What `describeTree` told of it then. */
	readonly tree: Readonly<Record<string, string>>;
}

export interface UpgradeReport {
	states: number;
	bad: number;
	readonly examples: string[];
}

/** A recorded volume. */
export interface OldVolume {
	readonly format: number;
	readonly tree: ReadonlyMap<string, string>;
	/** A disk with it, new each time. */
	disk(): DiskImage;
}

function load(format: number): OldVolume {
	const { files, tree }: Recorded = JSON.parse(
		readFileSync(new URL(`format-${format}-volume.json`, import.meta.url), 'utf8'),
	);
	return {
		format,
		tree: new Map(Object.entries(tree).map(([path, text]) => [path, text.trimEnd()])),
		disk() {
			const image = new DiskImage();
			for (const [name, content] of Object.entries(files))
				image.ensure(name).write(inflateRawSync(Buffer.from(content, 'base64')), 0);
			return image;
		},
	};
}

export const oldVolumes: readonly OldVolume[] = [load(1), load(2)];

/** Opens the volume, works a little, and cuts the power at every write on the way. */
export async function upgradeCuts(
	old: OldVolume,
	statesAPlace: number,
	durability?: Durability,
): Promise<UpgradeReport> {
	const disk = new SimulatedDisk(old.disk(), true);
	const volume = await openTestVolume(disk, { durability });
	volume.settle();
	volume.close();
	const report: UpgradeReport = { states: 0, bad: 0, examples: [] };
	const cuts = powerCuts(old.disk(), disk.log, new SeededRandom(5), { statesAPlace, stride: 1 });
	for (const { image, description } of cuts) await judge(old, image, description, report);
	return report;
}

/** Fails each operation on the way, once and for good. */
export async function upgradeFaults(old: OldVolume): Promise<UpgradeReport> {
	const report: UpgradeReport = { states: 0, bad: 0, examples: [] };
	const operations = await openWith(new SimulatedDisk(old.disk()), -1, false);
	for (let at = 0; at < operations; at++) {
		for (const persistent of [false, true]) {
			const disk = new SimulatedDisk(old.disk());
			await openWith(disk, at, persistent);
			disk.fault = undefined;
			await judge(old, disk.image, `operation ${at} failed${persistent ? ' for good' : ''}`, report);
		}
	}
	return report;
}

/** How many operations there were until the fault. */
async function openWith(disk: SimulatedDisk, at: number, persistent: boolean): Promise<number> {
	const fault = { at, persistent, kind: 'error' as const, count: 0 };
	disk.fault = fault;
	try {
		const volume = await openTestVolume(disk, { clock: new ManualClock() });
		volume.settle();
		volume.close();
	} catch (error) {
		// Refused: what counts is what the disk holds.
		if (!(error instanceof Error)) throw error;
	}
	return fault.count;
}

/** A disk without any room but that of the reserve. */
export async function upgradeOnFullDisk(old: OldVolume, reserveBytes: number): Promise<UpgradeReport> {
	const report: UpgradeReport = { states: 0, bad: 0, examples: [] };
	const image = old.disk();
	image.ensure('reserve').resize(reserveBytes);
	const disk = new SimulatedDisk(image);
	disk.quota = image.usedBytes;
	try {
		const volume = await openTestVolume(disk, { reserveBytes });
		volume.unlink(volume.root, 'only in the log');
		volume.commit();
		volume.close();
	} catch (error) {
		report.bad++;
		report.examples.push(String(error));
	}
	report.states++;
	return report;
}

async function judge(old: OldVolume, image: DiskImage, description: string, report: UpgradeReport): Promise<void> {
	report.states++;
	const problem = await findProblem(image, [old.tree]);
	if (problem === undefined) return;
	report.bad++;
	if (report.examples.length < 5) report.examples.push(`${description}: ${problem}`);
}
