/**
 * Makes a data partition on a disk: behind the image on what the PC was started from, on all of any other.
 *
 * Invariants: behind the image nothing is erased, and when it is cancelled or fails the partition is there and empty, or not
 * there; the image stays as it is to the byte.
 */
import { randomUUID } from 'node:crypto';
import { OsError } from '#abi/errors.ts';
import { FileBlockDevice } from '../../installed-disk/block-device.ts';
import { addPartition, writeNewTable } from '../../installed-disk/gpt.ts';
import type { VerbWork } from '../verb.ts';
import { throwIfCancelled } from './copy-image.ts';
import { makeDataPartition } from './data-partition.ts';
import { clearDisk, rereadPartitions } from './install.ts';
import { type Disk, partitionPath } from './list-disks.ts';
import { planData } from './plan-use.ts';

/** EINVAL with the reason when the disk may not be used. */
export async function makeDataOn(disk: Disk, passphrase: string, { signal, report }: VerbWork): Promise<void> {
	const { use, erases, partition } = await planData(disk);
	if (partition === undefined) throw new OsError('EINVAL', use);
	throwIfCancelled(signal);
	report('preparing', 0, 0);
	await using device = await FileBlockDevice.open(disk.path, 'write');
	if (erases) {
		await clearDisk(device, disk.path);
		await writeNewTable(device, [partition], randomUUID);
	} else await addPartition(device, partition, randomUUID);
	await rereadPartitions(disk.path);
	report('data', 0, 0);
	await makeDataPartition(partitionPath(disk.path, partition.number), passphrase);
}
