/**
 * Makes a volume of an exported file (docs/formats/volume.md), in a store where there is none.
 *
 * Rules of use:
 * - Page by page, verified on the way; single flipped bits are mended. Pages that are damaged otherwise are counted and
 *   stored as they are, so that a check names what is in them.
 * - The superblocks come last: an import that was interrupted is no volume, and is refused as one.
 */
import type { BlockFile, BlockStore } from '#base/ports.ts';
import type { WorkProgress } from '#fs/system-volume.ts';
import { VolumeRefused } from './open-volume.ts';
import { checksumLength, mendSingleBit, readChecksum, sameChecksum, sumPage, writeChecksum } from './page-checksum.ts';
import { formatVersion } from './schema.ts';
import { decodeSuperblock, encodeSuperblock, headLength, type Superblock } from './superblock.ts';
import { volumeFileNames } from './volume-storage.ts';

export interface ImportSource {
	readonly size: number;
	/** Exactly `length` bytes, which are there. */
	read(offset: number, length: number): Promise<Uint8Array>;
}

export interface ExportFacts {
	readonly identifier: string;
	readonly createdTime: number;
	readonly formatVersion: number;
	readonly contentBytes: number;
}

export interface ImportResult extends ExportFacts {
	readonly damagedPages: number;
}

const pagesAPart = 128;
const smallestPage = 4096;
const signature = new TextEncoder().encode('SQLite format 3\0');
const noExport = 'This file is no exported volume, or only a part of one.';

/** What an exported file says of itself. Throws `VolumeRefused` when it is none, or of a newer version. */
export async function inspectExport(source: ImportSource): Promise<ExportFacts> {
	const { superblock } = await readEnd(source);
	return factsOf(superblock, source.size);
}

export async function* importVolume(
	source: ImportSource,
	store: BlockStore,
): AsyncGenerator<WorkProgress, ImportResult> {
	const { superblock } = await readEnd(source);
	const files = await openEmpty(store);
	try {
		const { pageSize } = superblock;
		const end = source.size - pageSize;
		let damagedPages = 0;
		for (let at = 0; at < end; at += pagesAPart * pageSize) {
			const part = (await source.read(at, Math.min(end - at, pagesAPart * pageSize))).slice();
			damagedPages += verifyPages(part, at, pageSize);
			files.volume.write(part, at);
			yield { doneBytes: at + part.length, totalBytes: source.size };
		}
		files.volume.flush();
		const firstPage = new Uint8Array(pageSize);
		files.volume.read(firstPage, 0);
		finish([files.first, files.second], { ...superblock, reserveReleased: false, firstPage });
		return { ...factsOf(superblock, source.size), damagedPages };
	} finally {
		for (const file of files.all) file.close();
	}
}

function finish(files: readonly BlockFile[], superblock: Superblock): void {
	for (const [index, file] of files.entries()) {
		file.write(encodeSuperblock({ ...superblock, sequence: index + 1 }), 0);
		file.flush();
	}
}

function factsOf(superblock: Superblock, size: number): ExportFacts {
	const identifier = [...superblock.identifier].map((byte) => byte.toString(16).padStart(2, '0')).join('');
	const { createdTime, formatVersion: version, pageSize } = superblock;
	return { identifier, createdTime, formatVersion: version, contentBytes: size - pageSize };
}

/** The last page tells the size of a page, so it is looked for by every size that there may be. */
async function readEnd(source: ImportSource): Promise<{ superblock: Superblock }> {
	for (let pageSize = smallestPage; pageSize <= 65_536 && pageSize * 2 <= source.size; pageSize *= 2) {
		const superblock = decodeSuperblock(await source.read(source.size - pageSize, headLength));
		if (superblock === undefined || superblock.pageSize !== pageSize) continue;
		await requireWhole(source, superblock);
		return { superblock };
	}
	throw new VolumeRefused(noExport);
}

async function requireWhole(source: ImportSource, { pageSize, formatVersion: version }: Superblock): Promise<void> {
	if (version > formatVersion)
		throw new VolumeRefused('This file was exported by a newer version of Vitrine. Import it with that version.');
	const first = (await source.read(0, pageSize)).slice();
	const isDamaged = verifyPages(first, 0, pageSize) > 0 || signature.some((byte, index) => first[index] !== byte);
	if (isDamaged) throw new VolumeRefused('The first page of this file is damaged. Nothing was imported.');
	const pages = new DataView(first.buffer).getUint32(28);
	if ((pages + 1) * pageSize !== source.size) throw new VolumeRefused(noExport);
}

/** Mends what can be mended, in place; returns how many pages are damaged. */
function verifyPages(part: Uint8Array, at: number, pageSize: number): number {
	let damaged = 0;
	const covered = pageSize - checksumLength;
	for (let start = 0; start < part.length; start += pageSize) {
		const page = part.subarray(start, start + pageSize);
		const number = (at + start) / pageSize + 1;
		const stored = readChecksum(page, covered);
		const found = sumPage(page, covered, number);
		if (sameChecksum(found, stored) || isLockPage(number, pageSize)) continue;
		if (mendSingleBit(page, covered, number, stored)) writeChecksum(sumPage(page, covered, number), page, covered);
		else damaged++;
	}
	return damaged;
}

/** The page that holds the byte at 1 GiB is never used. */
function isLockPage(number: number, pageSize: number): boolean {
	return number === Math.floor(0x40000000 / pageSize) + 1;
}

interface EmptyFiles {
	readonly all: readonly BlockFile[];
	readonly volume: BlockFile;
	readonly first: BlockFile;
	readonly second: BlockFile;
}

/** What an interrupted import has left is overwritten; a volume is not. */
async function openEmpty(store: BlockStore): Promise<EmptyFiles> {
	const all: BlockFile[] = [];
	try {
		for (const name of volumeFileNames) all.push(await store.open(name));
		const byName = new Map(all.map((file) => [file.name, file]));
		const [volume, first, second] = (['volume', 'superblock-a', 'superblock-b'] as const).map((name) =>
			byName.get(name),
		) as [BlockFile, BlockFile, BlockFile];
		if (first.size() > 0 || second.size() > 0)
			throw new VolumeRefused('There is a volume already. Import into another place; nothing was changed.');
		for (const file of all) file.truncate(0);
		return { all, volume, first, second };
	} catch (error) {
		for (const file of all) file.close();
		throw error;
	}
}
