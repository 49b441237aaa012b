/**
 * I/O errors and full disks: a volume with files goes on working on a disk that fails at the n-th operation, once or
 * from then on, or has room for so many bytes more. What was acknowledged must be there afterwards, on a good disk.
 */
import { OsError } from '#abi/errors.ts';
import type { OpenedVolume } from '#volume/open-volume.ts';
import { describeTree, OperationSource, perform } from './random-operations.ts';
import { type DiskImage, type Fault, SimulatedDisk } from './simulated-disk.ts';
import { ManualClock, openTestVolume, SeededRandom } from './test-volume.ts';

export interface FaultReport {
	runs: number;
	/** Runs in which the fault was met. */
	hits: number;
	bad: number;
	readonly examples: string[];
}

const reserveBytes = 128 * 1024;

/** A disk with a volume that has some files in it and a whole reserve. */
export async function madeDisk(seed: number): Promise<DiskImage> {
	const disk = new SimulatedDisk();
	const clock = new ManualClock();
	const volume = await openTestVolume(disk, { clock, reserveBytes });
	const source = new OperationSource(new SeededRandom(seed), 40_000, 4);
	for (let count = 0; count < 150; count++) {
		perform(volume, source.nextChange());
		if (count % 5 === 0) volume.commit();
	}
	volume.commit();
	volume.settle();
	volume.close();
	return disk.image;
}

/** How many operations on the disk the work of a fault run takes, without any fault. */
export async function countOperations(image: DiskImage, seed: number, reads: boolean): Promise<number> {
	const disk = new SimulatedDisk(image.clone());
	disk.fault = { at: -1, persistent: false, reads, count: 0 };
	await work(disk, seed);
	return disk.fault.count;
}

export async function faultRun(
	image: DiskImage,
	seed: number,
	fault: Omit<Fault, 'count'>,
	report: FaultReport,
): Promise<void> {
	const disk = new SimulatedDisk(image.clone());
	disk.fault = { ...fault, count: 0 };
	const allowed = await work(disk, seed);
	report.runs++;
	if (disk.fault.count > fault.at) report.hits++;
	disk.fault = undefined;
	const problem = await findProblem(disk.image, allowed);
	if (problem === undefined) return;
	report.bad++;
	if (report.examples.length < 5) report.examples.push(`${JSON.stringify(fault)}: ${problem}`);
}

/** The trees that may be found afterwards. */
async function work(disk: SimulatedDisk, seed: number): Promise<ReadonlyMap<string, string>[]> {
	const clock = new ManualClock();
	let allowed: ReadonlyMap<string, string>[] = [];
	let volume: OpenedVolume | undefined;
	try {
		volume = await openTestVolume(disk, { clock, reserveBytes });
		allowed = [describeUnhindered(disk, volume)];
		const random = new SeededRandom(seed);
		const source = new OperationSource(random, 40_000, 4);
		for (let group = 0; group < 8; group++) {
			for (let count = 0; count < 3; count++) perform(volume, source.nextChange());
			const wanted = describeUnhindered(disk, volume);
			if (!volume.dirty) continue;
			const before = disk.changes;
			try {
				volume.commit();
				// A group that leaves everything as it was needs no disk, and overtakes nothing that the disk was to forget.
				if (disk.changes !== before) allowed = [wanted];
			} catch (error) {
				if (!(error instanceof OsError)) throw error;
				// A disk that goes on failing can keep what it was told to forget; one that failed once cannot.
				if (disk.fault?.persistent) allowed = [...allowed, wanted];
			}
			if (random.below(3) === 0) volume.settle();
		}
	} catch (error) {
		if (allowed.length > 0 && !(error instanceof OsError)) throw error;
		// The volume could not be opened, or not be read to compare: nothing was acknowledged since.
	}
	closeQuietly(volume);
	return allowed;
}

/** What the test itself reads meets no fault. */
function describeUnhindered(disk: SimulatedDisk, volume: OpenedVolume): Map<string, string> {
	const { fault } = disk;
	if (fault?.reads) disk.fault = undefined;
	try {
		return describeTree(volume, 'all');
	} finally {
		disk.fault = fault;
	}
}

/** Closing may meet the fault too; the files are let go all the same. */
function closeQuietly(volume: OpenedVolume | undefined): void {
	try {
		volume?.close();
	} catch (error) {
		if (!(error instanceof Error)) throw error;
	}
}

export async function findProblem(
	image: DiskImage,
	allowed: readonly ReadonlyMap<string, string>[],
): Promise<string | undefined> {
	let volume: OpenedVolume | undefined;
	try {
		volume = await openTestVolume(new SimulatedDisk(image.clone()), { reserveBytes });
		const contradictions = volume.checkStructure();
		if (contradictions.length > 0) return contradictions.join('; ');
		const tree = JSON.stringify([...describeTree(volume, 'all')].sort());
		if (allowed.length === 0) return undefined;
		return allowed.some((past) => JSON.stringify([...past].sort()) === tree)
			? undefined
			: 'acknowledged changes are lost';
	} catch (error) {
		return String(error);
	} finally {
		volume?.close();
	}
}
