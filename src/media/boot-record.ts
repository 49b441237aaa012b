/**
 * The first sector of a disk: FAT parameters (BPB), the partition table (MBR), the boot signature.
 *
 * | Offset | Bytes | What |
 * |---|---|---|
 * | 0x00 | 3 | jump (`EB xx 90` or `E9 xx xx`) |
 * | 0x03 | 8 | name of the system that formatted it |
 * | 0x0B | 2 | bytes a sector |
 * | 0x0D | 1 | sectors a cluster |
 * | 0x0E | 2 | reserved sectors |
 * | 0x10 | 1 | number of FATs |
 * | 0x11 | 2 | root directory entries |
 * | 0x13 | 2 | sectors in all; 0: see 0x20 |
 * | 0x15 | 1 | media descriptor |
 * | 0x16 | 2 | sectors a FAT; 0 means FAT32 |
 * | 0x20 | 4 | sectors in all, when above 65,535 |
 * | 0x2B | 11 | volume label, when 0x26 is 0x29 |
 * | 0x1BE | 4 × 16 | partitions: status, CHS, type at +4, CHS, first sector at +8, sectors at +12 |
 * | 0x1FE | 2 | 55 AA |
 */
import { latin1 } from './byte-source.ts';

export interface FatParameters {
	readonly bytesPerSector: number;
	readonly sectorsPerCluster: number;
	readonly reservedSectors: number;
	readonly fats: number;
	readonly rootEntries: number;
	readonly totalSectors: number;
	readonly sectorsPerFat: number;
	readonly label: string;
}

export interface Partition {
	readonly active: boolean;
	readonly type: number;
	readonly firstSector: number;
	readonly sectors: number;
}

export const sectorSize = 512;

function viewOf(sector: Uint8Array): DataView {
	return new DataView(sector.buffer, sector.byteOffset, sector.byteLength);
}

export function hasBootSignature(sector: Uint8Array): boolean {
	return sector.length >= sectorSize && sector[510] === 0x55 && sector[511] === 0xaa;
}

export function startsWithJump(sector: Uint8Array): boolean {
	return (sector[0] === 0xeb && (sector[1] ?? 0) >= 0x0b) || sector[0] === 0xe9;
}

/** The parameters of a FAT12 or FAT16 disk, when they can be true; `undefined` otherwise. */
export function findFatParameters(sector: Uint8Array, diskSize: number): FatParameters | undefined {
	if (sector.length < sectorSize) return undefined;
	const view = viewOf(sector);
	const parameters: FatParameters = {
		bytesPerSector: view.getUint16(0x0b, true),
		sectorsPerCluster: view.getUint8(0x0d),
		reservedSectors: view.getUint16(0x0e, true),
		fats: view.getUint8(0x10),
		rootEntries: view.getUint16(0x11, true),
		totalSectors: view.getUint16(0x13, true) || view.getUint32(0x20, true),
		sectorsPerFat: view.getUint16(0x16, true),
		label: view.getUint8(0x26) === 0x29 ? latin1(sector.subarray(0x2b, 0x36)).trim() : '',
	};
	return isPlausible(parameters, diskSize) ? parameters : undefined;
}

function isPlausible(fat: FatParameters, diskSize: number): boolean {
	const powerOfTwo = (value: number) => value > 0 && (value & (value - 1)) === 0;
	if (!powerOfTwo(fat.bytesPerSector) || fat.bytesPerSector < 128 || fat.bytesPerSector > 4096) return false;
	if (!powerOfTwo(fat.sectorsPerCluster) || fat.reservedSectors === 0) return false;
	if (fat.fats === 0 || fat.fats > 4 || fat.rootEntries === 0 || fat.sectorsPerFat === 0) return false;
	const systemSectors =
		fat.reservedSectors + fat.fats * fat.sectorsPerFat + Math.ceil((fat.rootEntries * 32) / fat.bytesPerSector);
	// The areas must fit in the disk, and what the disk claims must be at least begun in the file.
	return fat.totalSectors > systemSectors && systemSectors * fat.bytesPerSector <= diskSize;
}

/** The partitions of an MBR, when the table can be true; `undefined` otherwise. */
export function findPartitions(sector: Uint8Array, diskSize: number): Partition[] | undefined {
	if (!hasBootSignature(sector)) return undefined;
	const view = viewOf(sector);
	const partitions: Partition[] = [];
	for (let at = 0x1be; at < 0x1fe; at += 16) {
		const status = view.getUint8(at);
		const type = view.getUint8(at + 4);
		if (status !== 0 && status !== 0x80) return undefined;
		if (type === 0) continue;
		const partition = {
			active: status === 0x80,
			type,
			firstSector: view.getUint32(at + 8, true),
			sectors: view.getUint32(at + 12, true),
		};
		if (partition.sectors === 0 || partition.firstSector * sectorSize >= diskSize) return undefined;
		partitions.push(partition);
	}
	return partitions.length > 0 ? partitions : undefined;
}

const partitionTypes: Readonly<Record<number, string>> = {
	1: 'FAT12',
	4: 'FAT16',
	5: 'extended',
	6: 'FAT16',
	7: 'NTFS or HPFS',
	11: 'FAT32',
	12: 'FAT32',
	14: 'FAT16',
	15: 'extended',
	99: 'Unix',
	130: 'Linux swap',
	131: 'Linux',
	165: 'FreeBSD',
	166: 'OpenBSD',
	238: 'GPT',
	239: 'EFI',
};

export function describePartition(partition: Partition): string {
	return partitionTypes[partition.type] ?? `type ${partition.type.toString(16).padStart(2, '0').toUpperCase()}`;
}
