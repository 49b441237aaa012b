/**
 * What may be done with a disk. The same rules decide what a person is offered and, asked once more, what is done.
 *
 * Invariants: a disk that is in use, that cannot be written, or whose sectors are not of 512 bytes is never touched. What the PC
 * was started from is never erased.
 */
import type { PcDiskUse } from '#abi/structures.generated.ts';
import { FileBlockDevice } from '../../installed-disk/block-device.ts';
import { type GptPartition, type PartitionTable, readTable } from '../../installed-disk/gpt.ts';
import { leastDiskBytes, partitionNames, sectorBytes } from '../../installed-disk/layout.ts';
import type { Disk } from './list-disks.ts';

const mebibyteSectors = (1024 * 1024) / sectorBytes;
const leastDataBytes = 64 * 1024 * 1024;
const linuxData = '0FC63DAF-8483-4772-8E79-3D69D8477DE4';

export function planInstall(disk: Disk): PcDiskUse {
	if (disk.startedFrom) return 'started-from';
	return findObstacle(disk) ?? (disk.sizeBytes < leastDiskBytes ? 'too-small' : 'possible');
}

/** Tests, whose disks are files, say that those are sticks. A drive that is open is no obstacle yet: it is taken out first. */
export function planWrite(disk: Disk, isRemovable = disk.removable): PcDiskUse {
	if (disk.startedFrom) return 'started-from';
	if (!isRemovable) return 'not-removable';
	return findObstacle(disk.isOpenDrive ? { ...disk, inUse: false } : disk) ?? 'possible';
}

export interface DataPlan {
	readonly use: PcDiskUse;
	/** All of the disk is erased. */
	readonly erases: boolean;
	/** What would be made; `undefined` when nothing can be. */
	readonly partition: GptPartition | undefined;
}

/** On what the PC was started from: behind the image. On another disk: all of it. */
export async function planData(disk: Disk): Promise<DataPlan> {
	const erases = !disk.startedFrom;
	const obstacle = findObstacle(disk);
	if (obstacle !== undefined) return { use: obstacle, erases, partition: undefined };
	let table: PartitionTable | undefined;
	if (disk.startedFrom) {
		await using device = await FileBlockDevice.open(disk.path, 'read');
		table = await readTable(device);
		if (table === undefined) return { use: 'not-supported', erases, partition: undefined };
		if (table.partitions.some(({ name }) => name === partitionNames.data))
			return { use: 'there-already', erases, partition: undefined };
	}
	const partition = makePlan(disk.sizeBytes, table);
	const isEnough = partition.sectors * sectorBytes >= leastDataBytes;
	return isEnough ? { use: 'possible', erases, partition } : { use: 'too-small', erases, partition: undefined };
}

function findObstacle({ inUse, readOnly, sectorBytes: bytes }: Disk): PcDiskUse | undefined {
	if (inUse) return 'in-use';
	if (readOnly) return 'read-only';
	return bytes === sectorBytes ? undefined : 'not-supported';
}

/** From the first whole mebibyte that is free to the last: the tables stand before and after. */
function makePlan(diskBytes: number, table: PartitionTable | undefined): GptPartition {
	// An image ends with its own copy of the table, in the sector that it takes for the last.
	const used = Math.max(0, table === undefined ? 0 : findEnd(table));
	const startSector = (Math.floor(used / mebibyteSectors) + 1) * mebibyteSectors;
	const end = Math.floor(diskBytes / sectorBytes / mebibyteSectors) * mebibyteSectors - mebibyteSectors;
	const numbers = table?.partitions.map(({ number }) => number) ?? [];
	return {
		number: Math.max(0, ...numbers) + 1,
		name: partitionNames.data,
		type: linuxData,
		startSector,
		sectors: end - startSector,
	};
}

function findEnd({ partitions, lastSector }: PartitionTable): number {
	return Math.max(lastSector, ...partitions.map(({ startSector, sectors }) => startSector + sectors - 1));
}
