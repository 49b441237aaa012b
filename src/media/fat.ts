/**
 * FAT12 and FAT16 as Microsoft's FAT specification 1.03 gives them, read only.
 *
 * | Area | Where (sectors) |
 * |---|---|
 * | FATs | after the reserved sectors |
 * | root directory | after the FATs, a fixed number of 32-byte entries |
 * | clusters | after the root directory; the first has number 2 |
 *
 * A directory entry: name 8+3 at 0, attributes at 11 (8 label, 16 directory, 15 part of a long name), time at 22, date at
 * 24, first cluster at 26, size at 28. First byte 0 ends the directory, 0xE5 is a deleted entry, 0x05 stands for 0xE5.
 *
 * Invariant: a cluster is followed once; a chain that comes back to itself is a `ParseError`.
 */

import type { FatParameters } from './boot-record.ts';
import { BoundedReader, type Budget, type ByteSource, defaultBudget, latin1, ParseError } from './byte-source.ts';
import { entryLimit, type ImageEntry, type ImageVolume } from './image-file-system.ts';

const entryBytes = 32;
const rootLocation = 0;

export class FatVolume implements ImageVolume {
	readonly format: 'FAT12' | 'FAT16';
	readonly label: string;
	readonly root: ImageEntry = { name: '', kind: 'directory', size: 0, modifiedTime: 0, location: rootLocation };
	readonly #source: ByteSource;
	readonly #budget: Budget;
	readonly #fat: FatParameters;
	readonly #start: number;
	readonly #clusterCount: number;

	/** `start` is the byte at which the volume begins in `source` (a partition of a disk). */
	constructor(source: ByteSource, fat: FatParameters, start = 0, budget: Budget = defaultBudget) {
		this.#source = source;
		this.#budget = budget;
		this.#fat = fat;
		this.#start = start;
		this.#clusterCount = Math.floor((fat.totalSectors - this.#firstDataSector()) / fat.sectorsPerCluster);
		this.format = this.#clusterCount < 4085 ? 'FAT12' : 'FAT16';
		this.label = fat.label === 'NO NAME' ? '' : fat.label;
	}

	async list(directory: ImageEntry): Promise<ImageEntry[]> {
		const reader = new BoundedReader(this.#source, this.#budget);
		const bytes =
			directory.location === rootLocation
				? await reader.bytes(this.#rootByte(), this.#fat.rootEntries * entryBytes)
				: await this.#readChain(reader, directory.location, entryLimit * entryBytes);
		return parseDirectory(bytes);
	}

	async read(file: ImageEntry, maximum: number): Promise<Uint8Array> {
		if (file.size === 0) return new Uint8Array(0);
		const reader = new BoundedReader(this.#source, this.#budget);
		const bytes = await this.#readChain(reader, file.location, Math.min(file.size, maximum));
		if (bytes.length < file.size) throw new ParseError('truncated', `The clusters of ${file.name} end too early.`);
		return bytes.subarray(0, file.size);
	}

	async #readChain(reader: BoundedReader, first: number, maximum: number): Promise<Uint8Array> {
		const table = await this.#readTable(reader);
		const clusterBytes = this.#fat.sectorsPerCluster * this.#fat.bytesPerSector;
		const parts: Uint8Array[] = [];
		const visited = new Set<number>();
		let length = 0;
		for (let cluster = first; cluster >= 2 && cluster < this.#clusterCount + 2; cluster = this.#next(table, cluster)) {
			if (visited.has(cluster)) throw new ParseError('invalid', 'A chain of clusters runs in a circle.');
			visited.add(cluster);
			parts.push(await reader.bytes(this.#clusterByte(cluster), clusterBytes));
			length += clusterBytes;
			if (length >= maximum) break;
		}
		return concatenate(parts, length);
	}

	#readTable(reader: BoundedReader): Promise<Uint8Array> {
		const { reservedSectors, bytesPerSector, sectorsPerFat } = this.#fat;
		return reader.bytes(this.#start + reservedSectors * bytesPerSector, sectorsPerFat * bytesPerSector);
	}

	/** The cluster after `cluster`; a number outside the disk ends the chain. */
	#next(table: Uint8Array, cluster: number): number {
		if (this.format === 'FAT16') return (table[cluster * 2] ?? 0xff) | ((table[cluster * 2 + 1] ?? 0xff) << 8);
		const at = cluster + (cluster >> 1);
		const pair = (table[at] ?? 0xff) | ((table[at + 1] ?? 0xff) << 8);
		return cluster & 1 ? pair >> 4 : pair & 0x0fff;
	}

	#firstDataSector(): number {
		const { reservedSectors, fats, sectorsPerFat, rootEntries, bytesPerSector } = this.#fat;
		return reservedSectors + fats * sectorsPerFat + Math.ceil((rootEntries * entryBytes) / bytesPerSector);
	}

	#rootByte(): number {
		const { reservedSectors, fats, sectorsPerFat, bytesPerSector } = this.#fat;
		return this.#start + (reservedSectors + fats * sectorsPerFat) * bytesPerSector;
	}

	#clusterByte(cluster: number): number {
		const { sectorsPerCluster, bytesPerSector } = this.#fat;
		return this.#start + (this.#firstDataSector() + (cluster - 2) * sectorsPerCluster) * bytesPerSector;
	}
}

function parseDirectory(bytes: Uint8Array): ImageEntry[] {
	const entries: ImageEntry[] = [];
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	for (let at = 0; at + entryBytes <= bytes.length; at += entryBytes) {
		const first = bytes[at];
		if (first === 0) break;
		const attributes = view.getUint8(at + 11);
		if (first === 0xe5 || first === 0x2e || (attributes & 0x08) !== 0) continue;
		entries.push({
			name: shortName(bytes.subarray(at, at + 11)),
			kind: (attributes & 0x10) !== 0 ? 'directory' : 'file',
			size: (attributes & 0x10) !== 0 ? 0 : view.getUint32(at + 28, true),
			modifiedTime: dosTime(view.getUint16(at + 24, true), view.getUint16(at + 22, true)),
			location: view.getUint16(at + 26, true),
		});
	}
	return entries;
}

function shortName(bytes: Uint8Array): string {
	const raw = Uint8Array.from(bytes);
	if (raw[0] === 0x05) raw[0] = 0xe5;
	const name = latin1(raw.subarray(0, 8)).trimEnd().replaceAll(/[/\0]/g, '_');
	const extension = latin1(raw.subarray(8, 11)).trimEnd().replaceAll(/[/\0]/g, '_');
	return extension === '' ? name || '_' : `${name}.${extension}`;
}

function dosTime(date: number, time: number): number {
	return Date.UTC(
		1980 + (date >> 9),
		Math.max(0, ((date >> 5) & 15) - 1),
		date & 31,
		time >> 11,
		(time >> 5) & 63,
		(time & 31) * 2,
	);
}

function concatenate(parts: readonly Uint8Array[], length: number): Uint8Array {
	const whole = new Uint8Array(length);
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}
