/**
 * Rot: damage anywhere in the files of a closed volume. The volume opens, hands out right bytes or none, and a check
 * names what is damaged.
 */
import { type OpenedVolume, VolumeRefused } from '#volume/open-volume.ts';
import { describeTree } from './random-operations.ts';
import { type DiskImage, SimulatedDisk } from './simulated-disk.ts';
import { openTestVolume, type SeededRandom } from './test-volume.ts';

export interface RotReport {
	runs: number;
	/** Nothing was lost: the damage hit nothing in use, or was mended. */
	whole: number;
	/** Some files could not be read, and said so. */
	reported: number;
	/** The volume was refused. */
	refused: number;
	/** Wrong bytes were handed out. */
	wrong: number;
	/** Damage that a check did not name. */
	unnamed: number;
	/** Damage that reached more than one file. */
	several: number;
	readonly examples: string[];
}

export function emptyRotReport(): RotReport {
	return { runs: 0, whole: 0, reported: 0, refused: 0, wrong: 0, unnamed: 0, several: 0, examples: [] };
}

export type Damage = (image: DiskImage, random: SeededRandom) => string;

/** One flipped bit anywhere. */
export const flipBit: Damage = (image, random) => {
	const { name, bytes, at } = placeIn(image, random);
	const bit = random.below(8);
	bytes[at] = (bytes[at] as number) ^ (1 << bit);
	return `bit ${bit} of byte ${at} of ${name}`;
};

/** A sector of 512 bytes that was lost or scrambled. */
export const ruinSector: Damage = (image, random) => {
	const { name, bytes, at } = placeIn(image, random);
	const start = at - (at % 512);
	const sector = bytes.subarray(start, start + 512);
	if (random.below(2) === 0) sector.fill(0);
	else sector.set(random.bytes(sector.length));
	return `sector at ${start} of ${name}`;
};

/** A place in any file, in proportion to the files' sizes. */
function placeIn(image: DiskImage, random: SeededRandom): { name: string; bytes: Uint8Array; at: number } {
	let at = random.below(image.usedBytes);
	for (const [name, bytes] of image.files) {
		if (at < bytes.size) return { name, bytes: bytes.content, at };
		at -= bytes.size;
	}
	throw new Error('the place is beyond the files');
}

export async function rotRun(image: DiskImage, damage: Damage, random: SeededRandom, report: RotReport): Promise<void> {
	const expected = await treeOf(image);
	const rotten = image.clone();
	const what = damage(rotten, random);
	report.runs++;
	let volume: OpenedVolume | undefined;
	try {
		volume = await openTestVolume(new SimulatedDisk(rotten));
		await compare(volume, expected, report, what);
	} catch (error) {
		if (!(error instanceof VolumeRefused)) note(report, 'wrong', `${what}: ${error}`);
		else report.refused++;
	} finally {
		volume?.close();
	}
}

async function compare(
	volume: OpenedVolume,
	expected: ReadonlyMap<string, string>,
	report: RotReport,
	what: string,
): Promise<void> {
	const found = describeTree(volume);
	const missing = [...expected].filter(([path, text]) => found.get(path) !== text).map(([path]) => path);
	const unread = new Set([...found].filter(([, text]) => text.endsWith('EILSEQ')).map(([path]) => path));
	const wrong = missing.filter((path) => !isUnder(path, unread));
	if (wrong.length > 0) return note(report, 'wrong', `${what}: ${wrong.join(' ')}`);
	if (missing.length === 0) {
		report.whole++;
		return;
	}
	report.reported++;
	if (missing.length > 1) report.several++;
	const named = new Set(await volume.check());
	const unnamed = missing.filter((path) => !isUnder(path, named));
	if (unnamed.length > 0) note(report, 'unnamed', `${what}: ${unnamed.join(' ')}`);
}

/** Whether the path, or a directory above it, is among those. */
function isUnder(path: string, places: ReadonlySet<string>): boolean {
	for (let at = path; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) if (places.has(at)) return true;
	return places.has('/');
}

function note(report: RotReport, kind: 'wrong' | 'unnamed', text: string): void {
	report[kind]++;
	if (report.examples.length < 5) report.examples.push(text);
}

const trees = new WeakMap<DiskImage, ReadonlyMap<string, string>>();

async function treeOf(image: DiskImage): Promise<ReadonlyMap<string, string>> {
	const known = trees.get(image);
	if (known !== undefined) return known;
	const volume = await openTestVolume(new SimulatedDisk(image.clone()));
	const tree = describeTree(volume);
	volume.close();
	trees.set(image, tree);
	return tree;
}
