/**
 * GUID partition tables: reads one, makes one, adds a partition to one.
 *
 * Written here and not by sfdisk, because sfdisk writes the boot record anew, and with it the first sector of a stick would
 * no longer be that of the signed image (ADR 0032).
 *
 * | Sector | Holds (UEFI specification 2.10, section 5.3) |
 * |---|---|
 * | 0 | the boot record; its table says that all of the disk belongs to a GPT |
 * | 1 | the header |
 * | 2–33 | 128 entries of 128 bytes; 248 of them, up to 63, in the table of an image |
 * | the last 33 (63) | the entries and the header once more |
 *
 * | Header at | Bytes | Is |
 * |---|---|---|
 * | 0 | 8 | `EFI PART` |
 * | 8 | 4 | revision 1.0 |
 * | 12 | 4 | size of the header: 92 |
 * | 16 | 4 | CRC-32 of the header with this field as 0 |
 * | 24, 32 | 8 | sector of this header; of the other one |
 * | 40, 48 | 8 | first and last sector that partitions may use |
 * | 56 | 16 | GUID of the disk |
 * | 72 | 8 | sector at which the entries begin |
 * | 80, 84, 88 | 4 | number of entries, size of one, CRC-32 of all |
 *
 * | Entry at | Bytes | Is |
 * |---|---|---|
 * | 0, 16 | 16 | GUID of the kind; of the partition |
 * | 32, 40 | 8 | first and last sector |
 * | 48 | 8 | attributes |
 * | 56 | 72 | name, UTF-16 |
 *
 * Numbers are little-endian, and so are the first three groups of a GUID. Sectors have 512 bytes.
 *
 * Invariants: the copy at the end is written and flushed before the one at the beginning, so that one of the two is whole at
 * any moment.
 */
import { crc32 } from 'node:zlib';
import type { BlockDevice } from './block-device.ts';
import { sectorBytes } from './layout.ts';

const headerBytes = 92;
const entryBytes = 128;
const newEntryCount = 128;
const mostEntries = 1024;
const signature = 'EFI PART';
const longestName = 36;

export interface GptPartition {
	/** From 1. */
	readonly number: number;
	readonly name: string;
	/** GUID of its kind, in capitals. */
	readonly type: string;
	readonly startSector: number;
	readonly sectors: number;
}

export interface PartitionTable {
	readonly guid: string;
	/** Sector of the header at the end: the last one of what the table was made for. */
	readonly lastSector: number;
	readonly firstUsable: number;
	readonly partitions: readonly GptPartition[];
	/** All entries as they stand, so that what is not understood is kept. */
	readonly entries: Uint8Array;
}

type StoredTable = Omit<PartitionTable, 'partitions'>;

/** The table whose header stands in `sector`; `undefined` when there is none, or its sums are wrong. */
export async function readTable(device: BlockDevice, sector = 1): Promise<PartitionTable | undefined> {
	if ((sector + 1) * sectorBytes > device.sizeBytes) return undefined;
	const header = Buffer.from(await device.read(sector * sectorBytes, sectorBytes));
	if (header.toString('latin1', 0, 8) !== signature || header.readUInt32LE(12) !== headerBytes) return undefined;
	if (header.readUInt32LE(16) !== sumOfHeader(header)) return undefined;
	// A table of another shape is valid too, but none that Vitrine or what makes its image has written.
	if (header.readUInt32LE(84) !== entryBytes || header.readUInt32LE(80) > mostEntries) return undefined;
	const place = readSector(header, 72) * sectorBytes;
	const length = header.readUInt32LE(80) * entryBytes;
	if (place + length > device.sizeBytes) return undefined;
	const entries = Buffer.from(await device.read(place, length));
	if (header.readUInt32LE(88) !== crc32(entries)) return undefined;
	const [own, other] = [readSector(header, 24), readSector(header, 32)];
	return {
		guid: formatGuid(header.subarray(56, 72)),
		lastSector: Math.max(own, other),
		firstUsable: readSector(header, 40),
		partitions: readEntries(entries),
		entries,
	};
}

/** Makes a disk empty but for these partitions. The boot record's program is kept. */
export async function writeNewTable(
	device: BlockDevice,
	partitions: readonly GptPartition[],
	newGuid: () => string,
): Promise<void> {
	const entries = Buffer.alloc(newEntryCount * entryBytes);
	for (const partition of partitions) writeEntry(entries, partition, newGuid());
	const lastSector = Math.floor(device.sizeBytes / sectorBytes) - 1;
	await writeTable(device, { guid: newGuid(), lastSector, firstUsable: 2 + sectorsOf(entries), entries });
	const record = Buffer.from(await device.read(0, sectorBytes));
	writeProtectiveTable(record, lastSector);
	await device.write(0, record);
	await device.flush();
}

/**
 * Adds a partition, and moves the copy of the table to the end of the device. The boot record stays as it is, to the byte:
 * it covers less than the disk, which UEFI and Linux take.
 */
export async function addPartition(device: BlockDevice, added: GptPartition, newGuid: () => string): Promise<void> {
	const table = await readTable(device);
	if (table === undefined) throw new RangeError('There is no partition table.');
	if (table.partitions.some((present) => present.number === added.number || overlaps(present, added)))
		throw new RangeError('The partition is there already.');
	const entries = Buffer.from(table.entries);
	writeEntry(entries, added, newGuid());
	const lastSector = Math.floor(device.sizeBytes / sectorBytes) - 1;
	await writeTable(device, { ...table, lastSector, entries });
}

/** The bytes from sector 1 on, for a disk that ends with `lastSector`. */
export function makeFirstCopy(table: StoredTable): Uint8Array {
	return Buffer.concat([makeHeader(table, { own: 1, other: table.lastSector, entriesAt: 2 }), table.entries]);
}

async function writeTable(device: BlockDevice, table: StoredTable): Promise<void> {
	const { lastSector, entries } = table;
	const entriesAt = lastSector - sectorsOf(entries);
	const header = makeHeader(table, { own: lastSector, other: 1, entriesAt });
	await device.write(entriesAt * sectorBytes, Buffer.concat([entries, header]));
	await device.flush();
	await device.write(sectorBytes, makeFirstCopy(table));
	await device.flush();
}

function sectorsOf(entries: Uint8Array): number {
	return entries.length / sectorBytes;
}

interface Places {
	readonly own: number;
	readonly other: number;
	readonly entriesAt: number;
}

function makeHeader(table: StoredTable, { own, other, entriesAt }: Places): Buffer {
	const { guid, entries, lastSector, firstUsable } = table;
	const header = Buffer.alloc(sectorBytes);
	header.write(signature, 'latin1');
	header.writeUInt32LE(0x0001_0000, 8);
	header.writeUInt32LE(headerBytes, 12);
	const usable = [firstUsable, lastSector - sectorsOf(entries) - 1];
	for (const [index, sector] of [own, other, ...usable].entries())
		header.writeBigUInt64LE(BigInt(sector), 24 + index * 8);
	header.set(parseGuid(guid), 56);
	header.writeBigUInt64LE(BigInt(entriesAt), 72);
	header.writeUInt32LE(entries.length / entryBytes, 80);
	header.writeUInt32LE(entryBytes, 84);
	header.writeUInt32LE(crc32(entries), 88);
	header.writeUInt32LE(sumOfHeader(header), 16);
	return header;
}

function sumOfHeader(header: Buffer): number {
	const copy = Buffer.from(header.subarray(0, headerBytes));
	copy.writeUInt32LE(0, 16);
	return crc32(copy);
}

function readEntries(entries: Buffer): GptPartition[] {
	const partitions: GptPartition[] = [];
	for (let place = 0; place < entries.length; place += entryBytes) {
		const entry = entries.subarray(place, place + entryBytes);
		if (entry.subarray(0, 16).every((byte) => byte === 0)) continue;
		const startSector = readSector(entry, 32);
		partitions.push({
			number: place / entryBytes + 1,
			name: entry.toString('utf16le', 56, 128).replace(/\0.*$/s, ''),
			type: formatGuid(entry.subarray(0, 16)),
			startSector,
			sectors: readSector(entry, 40) + 1 - startSector,
		});
	}
	return partitions;
}

function writeEntry(entries: Buffer, { number, name, type, startSector, sectors }: GptPartition, guid: string): void {
	if (name.length > longestName) throw new RangeError(`The name ${name} is too long.`);
	const entry = entries.subarray((number - 1) * entryBytes, number * entryBytes);
	entry.set(parseGuid(type), 0);
	entry.set(parseGuid(guid), 16);
	entry.writeBigUInt64LE(BigInt(startSector), 32);
	entry.writeBigUInt64LE(BigInt(startSector + sectors - 1), 40);
	entry.write(name, 56, 'utf16le');
}

/** One entry over all of the disk, of the kind 0xEE; what is larger than the field can say is said by its largest value. */
function writeProtectiveTable(record: Buffer, lastSector: number): void {
	record.fill(0, 446, 510);
	record.set([0, 0, 2, 0, 0xee, 0xff, 0xff, 0xff], 446);
	record.writeUInt32LE(1, 454);
	record.writeUInt32LE(Math.min(lastSector, 0xffff_ffff), 458);
	record.writeUInt16LE(0xaa55, 510);
}

function overlaps(one: GptPartition, other: GptPartition): boolean {
	return one.startSector < other.startSector + other.sectors && other.startSector < one.startSector + one.sectors;
}

function readSector(bytes: Buffer, place: number): number {
	return Number(bytes.readBigUInt64LE(place));
}

/** The order of the sixteen bytes in which a GUID's text shows them. */
const guidOrder = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

function formatGuid(bytes: Uint8Array): string {
	const digits = Buffer.from(guidOrder.map((place) => bytes[place] ?? 0))
		.toString('hex')
		.toUpperCase();
	return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function parseGuid(text: string): Uint8Array {
	const shown = Buffer.from(text.replaceAll('-', ''), 'hex');
	if (shown.length !== 16) throw new RangeError(`${text} is no GUID.`);
	const bytes = new Uint8Array(16);
	for (const [index, place] of guidOrder.entries()) bytes[place] = shown[index] ?? 0;
	return bytes;
}
