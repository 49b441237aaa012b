/**
 * ISO 9660 (ECMA-119), its Joliet names, and El Torito boot entries, read only.
 *
 * | Where | What |
 * |---|---|
 * | sector 16 on (2,048 bytes each) | volume descriptors: type at 0, `CD001` at 1; 0 boot, 1 primary, 2 supplementary, 255 end |
 * | primary + 40 | volume label, 32 bytes; + 80 size in sectors; + 156 directory record of the root |
 * | supplementary + 88 | `%/@`, `%/C` or `%/E`: names are UCS-2 (Joliet) |
 * | boot + 7 | `EL TORITO SPECIFICATION`; + 0x47 sector of the boot catalogue |
 * | directory record | length at 0, extent at 2, size at 10, date at 18, flags at 25 (2 directory), name length at 32, name |
 * | boot catalogue | validation entry (1, 0, …, 55 AA at 30), then 32-byte entries: 0x88 bootable, media type at 1 |
 *
 * Invariant: nothing is followed that the image says of itself without a bound: descriptors, records, extents.
 */
import {
	BoundedReader,
	type Budget,
	type ByteSource,
	defaultBudget,
	latin1,
	ParseError,
	startsWith,
} from './byte-source.ts';
import { entryLimit, type ImageEntry, type ImageVolume } from './image-file-system.ts';

export const discSectorSize = 2048;
const firstDescriptor = 16;
const mostDescriptors = 32;
const largestDirectory = 8 * 1024 * 1024;

export interface BootEntry {
	readonly bootable: boolean;
	readonly emulation: 'none' | '1.2 MB floppy' | '1.44 MB floppy' | '2.88 MB floppy' | 'hard disk';
	/** For which firmware; `PC BIOS` is what a PC machine starts from. */
	readonly platform: string;
	readonly firstSector: number;
}

export interface DiscDescription {
	readonly label: string;
	readonly joliet: boolean;
	readonly sectors: number;
	readonly bootEntries: readonly BootEntry[];
	readonly root: ImageEntry;
}

/** What the descriptors say; `undefined` when the image is no ISO 9660 disc. */
export async function describeDisc(reader: BoundedReader): Promise<DiscDescription | undefined> {
	const first = await reader.available(firstDescriptor * discSectorSize, discSectorSize);
	if (!startsWith(first, 'CD001', 1)) return undefined;
	const descriptors = await readDescriptors(reader);
	const primary = descriptors.find((descriptor) => descriptor[0] === 1);
	if (primary === undefined) throw new ParseError('invalid', 'The disc has no primary volume descriptor.');
	const joliet = descriptors.find((descriptor) => descriptor[0] === 2 && isJoliet(descriptor));
	const boot = descriptors.find((descriptor) => descriptor[0] === 0 && startsWith(descriptor, 'EL TORITO', 7));
	const named = joliet ?? primary;
	return {
		label: latin1(primary.subarray(40, 72)).trim(),
		joliet: joliet !== undefined,
		sectors: new DataView(primary.buffer, primary.byteOffset).getUint32(80, true),
		bootEntries: boot === undefined ? [] : await readBootCatalogue(reader, boot),
		root: { ...parseRecord(named.subarray(156, 190), false), name: '', kind: 'directory' },
	};
}

async function readDescriptors(reader: BoundedReader): Promise<Uint8Array[]> {
	const descriptors: Uint8Array[] = [];
	for (let index = 0; index < mostDescriptors; index++) {
		const descriptor = await reader.bytes((firstDescriptor + index) * discSectorSize, discSectorSize);
		if (!startsWith(descriptor, 'CD001', 1) || descriptor[0] === 255) break;
		descriptors.push(descriptor);
	}
	return descriptors;
}

function isJoliet(descriptor: Uint8Array): boolean {
	return ['%/@', '%/C', '%/E'].some((sequence) => startsWith(descriptor, sequence, 88));
}

const platforms: Readonly<Record<number, string>> = { 0: 'PC BIOS', 1: 'PowerPC', 2: 'Mac', 239: 'EFI' };
const emulations = ['none', '1.2 MB floppy', '1.44 MB floppy', '2.88 MB floppy', 'hard disk'] as const;

async function readBootCatalogue(reader: BoundedReader, boot: Uint8Array): Promise<BootEntry[]> {
	const sector = new DataView(boot.buffer, boot.byteOffset).getUint32(0x47, true);
	const catalogue = await reader.available(sector * discSectorSize, discSectorSize);
	if (catalogue[0] !== 1 || catalogue[30] !== 0x55 || catalogue[31] !== 0xaa) return [];
	const entries: BootEntry[] = [];
	let platform = catalogue[1] ?? 0;
	for (let at = 32; at + 32 <= catalogue.length; at += 32) {
		const indicator = catalogue[at];
		if (indicator === 0x90 || indicator === 0x91) {
			platform = catalogue[at + 1] ?? 0;
		} else if (indicator === 0x88 || (indicator === 0 && at === 32)) {
			entries.push(parseBootEntry(catalogue.subarray(at, at + 32), platform));
		} else if (indicator !== 0x44) break;
	}
	return entries;
}

function parseBootEntry(entry: Uint8Array, platform: number): BootEntry {
	return {
		bootable: entry[0] === 0x88,
		emulation: emulations[(entry[1] ?? 0) & 15] ?? 'none',
		platform: platforms[platform] ?? `platform ${platform}`,
		firstSector: new DataView(entry.buffer, entry.byteOffset).getUint32(8, true),
	};
}

function parseRecord(record: Uint8Array, joliet: boolean): ImageEntry {
	const view = new DataView(record.buffer, record.byteOffset, record.byteLength);
	const nameBytes = record.subarray(33, 33 + (record[32] ?? 0));
	return {
		name: joliet ? ucs2(nameBytes) : latin1(nameBytes),
		kind: ((record[25] ?? 0) & 2) !== 0 ? 'directory' : 'file',
		size: view.getUint32(10, true),
		modifiedTime: recordTime(record.subarray(18, 25)),
		location: view.getUint32(2, true),
	};
}

function ucs2(bytes: Uint8Array): string {
	let text = '';
	for (let at = 0; at + 1 < bytes.length; at += 2) {
		text += String.fromCharCode(((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0));
	}
	return text;
}

function recordTime([year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0]: Uint8Array): number {
	return Date.UTC(1900 + year, Math.max(0, month - 1), day, hour, minute, second);
}

/** `README.TXT;1` as `README.TXT`, `NAME.;1` as `NAME`; characters that no name of ours may hold become `_`. */
function cleanName(name: string): string {
	const withoutVersion = name.replace(/;\d*$/, '').replace(/\.$/, '');
	return withoutVersion.replaceAll(/[/\0]/g, '_') || '_';
}

export class IsoVolume implements ImageVolume {
	readonly format: 'ISO 9660' | 'ISO 9660 with Joliet names';
	readonly label: string;
	readonly root: ImageEntry;
	readonly #source: ByteSource;
	readonly #budget: Budget;
	readonly #joliet: boolean;

	constructor(source: ByteSource, disc: DiscDescription, budget: Budget = defaultBudget) {
		this.#source = source;
		this.#budget = budget;
		this.#joliet = disc.joliet;
		this.format = disc.joliet ? 'ISO 9660 with Joliet names' : 'ISO 9660';
		this.label = disc.label;
		this.root = disc.root;
	}

	async list(directory: ImageEntry): Promise<ImageEntry[]> {
		if (directory.size > largestDirectory)
			throw new ParseError('budget', 'A folder of the disc claims to be too large.');
		const reader = new BoundedReader(this.#source, this.#budget);
		const bytes = await reader.bytes(directory.location * discSectorSize, directory.size);
		const entries: ImageEntry[] = [];
		for (let at = 0; at < bytes.length; ) {
			const length = bytes[at] ?? 0;
			if (length === 0) {
				// Records never cross a sector: the rest of this one is empty.
				at = (Math.floor(at / discSectorSize) + 1) * discSectorSize;
				continue;
			}
			if (length < 34 || at + length > bytes.length)
				throw new ParseError('invalid', 'A folder of the disc is damaged.');
			this.#addRecord(entries, bytes.subarray(at, at + length));
			at += length;
		}
		return entries;
	}

	#addRecord(entries: ImageEntry[], record: Uint8Array): void {
		// The first two records stand for the directory itself and its parent.
		if (record[32] === 1 && (record[33] ?? 0) <= 1) return;
		if (33 + (record[32] ?? 0) > record.length) throw new ParseError('invalid', 'A name on the disc is damaged.');
		if (entries.length >= entryLimit) throw new ParseError('budget', 'A folder of the disc has too many entries.');
		const entry = parseRecord(record, this.#joliet);
		entries.push({ ...entry, name: cleanName(entry.name) });
	}

	async read(file: ImageEntry, maximum: number): Promise<Uint8Array> {
		const reader = new BoundedReader(this.#source, this.#budget);
		return await reader.bytes(file.location * discSectorSize, Math.min(file.size, maximum));
	}
}
