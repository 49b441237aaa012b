/**
 * How a disk is laid out that Vitrine was installed to (ADR 0033): a GPT with five partitions, always with these numbers,
 * since the loader goes by them.
 *
 * | Number | Name | Size | Holds |
 * |---|---|---|---|
 * | 1 | `VITRINE-GRUB` | 1 MiB | what the boot record of a BIOS PC loads: `core.img` |
 * | 2 | `VITRINE-BOOT` | 64 MiB | FAT32, what a UEFI PC loads, the start's menu and its state: `esp.img` |
 * | 3 | `VITRINE-A` | 1 GiB | slot A: the bytes of an image, from the partition's first sector |
 * | 4 | `VITRINE-B` | 1 GiB | slot B |
 * | 5 | `VITRINE-DATA` | the rest | the person's files: ext4, or LUKS2 with ext4 in it |
 *
 * Invariants: every partition begins at a whole mebibyte. Everything but the last is fixed in size and place, so what the
 * loader needs can be made when the image is built.
 */

export const sectorBytes = 512;
const mebibyteSectors = (1024 * 1024) / sectorBytes;
const mebibytes = (count: number): number => count * mebibyteSectors;

/** The kinds of partition, by their GUIDs in a GPT (UEFI specification 2.10, 5.3.3; Discoverable Partitions). */
const partitionTypes = {
	biosBoot: '21686148-6449-6E6F-744E-656564454649',
	efiSystem: 'C12A7328-F81F-11D2-BA4B-00A0C93EC93B',
	linuxData: '0FC63DAF-8483-4772-8E79-3D69D8477DE4',
} as const;

export interface PartitionPlan {
	readonly number: number;
	/** Its name in the GPT. */
	readonly name: string;
	readonly type: string;
	readonly startSector: number;
	readonly sectors: number;
}

export const slotNames = ['a', 'b'] as const;
export type SlotName = (typeof slotNames)[number];

export function otherSlot(slot: SlotName): SlotName {
	return slot === 'a' ? 'b' : 'a';
}

export const partitionNames = {
	grub: 'VITRINE-GRUB',
	boot: 'VITRINE-BOOT',
	a: 'VITRINE-A',
	b: 'VITRINE-B',
	data: 'VITRINE-DATA',
} as const;

const fixedSizes = [
	{ name: partitionNames.grub, type: partitionTypes.biosBoot, sectors: mebibytes(1) },
	{ name: partitionNames.boot, type: partitionTypes.efiSystem, sectors: mebibytes(64) },
	{ name: partitionNames.a, type: partitionTypes.linuxData, sectors: mebibytes(1024) },
	{ name: partitionNames.b, type: partitionTypes.linuxData, sectors: mebibytes(1024) },
] as const;

/** Of `esp.img`, which is written to partition 2 as it is. */
export const bootPartitionBytes = mebibytes(64) * sectorBytes;

const leastDataSectors = mebibytes(512);
/** A disk must have at least this: the four fixed partitions, half a gibibyte of data, and both tables. */
export const leastDiskBytes =
	(mebibytes(1) + fixedSizes.reduce((sum, { sectors }) => sum + sectors, 0) + leastDataSectors + mebibytes(1)) *
	sectorBytes;

/** The five partitions of a disk of this size. Throws when it is smaller than `leastDiskBytes`. */
export function planInstalledDisk(diskBytes: number): readonly PartitionPlan[] {
	if (diskBytes < leastDiskBytes)
		throw new RangeError(`A disk of ${diskBytes} bytes is too small: ${leastDiskBytes} are needed.`);
	const plans: PartitionPlan[] = [];
	let startSector = mebibytes(1);
	for (const { name, type, sectors } of fixedSizes) {
		plans.push({ number: plans.length + 1, name, type, startSector, sectors });
		startSector += sectors;
	}
	// The second table stands in the last sectors.
	const end = Math.floor(diskBytes / (sectorBytes * mebibyteSectors)) * mebibyteSectors - mebibyteSectors;
	const { data } = partitionNames;
	plans.push({ number: 5, name: data, type: partitionTypes.linuxData, startSector, sectors: end - startSector });
	return plans;
}

/** What `sfdisk --wipe always DEVICE` reads from its standard input to make these partitions. */
export function makeSfdiskScript(plans: readonly PartitionPlan[]): string {
	const lines = plans.map(
		({ number, name, type, startSector, sectors }) =>
			`${number} : start=${startSector}, size=${sectors}, type=${type}, name="${name}"`,
	);
	return `${['label: gpt', 'unit: sectors', 'sector-size: 512', '', ...lines].join('\n')}\n`;
}
