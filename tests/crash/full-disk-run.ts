/**
 * A disk that runs full: the write that does not fit is refused with ENOSPC and nothing else happens; deleting, renaming
 * and truncating always work; what deleting has freed can be written again.
 */
import { OsError } from '#abi/errors.ts';
import type { Inode } from '#fs/file-system.ts';
import type { OpenedVolume } from '#volume/open-volume.ts';
import { describeFile, describeTree } from './random-operations.ts';
import { type DiskImage, SimulatedDisk } from './simulated-disk.ts';
import { ManualClock, openTestVolume, SeededRandom } from './test-volume.ts';

export interface FullDiskReport {
	runs: number;
	/** Runs in which the disk was full at some time. */
	full: number;
	bad: number;
	readonly examples: string[];
}

export interface FullDiskOptions {
	readonly reserveBytes: number;
	/** Bytes left on the disk when the writing starts. */
	readonly room: number;
	readonly seed: number;
}

const mostFiles = 400;
/** Less than this may go into the volume's own tables and log. */
const freedThatCounts = 200_000;

export async function fullDiskRun(image: DiskImage, options: FullDiskOptions, report: FullDiskReport): Promise<void> {
	const disk = new SimulatedDisk(image.clone());
	const clock = new ManualClock();
	const random = new SeededRandom(options.seed);
	const volume = await openTestVolume(disk, { clock, reserveBytes: options.reserveBytes });
	volume.settle();
	disk.quota = disk.image.usedBytes + options.room;
	report.runs++;
	const problem = run(volume, clock, random, report) ?? (await reopened(volume, disk, options));
	if (problem === undefined) return;
	report.bad++;
	if (report.examples.length < 5) report.examples.push(`room ${options.room}: ${problem}`);
}

function run(
	volume: OpenedVolume,
	clock: ManualClock,
	random: SeededRandom,
	report: FullDiskReport,
): string | undefined {
	const files = fill(volume, random);
	if (files.refusal === undefined) return 'the disk was never full';
	if (files.refusal !== 'ENOSPC') return `the write was refused with ${files.refusal}`;
	report.full++;
	if (!sameTree(describeTree(volume), files.expected)) return 'a refused write has changed something';
	const contentBefore = volume.usage(volume.root).storedBytes;
	const problem = makeRoom(volume, files.names, random);
	if (problem !== undefined) return problem;
	clock.advance(2000);
	const freed = contentBefore - volume.usage(volume.root).storedBytes;
	return freed < freedThatCounts ? undefined : writeAgain(volume);
}

interface Filled {
	names: string[];
	refusal: string | undefined;
	/** The tree that the accepted writes have made. */
	expected: ReadonlyMap<string, string>;
}

/** Writes files, each with a commit, until one is refused. */
function fill(volume: OpenedVolume, random: SeededRandom): Filled {
	const names: string[] = [];
	const expected = describeTree(volume);
	for (let count = 0; count < mostFiles; count++) {
		const name = `filling-${count}`;
		try {
			const file = makeFile(volume, name, random);
			volume.commit();
			names.push(name);
			expected.set(`/${name}`, describeFile(volume, file));
		} catch (error) {
			volume.rollback();
			return { names, refusal: error instanceof OsError ? error.code : String(error), expected };
		}
	}
	return { names, refusal: undefined, expected };
}

/** By one of the ways to need room. */
function makeFile(volume: OpenedVolume, name: string, random: SeededRandom): Inode {
	const kind = random.pick(['write', 'write', 'write', 'allocate', 'attribute', 'link'] as const);
	if (kind === 'link') return volume.createLink(volume.root, name, `somewhere/${'else/'.repeat(random.below(500))}`);
	const file = volume.create(volume.root, name, 'file');
	if (kind === 'allocate') volume.allocate(file, random.below(100_000), 70_000);
	else volume.write(file, 0, random.bytes(random.pick([10, 3000, 30_000, 130_000])));
	if (kind === 'attribute') volume.setExtended(file, 'user.note', random.bytes(40_000));
	return file;
}

/** Does what must work on a full disk, half of the files' worth. */
function makeRoom(volume: OpenedVolume, names: readonly string[], random: SeededRandom): string | undefined {
	const { root } = volume;
	for (const [index, name] of names.entries()) {
		if (index % 2 === 1) continue;
		const inode = volume.find(root, name) as Inode;
		const isFile = volume.kindOf(inode) === 'file';
		const kind = random.pick(isFile ? (['unlink', 'truncate', 'rename', 'clear'] as const) : (['unlink'] as const));
		try {
			if (kind === 'rename')
				volume.rename({ directory: root, name }, { directory: root, name: `${name} moved` }, false);
			else if (kind === 'unlink') volume.unlink(root, name);
			else if (kind === 'clear') volume.clear(inode, 0, volume.stat(inode).size);
			else volume.truncate(inode, 0);
			for (const attribute of kind === 'unlink' ? [] : volume.listExtended(inode))
				volume.setExtended(inode, attribute, undefined);
			volume.commit();
		} catch (error) {
			return `${kind} on a full disk failed: ${error}`;
		}
	}
	return undefined;
}

function writeAgain(volume: OpenedVolume): string | undefined {
	volume.settle();
	try {
		volume.write(volume.create(volume.root, 'after', 'file'), 0, new Uint8Array(20_000).fill(7));
		volume.commit();
	} catch (error) {
		return `what was freed cannot be used: ${error} (${JSON.stringify(volume.status())})`;
	}
	return undefined;
}

async function reopened(
	volume: OpenedVolume,
	disk: SimulatedDisk,
	options: FullDiskOptions,
): Promise<string | undefined> {
	const expected = describeTree(volume);
	volume.close();
	const again = await openTestVolume(disk, { reserveBytes: options.reserveBytes });
	const contradictions = again.checkStructure();
	const same = sameTree(describeTree(again), expected);
	const damaged = await again.check();
	again.close();
	if (contradictions.length > 0) return contradictions.join('; ');
	if (damaged.length > 0) return `damaged: ${damaged.join(' ')}`;
	return same ? undefined : 'something changed over a restart';
}

function sameTree(tree: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
	return JSON.stringify([...tree].sort()) === JSON.stringify([...other].sort());
}
