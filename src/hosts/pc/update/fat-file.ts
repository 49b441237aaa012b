/**
 * Where a small file of a FAT32 file system stands on its device, without mounting it (Microsoft, "FAT32 File System
 * Specification" 1.03).
 *
 * GRUB writes its environment block straight into the sectors of the file. So does the running system: a mounted FAT would
 * write its marks and dates around it, and each of those is one more write that a power cut can split.
 *
 * | Boot sector at | Is |
 * |---|---|
 * | 11, 2 bytes | bytes of a sector |
 * | 13, 1 | sectors of a cluster |
 * | 14, 2 | sectors before the first table |
 * | 16, 1 · 36, 4 | tables, and sectors of each |
 * | 44, 4 | first cluster of the root folder |
 *
 * | Entry of 32 bytes at | Is |
 * |---|---|
 * | 0, 11 | name: eight and three characters, filled with spaces; first byte 0: the end, 0xe5: deleted |
 * | 11, 1 | attributes; with bit 3 it is no file |
 * | 20, 2 · 26, 2 | first cluster, high and low |
 */
import type { BlockDevice } from '../installed-disk/block-device.ts';

const entryBytes = 32;
const lastCluster = 0x0ffffff8;
/** A folder with more clusters than this is not one of ours. */
const longestFolder = 64;

interface Fat {
	readonly device: BlockDevice;
	readonly clusterBytes: number;
	/** Byte of the first table, and of cluster 2. */
	readonly tableByte: number;
	readonly firstByte: number;
	readonly rootCluster: number;
}

/**
 * The byte at which the file begins that `names` lead to, each as it stands in its entry without the spaces:
 * `['VITRINE', 'GRUBENV']`. Throws when there is none.
 */
export async function findFatFile(device: BlockDevice, names: readonly string[]): Promise<number> {
	const fat = await readFat(device);
	let cluster = fat.rootCluster;
	for (const name of names) cluster = await findEntry(fat, cluster, name.padEnd(11));
	return byteOf(fat, cluster);
}

async function readFat(device: BlockDevice): Promise<Fat> {
	const view = viewOf(await device.read(0, 512));
	const sector = view.getUint16(11, true);
	const clusterBytes = sector * view.getUint8(13);
	const tableByte = view.getUint16(14, true) * sector;
	const firstByte = tableByte + view.getUint8(16) * view.getUint32(36, true) * sector;
	const isOurs = view.getUint16(510, true) === 0xaa55 && sector >= 512 && clusterBytes > 0 && clusterBytes <= 65_536;
	if (!isOurs || firstByte >= device.sizeBytes) throw new Error('There is no FAT32 file system.');
	return { device, clusterBytes, tableByte, firstByte, rootCluster: view.getUint32(44, true) };
}

async function findEntry(fat: Fat, folder: number, name: string): Promise<number> {
	let cluster = folder;
	for (let count = 0; count < longestFolder && cluster >= 2 && cluster < lastCluster; count++) {
		const bytes = await fat.device.read(byteOf(fat, cluster), fat.clusterBytes);
		for (let place = 0; place < bytes.length; place += entryBytes) {
			const entry = bytes.subarray(place, place + entryBytes);
			if (entry[0] === 0) break;
			const isFile = ((entry[11] ?? 0) & 0x08) === 0;
			if (!isFile || Buffer.from(entry.subarray(0, 11)).toString('latin1') !== name) continue;
			const view = viewOf(entry);
			return view.getUint16(20, true) * 65_536 + view.getUint16(26, true);
		}
		cluster = viewOf(await fat.device.read(fat.tableByte + cluster * 4, 4)).getUint32(0, true) & 0x0fffffff;
	}
	throw new Error(`There is no ${name.trim()} on the boot partition.`);
}

function byteOf(fat: Fat, cluster: number): number {
	return fat.firstByte + (cluster - 2) * fat.clusterBytes;
}

function viewOf(bytes: Uint8Array): DataView {
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
