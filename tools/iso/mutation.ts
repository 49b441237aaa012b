/**
 * Changes one byte of an image at a place that is used, for `npm run iso:mutate`.
 *
 * Rules of use: `findRegions` once, then `mutate` and undo it again, on a copy of the image. The same seed gives the same
 * places.
 */
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { getOutput } from '../setup/run-command.ts';
import { verityBlockBytes } from './verity.ts';

export interface Region {
	readonly kind: 'part' | 'tree' | 'kernel' | 'first program' | 'menu' | 'other';
	readonly file: string;
	/** In bytes from the beginning of the image. */
	readonly start: number;
	readonly length: number;
}

export interface Mutation {
	readonly region: Region;
	readonly place: number;
	/** What the byte is changed by: exclusive or, never zero. */
	readonly change: number;
}

const sectorBytes = 2048;
/** Written when the image is put together, and answered for by the firmware that reads it. */
const leftOut = /^\/boot\/(grub\/bios\.img|boot\.cat)$/;

/** Every file of the image that holds anything, by what it is; a part is two regions. */
export async function findRegions(image: string): Promise<Region[]> {
	const report = await getOutput('xorriso', ['-indev', image, '-find', '/', '-type', 'f', '-exec', 'report_lba', '--']);
	const regions: Region[] = [];
	for (const line of report.split('\n')) {
		const [, sector, size, file] =
			/^File data lba:\s*\d+\s*,\s*(\d+)\s*,\s*\d+\s*,\s*(\d+)\s*,\s*'(.*)'$/.exec(line) ?? [];
		if (sector === undefined || size === undefined || file === undefined) continue;
		if (size === '0' || leftOut.test(file)) continue;
		const whole = { file, start: Number(sector) * sectorBytes, length: Number(size) };
		regions.push(...(file.endsWith('.squashfs') ? await splitPart(image, whole) : [{ ...whole, kind: kindOf(file) }]));
	}
	return regions;
}

function kindOf(file: string): Region['kind'] {
	if (file === '/boot/vmlinuz') return 'kernel';
	if (file === '/boot/initramfs.img') return 'first program';
	return /^\/boot\/(grub|theme)\//.test(file) ? 'menu' : 'other';
}

/** A squashfs says at byte 40 how many bytes it has; its tree begins with the next block. */
async function splitPart(image: string, whole: Omit<Region, 'kind'>): Promise<Region[]> {
	await using file = await open(image);
	const { buffer } = await file.read(Buffer.alloc(48), 0, 48, whole.start);
	if (buffer.toString('latin1', 0, 4) !== 'hsqs') throw new Error(`${whole.file} is no squashfs.`);
	const length = Math.ceil(Number(buffer.readBigUInt64LE(40)) / verityBlockBytes) * verityBlockBytes;
	return [
		{ ...whole, kind: 'part', length },
		{ ...whole, kind: 'tree', start: whole.start + length, length: whole.length - length },
	];
}

/** How many of a hundred images are changed where: small places are not left to chance. */
export const shares: readonly (readonly [kind: Region['kind'], share: number])[] = [
	['part', 30],
	['tree', 20],
	['kernel', 12],
	['first program', 13],
	['menu', 15],
	['other', 10],
];

/** Mutation number `index` of a seed. */
export function chooseMutation(regions: readonly Region[], seed: number, index: number): Mutation {
	const digest = createHash('sha256').update(`${seed} ${index}`).digest();
	const draw = (place: number) => digest.readUInt32LE(place) / 2 ** 32;
	let left = (index * 37) % 100;
	const kind = shares.find(([, share]) => {
		left -= share;
		return left < 0;
	})?.[0];
	const candidates = regions.filter((region) => region.kind === kind);
	const region = candidates[Math.floor(draw(0) * candidates.length)];
	if (region === undefined) throw new Error(`The image has no ${kind}.`);
	const place = region.start + Math.floor(draw(4) * region.length);
	return { region, place, change: 1 + Math.floor(draw(8) * 255) };
}

/** Changes the byte; done a second time, changes it back. */
export async function mutate(file: FileHandle, { place, change }: Mutation): Promise<void> {
	const byte = Buffer.alloc(1);
	await file.read(byte, 0, 1, place);
	byte[0] = (byte[0] ?? 0) ^ change;
	await file.write(byte, 0, 1, place);
	await file.sync();
}

/**
 * The planted defect: a first program that has lost its list of sums, in an image that is whole otherwise. Its loader's list
 * is made to fit, since somebody who builds such an image would have that right.
 */
export async function loseSums(image: string, regions: readonly Region[]): Promise<void> {
	const first = getRegion(regions, '/boot/initramfs.img');
	const startList = getRegion(regions, '/boot/grub/start.sums');
	await using file = await open(image, 'r+');
	const program = Buffer.alloc(first.length);
	await file.read(program, 0, first.length, first.start);
	// The archive's next header may stand right behind the last line.
	const list = /[0-9a-f]{64} {2}\.disk\/info\n(?:[0-9a-f]{64} {2}[^\n\0]+\n)*/.exec(program.toString('latin1'));
	if (list === null) throw new Error('The first program has no list of sums.');
	program.fill('\n', list.index, list.index + list[0].length);
	await file.write(program, 0, program.length, first.start);
	const sum = createHash('sha256').update(program).digest('hex');
	// It stands on the first line.
	await file.write(sum, startList.start, 'latin1');
}

function getRegion(regions: readonly Region[], file: string): Region {
	const region = regions.find((candidate) => candidate.file === file);
	if (region === undefined) throw new Error(`The image has no ${file}.`);
	return region;
}
