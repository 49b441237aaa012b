/**
 * Installs Vitrine to a disk: the layout of `installed-disk/layout.ts`, the image in slot A, a data partition.
 *
 * Rules of use: a person has seen the disk's name and size and said that it may be erased.
 *
 * Invariants:
 * - Everything that could be wrong is asked before the first write: the disk is still the same, nothing uses it, the image can be
 *   read.
 * - What makes the disk start is written last. A disk whose installation was cancelled or failed holds no partition table,
 *   and no PC starts from it.
 */
import { randomUUID } from 'node:crypto';
import { OsError } from '#abi/errors.ts';
import { type BlockDevice, FileBlockDevice } from '../../installed-disk/block-device.ts';
import { writeNewTable } from '../../installed-disk/gpt.ts';
import { partitionNames, planInstalledDisk } from '../../installed-disk/layout.ts';
import type { MediumImage } from '../../installed-disk/medium-image.ts';
import { findPlan, type LoaderFiles, writeLoader } from '../../installed-disk/write-loader.ts';
import { runTool, tryTool } from '../run-tool.ts';
import type { VerbWork } from '../verb.ts';
import { copyImage, throwIfCancelled } from './copy-image.ts';
import { makeDataPartition } from './data-partition.ts';
import { type Disk, partitionPath } from './list-disks.ts';
import { planInstall } from './plan-use.ts';

const edgeBytes = 1024 * 1024;

export interface InstallParts {
	readonly image: MediumImage;
	readonly loader: LoaderFiles;
	/** Empty for no encryption. */
	readonly passphrase: string;
}

export async function installTo(
	disk: Disk,
	{ image, loader, passphrase }: InstallParts,
	work: VerbWork,
): Promise<void> {
	const use = planInstall(disk);
	if (use !== 'possible') throw new OsError('EINVAL', use);
	throwIfCancelled(work.signal);
	await using device = await FileBlockDevice.open(disk.path, 'write');
	const plans = planInstalledDisk(device.sizeBytes);
	const pathOf = (name: string) => partitionPath(disk.path, findPlan(plans, name).number);
	try {
		work.report('preparing', 0, 0);
		await clearDisk(device, disk.path);
		await writeNewTable(device, plans, randomUUID);
		await rereadPartitions(disk.path);
		{
			await using slot = await FileBlockDevice.open(pathOf(partitionNames.a), 'write');
			await copyImage(image, slot, work);
		}
		work.report('data', 0, 0);
		await makeDataPartition(pathOf(partitionNames.data), passphrase);
		throwIfCancelled(work.signal);
		work.report('loader', 0, 0);
		await writeLoader(device, plans, loader);
		await device.forgetCached();
	} catch (error) {
		await clearDisk(device, disk.path);
		throw error;
	}
}

/** Takes both copies of the table and the boot record away, and with them every partition. */
export async function clearDisk(device: BlockDevice, diskPath: string): Promise<void> {
	const nothing = new Uint8Array(edgeBytes);
	await device.write(0, nothing);
	await device.write(device.sizeBytes - edgeBytes, nothing);
	await device.flush();
	// Its status says that there were none, too.
	await tryTool('partx', ['--delete', diskPath]);
}

/** Linux takes over the table as it is now, without touching partitions that are in use and have not changed. */
export async function rereadPartitions(diskPath: string): Promise<void> {
	await runTool('partx', ['--update', diskPath]);
}
