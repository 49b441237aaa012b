/**
 * Puts what starts an installed disk onto it: the boot record, the core behind it, and the partition VITRINE-BOOT.
 *
 * Rules of use: the partition table is there already (`makeSfdiskScript`), and slot A holds an image or is about to.
 * `vitrine/grubenv` of `esp.img` says from the start that slot A is good.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { makeBootRecord, placeCore } from './bios-loader.ts';
import type { BlockDevice } from './block-device.ts';
import { type PartitionPlan, partitionNames, sectorBytes } from './layout.ts';

export interface LoaderFiles {
	readonly bootImage: Uint8Array;
	readonly coreImage: Uint8Array;
	/** The whole of VITRINE-BOOT. */
	readonly bootPartition: Uint8Array;
}

/** From `/usr/share/vitrine/loader` of the running image. */
export async function readLoaderFiles(directory: string): Promise<LoaderFiles> {
	const read = (name: string) => readFile(path.join(directory, name));
	return {
		bootImage: await read('boot.img'),
		coreImage: await read('core.img'),
		bootPartition: await read('esp.img'),
	};
}

export async function writeLoader(
	disk: BlockDevice,
	plans: readonly PartitionPlan[],
	files: LoaderFiles,
): Promise<void> {
	const core = findPlan(plans, partitionNames.grub);
	if (files.coreImage.length > core.sectors * sectorBytes) throw new RangeError('The loader does not fit.');
	await disk.write(findPlan(plans, partitionNames.boot).startSector * sectorBytes, files.bootPartition);
	await disk.write(core.startSector * sectorBytes, placeCore(files.coreImage, core.startSector));
	await disk.flush();
	// Last, since from then on the disk starts.
	const record = await disk.read(0, sectorBytes);
	await disk.write(0, makeBootRecord(record, files.bootImage, core.startSector));
	await disk.flush();
}

export function findPlan(plans: readonly PartitionPlan[], name: string): PartitionPlan {
	const plan = plans.find((candidate) => candidate.name === name);
	if (plan === undefined) throw new Error(`The plan has no ${name}.`);
	return plan;
}
