/**
 * The map of an encrypted file: nonce and tag of each chunk, in pages of 256, under a tree of hashes whose root stands in the
 * header. The header's MAC authenticates the root, and so every entry.
 *
 * Format: entries of level 0 are nonce (12) and tag (16) of a chunk; zeros are a hole. Entries of a level above are the
 * hashes (32) of the pages below. A page is the extended attribute `system.efs.map.N` (level 0) or `system.efs.tree.L.N`,
 * without the zero entries at its end; one that would be empty does not exist. The top is the lowest level on which one
 * page is enough for the chunks that the file has.
 *
 *     hash(page) = SHA-256("EFS2/map" || level (1) || number (8) || bytes), 32 zeros when there is no page
 *     root = hash(page 0 of the top)
 *
 * Rules of use: changes stay in memory until `flush`. One that throws leaves a map that must be thrown away.
 *
 * Invariant: no entry is told that the root does not vouch for.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { OsError } from '#abi/errors.ts';
import { ByteWriter, equalBytes } from './byte-writer.ts';
import { stampLength } from './file-cipher.ts';
import { noDigest } from './header.ts';

/** Where pages are kept, by the name of their attribute. */
export interface PageStore {
	find(name: string): Uint8Array | undefined;
	set(name: string, value: Uint8Array | undefined): void;
	/** Of all pages that are stored. */
	names(): string[];
}

interface PagePlace {
	readonly level: number;
	readonly number: number;
}

interface Page extends PagePlace {
	/** All its entries. */
	readonly bytes: Uint8Array;
	isDirty: boolean;
}

/** A part of the chunks: `end` is the one after the last. */
export interface ChunkRange {
	readonly start: number;
	readonly end: number;
}

const fanOut = 256;
const hashLength = 32;
/** Pages that are kept in memory though they could be read again. */
const keptPages = 128;
const mapPrefix = 'system.efs.map.';
const treePrefix = 'system.efs.tree.';

export class ChunkMap {
	readonly #store: PageStore;
	readonly #pages = new Map<string, Page>();
	/** Names of pages that are stored and must go. */
	readonly #gone = new Set<string>();
	#count: number;
	#root: Uint8Array;

	/** `count` chunks, under a root that the caller has authenticated. */
	constructor(store: PageStore, count: number, root: Uint8Array) {
		this.#store = store;
		this.#count = count;
		this.#root = root;
	}

	/** Nonce and tag of a chunk, `undefined` for a hole. EILSEQ when the map is not what the root vouches for. */
	find(chunk: number): Uint8Array | undefined {
		const stamp = this.#entry(this.#page(0, Math.floor(chunk / fanOut)), chunk);
		return isZero(stamp) ? undefined : stamp;
	}

	set(chunk: number, stamp: Uint8Array): void {
		const page = this.#page(0, Math.floor(chunk / fanOut));
		this.#entry(page, chunk).set(stamp);
		page.isDirty = true;
	}

	/** Makes holes of a part. */
	clear({ start, end }: ChunkRange): void {
		if (start >= end) return;
		for (const { level, number } of this.#existing()) {
			const first = number * fanOut;
			if (level !== 0 || first >= end || first + fanOut <= start) continue;
			const page = this.#page(0, number);
			const from = Math.max(start - first, 0);
			page.bytes.fill(0, from * stampLength, Math.min(end - first, fanOut) * stampLength);
			page.isDirty = true;
		}
	}

	/** Chunks beyond `count` go; new ones are holes. */
	resize(count: number): void {
		const [before, after] = [topOf(this.#count), topOf(count)];
		if (count < this.#count) this.#cut(count);
		else if (after > before) {
			this.#page(before, 0).isDirty = true;
			for (let level = before + 1; level <= after; level++) this.#add({ level, number: 0 }).isDirty = true;
		}
		this.#count = count;
	}

	/** Stores what has changed; returns the root. */
	flush(): Uint8Array {
		for (const name of this.#gone) if (!this.#pages.has(name)) this.#store.set(name, undefined);
		this.#gone.clear();
		const top = topOf(this.#count);
		for (let level = 0; level <= top; level++) {
			for (const page of [...this.#pages.values()])
				if (page.isDirty && page.level === level) this.#storePage(page, top);
		}
		this.#shrink();
		return this.#root;
	}

	#storePage(page: Page, top: number): void {
		const bytes = trim(page.bytes, entryLength(page.level));
		this.#store.set(nameOf(page), bytes.length === 0 ? undefined : bytes);
		page.isDirty = false;
		const hash = hashPage(page, bytes);
		if (page.level === top) {
			this.#root = hash;
			return;
		}
		const parent = this.#page(page.level + 1, Math.floor(page.number / fanOut));
		this.#entry(parent, page.number).set(hash);
		parent.isDirty = true;
	}

	#cut(count: number): void {
		const top = topOf(count);
		let entries = count;
		for (let level = 0; level <= top && entries > 0; level++) {
			const page = this.#page(level, Math.ceil(entries / fanOut) - 1);
			const used = entries - page.number * fanOut;
			page.bytes.fill(0, used * entryLength(level));
			// Also when it had no more: on a new top it becomes what the root is of.
			page.isDirty = true;
			entries = Math.ceil(entries / fanOut);
		}
		for (const place of this.#existing()) {
			if (place.level <= top && place.number * fanOut ** (place.level + 1) < count) continue;
			const name = nameOf(place);
			this.#pages.delete(name);
			this.#gone.add(name);
		}
		if (count === 0) this.#root = noDigest;
	}

	/** Places of the pages that are stored or in memory. */
	#existing(): PagePlace[] {
		const names = new Set([...this.#store.names(), ...this.#pages.keys()]);
		return [...names].filter((name) => !this.#gone.has(name) || this.#pages.has(name)).map(placeOf);
	}

	#page(level: number, number: number): Page {
		const name = nameOf({ level, number });
		const known = this.#pages.get(name);
		if (known !== undefined) return known;
		const stored = this.#gone.has(name) ? undefined : this.#store.find(name);
		const bytes = stored ?? new Uint8Array();
		const isTop = level === topOf(this.#count);
		const expected = isTop ? this.#root : this.#entry(this.#page(level + 1, Math.floor(number / fanOut)), number);
		if (bytes.length > fanOut * entryLength(level) || !equalBytes(hashPage({ level, number }, bytes), expected))
			throw new OsError('EILSEQ', 'the map of an encrypted file was damaged or changed');
		const page = this.#add({ level, number });
		page.bytes.set(bytes);
		return page;
	}

	#add({ level, number }: PagePlace): Page {
		const page: Page = { level, number, bytes: new Uint8Array(fanOut * entryLength(level)), isDirty: false };
		this.#pages.set(nameOf(page), page);
		return page;
	}

	#entry({ level, bytes }: Page, index: number): Uint8Array {
		const length = entryLength(level);
		const at = (index % fanOut) * length;
		return bytes.subarray(at, at + length);
	}

	#shrink(): void {
		for (const name of this.#pages.keys()) {
			if (this.#pages.size <= keptPages) return;
			this.#pages.delete(name);
		}
	}
}

/** Whether an attribute is a page of a map. */
export function isMapAttribute(name: string): boolean {
	return name.startsWith(mapPrefix) || name.startsWith(treePrefix);
}

/** The level that has one page for so many chunks. */
function topOf(count: number): number {
	let level = 0;
	for (let most = fanOut; most < count; most *= fanOut) level++;
	return level;
}

function entryLength(level: number): number {
	return level === 0 ? stampLength : hashLength;
}

function nameOf({ level, number }: PagePlace): string {
	return level === 0 ? `${mapPrefix}${number}` : `${treePrefix}${level}.${number}`;
}

function placeOf(name: string): PagePlace {
	if (name.startsWith(mapPrefix)) return { level: 0, number: Number(name.slice(mapPrefix.length)) };
	const [level, number] = name.slice(treePrefix.length).split('.');
	return { level: Number(level), number: Number(number) };
}

function hashPage({ level, number }: PagePlace, bytes: Uint8Array): Uint8Array {
	if (bytes.length === 0) return noDigest;
	return sha256(new ByteWriter().ascii('EFS2/map').uint8(level).uint64(number).bytes(bytes).finish());
}

/** Without the zero entries at the end. */
function trim(bytes: Uint8Array, length: number): Uint8Array {
	let end = bytes.length;
	while (end > 0 && bytes[end - 1] === 0) end--;
	return bytes.slice(0, Math.ceil(end / length) * length);
}

function isZero(bytes: Uint8Array): boolean {
	return bytes.every((byte) => byte === 0);
}
