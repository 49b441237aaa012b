/** Finds the file system in a disc or disk image, so that its files can be looked at without a machine. */
import { findFatParameters, findPartitions, sectorSize } from './boot-record.ts';
import { BoundedReader, type Budget, type ByteSource, defaultBudget } from './byte-source.ts';
import { FatVolume } from './fat.ts';
import { ImageFileSystem } from './image-file-system.ts';
import { describeDisc, IsoVolume } from './iso9660.ts';

const fatPartitionTypes = new Set([0x01, 0x04, 0x06, 0x0e]);

/** The image's file system; `undefined` when it has none that this room reads. Throws `ParseError` for a damaged one. */
export async function openImage(
	source: ByteSource,
	budget: Budget = defaultBudget,
): Promise<ImageFileSystem | undefined> {
	const reader = new BoundedReader(source, budget);
	const disc = await describeDisc(reader);
	if (disc !== undefined) return new ImageFileSystem(new IsoVolume(source, disc, budget));
	const sector = await reader.available(0, sectorSize);
	const fat = findFatParameters(sector, source.size);
	if (fat !== undefined) return new ImageFileSystem(new FatVolume(source, fat, 0, budget));
	for (const partition of findPartitions(sector, source.size) ?? []) {
		if (!fatPartitionTypes.has(partition.type)) continue;
		const start = partition.firstSector * sectorSize;
		const inside = findFatParameters(await reader.available(start, sectorSize), source.size - start);
		if (inside !== undefined) return new ImageFileSystem(new FatVolume(source, inside, start, budget));
	}
	return undefined;
}
