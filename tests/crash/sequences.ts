/**
 * Every sequence of one, two and three changes from a small list, each change with a commit of its own, and the power
 * cut at every place from the last change on (what came before it is the end of a shorter sequence). After ACE of
 * CrashMonkey (Mohan et al., OSDI 2018).
 *
 * A change that is refused changes nothing, so a sequence with one says nothing new and is left out.
 */
import type { Durability, OpenedVolume } from '#volume/open-volume.ts';
import { type CrashReport, emptyCrashReport, judgeCut } from './crash-run.ts';
import { powerCuts } from './power-cut.ts';
import { describeTree, type Operation, perform } from './random-operations.ts';
import { type DiskImage, SimulatedDisk } from './simulated-disk.ts';
import { openTestVolume, SeededRandom } from './test-volume.ts';

const reserveBytes = 64 * 1024;
const some = (length: number): Uint8Array => new SeededRandom(length).bytes(length);

/** What stands on the volume before: a file in an extent, a small one in a folder, and one of two chunks. */
const before: readonly Operation[] = [
	{ kind: 'create-file', path: '/a' },
	{ kind: 'write', path: '/a', offset: 0, bytes: some(20_000) },
	{ kind: 'create-directory', path: '/d' },
	{ kind: 'create-file', path: '/d/b' },
	{ kind: 'write', path: '/d/b', offset: 0, bytes: some(300) },
	{ kind: 'create-file', path: '/large' },
	{ kind: 'write', path: '/large', offset: 0, bytes: some(80_000) },
];

/** One of each kind, on names that make them meet. */
export const changes: readonly Operation[] = [
	{ kind: 'create-file', path: '/new' },
	{ kind: 'create-directory', path: '/made' },
	{ kind: 'create-link', path: '/link', target: '/a' },
	{ kind: 'write', path: '/a', offset: 10, bytes: some(64) },
	{ kind: 'write', path: '/a', offset: 60_000, bytes: some(9000) },
	{ kind: 'write', path: '/d/b', offset: 0, bytes: some(5000) },
	{ kind: 'write', path: '/new', offset: 0, bytes: some(700) },
	{ kind: 'truncate', path: '/large', size: 65_000 },
	{ kind: 'truncate', path: '/a', size: 100_000 },
	{ kind: 'clear', path: '/large', offset: 0, size: 70_000 },
	{ kind: 'allocate', path: '/d/b', offset: 0, size: 8000 },
	{ kind: 'unlink', path: '/a' },
	{ kind: 'unlink', path: '/d/b' },
	{ kind: 'remove-directory', path: '/d' },
	{ kind: 'remove-tree', path: '/d' },
	{ kind: 'rename', path: '/a', target: '/d/b', replace: true },
	{ kind: 'rename', path: '/a', target: '/new', replace: false },
	{ kind: 'rename', path: '/d', target: '/made', replace: true },
	{ kind: 'link', path: '/a', target: '/d/second' },
	{ kind: 'copy', path: '/large', target: '/copied' },
	{ kind: 'copy', path: '/a', target: '/new' },
	{ kind: 'set-extended', path: '/a', name: 'user.note', bytes: some(3000) },
	{ kind: 'set-attributes', path: '/a', value: 3 },
];

export interface SequenceOptions {
	/** Of how many changes the sequences are. */
	readonly length: number;
	readonly statesAPlace: number;
	readonly durability?: Durability;
	/** Only every n-th sequence. */
	readonly stride?: number;
	readonly stopWhenBad?: boolean;
	readonly onProgress?: (report: SequenceReport) => void;
}

export interface SequenceReport extends CrashReport {
	/** Sequences in which every change took place. */
	sequences: number;
}

/** Tries every sequence of `length` changes. */
export async function sequenceCampaign(options: SequenceOptions): Promise<SequenceReport> {
	const report: SequenceReport = { ...emptyCrashReport(), sequences: 0 };
	const image = await startingDisk();
	const count = changes.length ** options.length;
	for (let number = 0; number < count; number += options.stride ?? 1) {
		await sequenceRun(image, sequenceOf(number, options.length), options, report);
		if (options.stopWhenBad && report.lost + report.corrupt > 0) break;
		if (number % 100 === 0) options.onProgress?.(report);
	}
	return report;
}

/** The changes whose places in the list are the digits of `number`. */
function sequenceOf(number: number, length: number): Operation[] {
	const digit = (place: number): number => Math.floor(number / changes.length ** place) % changes.length;
	return Array.from({ length }, (_, place) => changes[digit(place)] as Operation);
}

async function startingDisk(): Promise<DiskImage> {
	const disk = new SimulatedDisk();
	const volume = await openTestVolume(disk, { reserveBytes });
	for (const operation of before) perform(volume, operation);
	volume.commit();
	volume.settle();
	volume.close();
	return disk.image;
}

async function sequenceRun(
	image: DiskImage,
	sequence: readonly Operation[],
	options: SequenceOptions,
	report: SequenceReport,
): Promise<void> {
	const disk = new SimulatedDisk(image.clone(), true);
	const volume = await openTestVolume(disk, { reserveBytes, durability: options.durability });
	const history = [describeTree(volume, 'all')];
	let from = 0;
	for (const operation of sequence) {
		from = disk.log.length;
		if (!doAndCommit(volume, operation)) return volume.close();
		history.push(describeTree(volume, 'all'));
		disk.acknowledge(history.length - 1);
	}
	volume.settle();
	volume.close();
	report.sequences++;
	const cuts = { statesAPlace: options.statesAPlace, stride: 1, from };
	const random = new SeededRandom(report.sequences);
	const tell = sequence.map(({ kind, path }) => `${kind} ${path}`).join(', ');
	for (const cut of powerCuts(image, disk.log, random, cuts)) {
		await judgeCut(cut, history, { reserveBytes, durability: options.durability, tell }, report);
	}
}

/** Whether the change took place. */
function doAndCommit(volume: OpenedVolume, operation: Operation): boolean {
	if (/^E[A-Z]+$/.test(String(perform(volume, operation)))) return false;
	volume.commit();
	return true;
}
