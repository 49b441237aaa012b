/**
 * Two small files that say what the volume is, and keep a copy of the database's first page, without which nothing
 * else could be found. Written in turn: the older one is overwritten, so one whole copy always exists.
 *
 * | offset | bytes | |
 * |---|---|---|
 * | 0 | 8 | `VITRINE` and NUL |
 * | 8 | 4 | format version |
 * | 12 | 4 | page size |
 * | 16 | 8 | sequence number (the higher one counts), as an IEEE double |
 * | 24 | 16 | volume identifier |
 * | 40 | 8 | time of creation, milliseconds, as an IEEE double |
 * | 48 | 4 | flags: 1 = the reserve was given up to make room |
 * | 52 | 4 | length of the copy of page 1: 0 or the page size |
 * | 4088 | 8 | checksum of the bytes before, as of page 0 |
 * | 4096 | | copy of page 1 with its own checksum |
 *
 * Numbers are little-endian; all other bytes are zero.
 */

import { checksumLength, readChecksum, sameChecksum, sumPage, writeChecksum } from './page-checksum.ts';
import type { FirstPageMirror } from './page-file.ts';
import type { RunFile } from './run-file.ts';

export const headLength = 4096;
const covered = headLength - checksumLength;
const magic = [0x56, 0x49, 0x54, 0x52, 0x49, 0x4e, 0x45, 0];
const reserveReleasedFlag = 1;

export interface Superblock {
	readonly formatVersion: number;
	readonly pageSize: number;
	readonly sequence: number;
	readonly identifier: Uint8Array;
	readonly createdTime: number;
	readonly reserveReleased: boolean;
	readonly firstPage: Uint8Array | undefined;
}

export class Superblocks implements FirstPageMirror {
	readonly #files: readonly RunFile[];
	readonly #blocks: (Superblock | undefined)[];
	#mirroring = false;

	constructor(files: readonly RunFile[]) {
		this.#files = files;
		this.#blocks = files.map(readSuperblock);
	}

	/** The one that counts: the valid one with the higher sequence number. */
	get current(): Superblock | undefined {
		return this.#blocks.reduce((best, block) => (isNewer(block, best) ? block : best), undefined);
	}

	/** Whether none was ever written: the volume was never finished. */
	get untouched(): boolean {
		return this.#files.every((file) => file.size === 0);
	}

	/** How many are not readable although they were written. */
	get damagedCount(): number {
		return this.#blocks.filter((block) => block === undefined).length;
	}

	/** From now on page 1 is copied. Before the database keeps a log, a copy could outlive a rollback. */
	startMirroring(): void {
		this.#mirroring = true;
	}

	store(page: Uint8Array): void {
		if (this.#mirroring) this.update({ firstPage: page.slice() });
	}

	load(): Uint8Array | undefined {
		const pages = this.#blocks.filter((block) => block?.firstPage !== undefined);
		return pages.reduce((best, block) => (isNewer(block, best) ? block : best), undefined)?.firstPage;
	}

	/** Writes the older block with what has changed. */
	update(changes: Partial<Superblock>): void {
		const { current } = this;
		if (current === undefined) throw new Error('there is no superblock to update');
		this.write({ ...current, ...changes });
	}

	write(block: Omit<Superblock, 'sequence'>): void {
		const next = { ...block, sequence: (this.current?.sequence ?? 0) + 1 };
		const index = isNewer(this.#blocks[0], this.#blocks[1]) ? 1 : 0;
		const file = this.#files[index] as RunFile;
		file.write(encodeSuperblock(next), 0);
		file.sync();
		this.#blocks[index] = next;
	}
}

function isNewer(block: Superblock | undefined, than: Superblock | undefined): boolean {
	return block !== undefined && (than === undefined || block.sequence > than.sequence);
}

export function encodeSuperblock(block: Superblock): Uint8Array {
	const bytes = new Uint8Array(headLength + block.pageSize);
	const view = new DataView(bytes.buffer);
	bytes.set(magic);
	view.setUint32(8, block.formatVersion, true);
	view.setUint32(12, block.pageSize, true);
	view.setFloat64(16, block.sequence, true);
	bytes.set(block.identifier, 24);
	view.setFloat64(40, block.createdTime, true);
	view.setUint32(48, block.reserveReleased ? reserveReleasedFlag : 0, true);
	view.setUint32(52, block.firstPage?.length ?? 0, true);
	writeChecksum(sumPage(bytes, covered, 0), bytes, covered);
	if (block.firstPage !== undefined) bytes.set(block.firstPage, headLength);
	return bytes;
}

function readSuperblock(file: RunFile): Superblock | undefined {
	const head = new Uint8Array(headLength);
	if (file.read(head, 0) < headLength) return undefined;
	const block = decodeSuperblock(head);
	if (block === undefined) return undefined;
	const length = new DataView(head.buffer).getUint32(52, true);
	return { ...block, firstPage: readFirstPage(file, length) };
}

/** The superblock whose first `headLength` bytes these are, without its copy of page 1; `undefined` when they are none. */
export function decodeSuperblock(head: Uint8Array): Superblock | undefined {
	if (head.length < headLength || magic.some((byte, index) => head[index] !== byte)) return undefined;
	if (!sameChecksum(sumPage(head, covered, 0), readChecksum(head, covered))) return undefined;
	const view = new DataView(head.buffer, head.byteOffset);
	return {
		formatVersion: view.getUint32(8, true),
		pageSize: view.getUint32(12, true),
		sequence: view.getFloat64(16, true),
		identifier: head.slice(24, 40),
		createdTime: view.getFloat64(40, true),
		reserveReleased: (view.getUint32(48, true) & reserveReleasedFlag) !== 0,
		firstPage: undefined,
	};
}

function readFirstPage(file: RunFile, length: number): Uint8Array | undefined {
	if (length === 0) return undefined;
	const page = new Uint8Array(length);
	if (file.read(page, headLength) < length) return undefined;
	const sum = readChecksum(page, length - checksumLength);
	return sameChecksum(sumPage(page, length - checksumLength, 1), sum) ? page : undefined;
}
