/**
 * The image that a disk, a stick, a disc or a slot holds, byte for byte as it was published.
 *
 * A data partition behind the image has changed the partition table at the front (`gpt.ts`); the copy of the table at the end
 * of the image is still as it was, and from it the front is told again.
 */
import type { BlockDevice } from './block-device.ts';
import { makeFirstCopy, type PartitionTable, readTable } from './gpt.ts';
import { partitionNames, sectorBytes } from './layout.ts';

/** `CD001`, in the first volume descriptor (ECMA-119, 8.4). */
const discMark = { place: 16 * 2048 + 1, text: 'CD001' };
/** A data partition begins at the next mebibyte after the image, and at most that much further. */
const widestGapSectors = 4096;

export class MediumImage {
	readonly #device: BlockDevice;
	readonly #front: Uint8Array;
	readonly sizeBytes: number;

	private constructor(device: BlockDevice, table: PartitionTable) {
		this.#device = device;
		this.#front = makeFirstCopy(table);
		this.sizeBytes = (table.lastSector + 1) * sectorBytes;
	}

	/** `undefined` when the device does not begin with an image. */
	static async open(device: BlockDevice): Promise<MediumImage | undefined> {
		if (device.sizeBytes < discMark.place + discMark.text.length) return undefined;
		const mark = await device.read(discMark.place, discMark.text.length);
		const first = await readTable(device);
		if (Buffer.from(mark).toString('latin1') !== discMark.text || first === undefined) return undefined;
		const table = await findOwnTable(device, first);
		return table && new MediumImage(device, table);
	}

	/** Exactly `length` bytes of the image from `place` on. */
	async read(place: number, length: number): Promise<Uint8Array> {
		const bytes = Uint8Array.from(await this.#device.read(place, length));
		const [from, to] = [Math.max(place, sectorBytes), Math.min(place + length, sectorBytes + this.#front.length)];
		if (from < to) bytes.set(this.#front.subarray(from - sectorBytes, to - sectorBytes), from - place);
		return bytes;
	}
}

/** The table at the end of the image: it names that sector as its own. */
async function findOwnTable(device: BlockDevice, first: PartitionTable): Promise<PartitionTable | undefined> {
	const data = first.partitions.find(({ name }) => name === partitionNames.data);
	if (data === undefined) return await readTable(device, first.lastSector);
	for (let sector = data.startSector - 1; sector >= data.startSector - widestGapSectors; sector--) {
		const table = await readTable(device, sector);
		if (table !== undefined && table.lastSector === sector) return table;
	}
	return undefined;
}
