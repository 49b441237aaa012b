/**
 * Makes a file that is a disk with Vitrine on it, as the installation would leave it: for virtual PCs.
 * The data partition is there and holds nothing.
 */
import { mkdir, open, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type BlockDevice, DevicePart, FileBlockDevice } from '#hosts/pc/installed-disk/block-device.ts';
import {
	leastDiskBytes,
	makeSfdiskScript,
	partitionNames,
	planInstalledDisk,
	sectorBytes,
} from '#hosts/pc/installed-disk/layout.ts';
import { findPlan, readLoaderFiles, writeLoader } from '#hosts/pc/installed-disk/write-loader.ts';
import { ensureDebianPackage } from '../setup/debian-packages.ts';
import { getOutput } from '../setup/run-command.ts';
import { isoCacheDirectory } from './stage.ts';

/** `image` goes into slot A. */
export async function makeInstalledDisk(file: string, image: string): Promise<void> {
	await mkdir(path.dirname(file), { recursive: true });
	await rm(file, { force: true });
	{
		await using made = await open(file, 'w');
		await made.truncate(leastDiskBytes);
	}
	const plans = planInstalledDisk(leastDiskBytes);
	const sfdisk = path.join(await ensureDebianPackage('fdisk'), 'sbin/sfdisk');
	const words = [
		'-ec',
		'printf %s "$3" | "$1" --quiet --wipe always "$2"',
		'sh',
		sfdisk,
		file,
		makeSfdiskScript(plans),
	];
	await getOutput('sh', words);
	await using disk = await FileBlockDevice.open(file, 'write');
	await writeLoader(disk, plans, await readLoaderFiles(path.join(isoCacheDirectory, 'loader', 'installed')));
	const { startSector, sectors } = findPlan(plans, partitionNames.a);
	await copyImage(image, new DevicePart(disk, startSector * sectorBytes, sectors * sectorBytes));
}

async function copyImage(image: string, slot: BlockDevice): Promise<void> {
	const { size } = await stat(image);
	await using source = await FileBlockDevice.open(image, 'read');
	const step = 4 * 1024 * 1024;
	for (let place = 0; place < size; place += step)
		await slot.write(place, await source.read(place, Math.min(step, size - place)));
	await slot.flush();
}
