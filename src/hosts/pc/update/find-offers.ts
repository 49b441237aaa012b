/**
 * The updates on the media that are plugged in: images with a signature beside them, in the first folder or in one in it.
 *
 * Rules of use: an offer's version and size are to be believed, since they are signed; its image has not been read yet.
 */
import { lstat, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { PcUpdateOffer, PcUpdateVerdict } from '#abi/structures.generated.ts';
import type { SystemRoot } from './installed-system.ts';
import { listMedia, type Medium, withMounted } from './removable-media.ts';
import { type SignedRelease, UpdateRefusal } from './signed-release.ts';
import { compareVersions } from './version.ts';

const signatureEnd = '.minisig';
const imageEnd = '.iso';
/** A medium with more folders or images than this is not searched further. */
const mostEntries = 200;
const longestSignature = 4096;

/** Says what a signature promises; throws an `UpdateRefusal` when this PC does not take it. */
export type Judge = (signature: string) => Promise<SignedRelease>;

export async function findOffers(system: SystemRoot, running: string, judge: Judge): Promise<PcUpdateOffer[]> {
	const offers: PcUpdateOffer[] = [];
	for (const medium of await listMedia(system)) {
		const find = (folder: string) => findInFolder(medium, folder, { running, judge });
		offers.push(...((await withMounted(system, medium.device, find)) ?? []));
	}
	return offers;
}

export interface Search {
	readonly running: string;
	readonly judge: Judge;
}

export async function findInFolder(medium: Medium, folder: string, search: Search): Promise<PcUpdateOffer[]> {
	const offers: PcUpdateOffer[] = [];
	for (const file of await listImages(folder)) {
		const signature = await readFile(path.join(folder, file + signatureEnd), 'latin1');
		const { size } = await lstat(path.join(folder, file));
		const judged = await judgeOffer(signature, search);
		offers.push({ identifier: `${medium.device}:${file}`, place: medium.place, file, sizeBytes: size, ...judged });
	}
	return offers;
}

async function judgeOffer(
	signature: string,
	{ running, judge }: Search,
): Promise<{ version: string; verdict: PcUpdateVerdict }> {
	try {
		const { version } = await judge(signature);
		const order = compareVersions(version, running);
		return { version, verdict: order > 0 ? 'newer' : order < 0 ? 'older' : 'same' };
	} catch (error) {
		if (!(error instanceof UpdateRefusal) || error.reason === 'damaged') throw error;
		return { version: '', verdict: error.reason };
	}
}

/** Paths from `folder` of the images that have a signature. */
async function listImages(folder: string): Promise<string[]> {
	const found: string[] = [];
	const visit = async (below: string, depth: number): Promise<void> => {
		const entries = await readdir(path.join(folder, below), { withFileTypes: true }).catch(() => []);
		const files = new Set(entries.filter((entry) => entry.isFile()).map(({ name }) => name));
		for (const entry of entries.slice(0, mostEntries)) {
			const file = path.posix.join(below, entry.name);
			if (entry.isDirectory() && depth > 0) await visit(file, depth - 1);
			else if (isSignedImage(entry.name, files) && (await isShort(path.join(folder, file)))) found.push(file);
		}
	};
	await visit('', 1);
	return found.sort();
}

function isSignedImage(name: string, files: ReadonlySet<string>): boolean {
	return name.toLowerCase().endsWith(imageEnd) && files.has(name) && files.has(name + signatureEnd);
}

async function isShort(image: string): Promise<boolean> {
	return (await lstat(image + signatureEnd)).size <= longestSignature;
}
