/**
 * Images of floppies, hard disks and discs, and bare boot sectors: what stands on them and whether a PC starts from them.
 */
import {
	describePartition,
	type FatParameters,
	findFatParameters,
	findPartitions,
	hasBootSignature,
	type Partition,
	sectorSize,
	startsWithJump,
} from './boot-record.ts';
import { type BoundedReader, startsWith } from './byte-source.ts';
import { type DiscDescription, describeDisc, discSectorSize } from './iso9660.ts';
import { describeSize, type Fact, type MachineChoice, type Verdict, verdict } from './verdict.ts';

/** Sizes of floppies in bytes, smallest first: every format a PC's drive reads, from the single-sided 160 KB to 2.88 MB. */
export const floppySizes: readonly number[] = [
	...[160, 180, 200, 320, 360, 400, 410, 420, 640, 720, 800, 820, 830, 880, 1040, 1120, 1200],
	...[1440, 1476, 1494, 1600, 1680, 1722, 1743, 1760, 1840, 1920, 2880],
].map((kib) => kib * 1024);
const largestFloppy = 2880 * 1024;

const floppyMachine: MachineChoice = { engine: 'pc', drive: 'floppy', memoryMegabytes: 32 };
const hardDiskMachine: MachineChoice = { engine: 'pc', drive: 'hard-disk', memoryMegabytes: 128 };
const discMachine: MachineChoice = { engine: 'pc', drive: 'disc', memoryMegabytes: 128 };

/** The verdict on a disc image; `undefined` when it is none. */
export async function recogniseDisc(reader: BoundedReader): Promise<Verdict | undefined> {
	const disc = await describeDisc(reader);
	if (disc === undefined) return await recogniseUdf(reader);
	const facts = discFacts(disc, reader.size);
	const startsPc = disc.bootEntries.some((entry) => entry.bootable && entry.platform === 'PC BIOS');
	if (startsPc) return verdict('disc', 'This is a CD image that a PC can start from.', { facts, machine: discMachine });
	return verdict('disc', 'This is a CD image. A PC cannot start from it.', {
		facts,
		reasons: [disc.bootEntries.length > 0 ? 'It starts only PCs with EFI firmware.' : 'It has no boot catalogue.'],
	});
}

/** A disc with UDF alone, as DVDs have: `BEA01` stands where ISO 9660 has `CD001`. */
async function recogniseUdf(reader: BoundedReader): Promise<Verdict | undefined> {
	if (!startsWith(await reader.available(16 * discSectorSize, 6), 'BEA01', 1)) return undefined;
	return verdict('disc', 'This is a disc image in UDF format. Vitrine cannot open these yet.');
}

function discFacts(disc: DiscDescription, size: number): Fact[] {
	const facts: Fact[] = [{ label: 'Size', value: describeSize(size) }];
	if (disc.label !== '') facts.unshift({ label: 'Label', value: disc.label });
	facts.push({ label: 'File system', value: disc.joliet ? 'ISO 9660 with Joliet names' : 'ISO 9660' });
	for (const entry of disc.bootEntries) {
		const emulation = entry.emulation === 'none' ? 'no emulation' : `as a ${entry.emulation}`;
		facts.push({ label: 'Starts', value: `${entry.platform}, ${emulation}` });
	}
	return facts;
}

/** The verdict on a floppy or hard-disk image or a boot sector; `undefined` when it is none. */
export async function recogniseDisk(reader: BoundedReader): Promise<Verdict | undefined> {
	if (reader.size < sectorSize) return undefined;
	const sector = await reader.bytes(0, sectorSize);
	const signed = hasBootSignature(sector);
	if (reader.size === sectorSize) return signed ? bootSector() : undefined;
	if (isBlank(sector) && floppySizes.includes(reader.size)) return await blankFloppy(reader);
	const fat = findFatParameters(sector, reader.size);
	const isFatDisk = fat !== undefined && (signed || startsWithJump(sector));
	if (reader.size <= largestFloppy) {
		const known = isFatDisk || signed || (await hasFatIdentifier(reader));
		return known && (floppySizes.includes(reader.size) || isFatDisk || isWholeSectors(reader.size))
			? floppy(reader.size, isFatDisk ? fat : undefined, signed)
			: undefined;
	}
	const partitions = isFatDisk ? undefined : findPartitions(sector, reader.size);
	if (partitions !== undefined) return partitionedDisk(reader.size, partitions);
	if (isFatDisk) return unpartitionedDisk(reader.size, fat);
	return undefined;
}

function isBlank(sector: Uint8Array): boolean {
	return sector.every((byte) => byte === sector[0]);
}

/** A floppy as its drive leaves it that has formatted it: the same byte everywhere. Only the two first sectors are asked. */
async function blankFloppy(reader: BoundedReader): Promise<Verdict | undefined> {
	if (!isBlank(await reader.bytes(0, 2 * sectorSize))) return undefined;
	return verdict(
		'floppy',
		`This is an empty floppy image of ${describeSize(reader.size)}. A PC cannot start from it.`,
		{
			reasons: ['It has neither files nor a boot sector.'],
		},
	);
}

function isWholeSectors(size: number): boolean {
	return size % sectorSize === 0;
}

/** DOS 1 floppies have no BPB: the FAT starts in the second sector with the media descriptor and two bytes FF. */
async function hasFatIdentifier(reader: BoundedReader): Promise<boolean> {
	if (!floppySizes.includes(reader.size)) return false;
	const [descriptor = 0, second, third] = await reader.bytes(sectorSize, 3);
	return (descriptor >= 0xf8 || descriptor === 0xf0) && second === 0xff && third === 0xff;
}

function bootSector(): Verdict {
	return verdict('boot-sector', 'This is a boot sector that a PC can start from.', {
		machine: floppyMachine,
		facts: [{ label: 'Size', value: '512 bytes' }],
	});
}

function floppy(size: number, fat: FatParameters | undefined, signed: boolean): Verdict {
	const facts: Fact[] = [{ label: 'Size', value: describeSize(size) }];
	if (fat !== undefined) facts.push({ label: 'File system', value: 'FAT12' });
	if (fat !== undefined && fat.label !== '' && fat.label !== 'NO NAME')
		facts.unshift({ label: 'Label', value: fat.label });
	const sentence = `This is a floppy image of ${describeSize(size)}.`;
	return verdict('floppy', signed ? `${sentence} A PC can start from it.` : sentence, {
		facts,
		machine: floppyMachine,
	});
}

function partitionedDisk(size: number, partitions: readonly Partition[]): Verdict {
	const facts: Fact[] = [{ label: 'Size', value: describeSize(size) }];
	partitions.forEach((partition, index) => {
		const value = `${describePartition(partition)}, ${describeSize(partition.sectors * sectorSize)}`;
		facts.push({ label: `Partition ${index + 1}`, value: partition.active ? `${value}, starts the PC` : value });
	});
	return verdict('hard-disk', `This is a hard-disk image of ${describeSize(size)}.`, {
		facts,
		machine: hardDiskMachine,
	});
}

function unpartitionedDisk(size: number, fat: FatParameters): Verdict {
	const facts: Fact[] = [
		{ label: 'Size', value: describeSize(size) },
		{ label: 'File system', value: 'FAT, without a partition table' },
	];
	if (fat.label !== '') facts.unshift({ label: 'Label', value: fat.label });
	return verdict('hard-disk', `This is a disk image of ${describeSize(size)}.`, { facts, machine: hardDiskMachine });
}
