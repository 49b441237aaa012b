/**
 * What stands in the pages of SQLite's trees, read and made without SQLite (sqlite.org/fileformat2.html, 1.5 to 1.8): for
 * putting trees together again when one of their pages is lost.
 *
 * A database that vacuums itself has *maps*: pages that tell of every page what it is and which page points to it. So
 * what stood in a lost inner page of a table follows from the pages below it.
 */

export const treePage = { innerIndex: 2, innerTable: 5, leafIndex: 10, leafTable: 13 } as const;
export const mapType = { root: 1, free: 2, firstOverflow: 3, laterOverflow: 4, inner: 5 } as const;

export interface MapEntry {
	/** One of `mapType`. */
	readonly type: number;
	/** The page that points to it; 0 for roots and free pages. */
	readonly parent: number;
}

export interface PageGeometry {
	readonly pageSize: number;
	/** Bytes of a page that SQLite uses. */
	readonly usableSize: number;
	/** A page that is never used. */
	readonly lockPage: number;
}

const entryLength = 5;

/** The number of the map that tells about page `number`; a map tells nothing about itself. */
export function mapPageOf(number: number, { usableSize, lockPage }: PageGeometry): number {
	const reach = Math.floor(usableSize / entryLength) + 1;
	const map = Math.floor((number - 2) / reach) * reach + 2;
	return map === lockPage ? map + 1 : map;
}

export function readMapEntry(map: Uint8Array, number: number, geometry: PageGeometry): MapEntry {
	const at = entryLength * (number - mapPageOf(number, geometry) - 1);
	return { type: map[at] ?? 0, parent: viewOf(map).getUint32(at + 1) };
}

/** A page of a tree. `number` is 1 for the page that begins with the header of the database. */
export class TreePage {
	readonly bytes: Uint8Array;
	readonly #view: DataView;
	readonly #start: number;

	constructor(bytes: Uint8Array, number: number) {
		this.bytes = bytes;
		this.#view = viewOf(bytes);
		this.#start = number === 1 ? 100 : 0;
	}

	get type(): number {
		return this.bytes[this.#start] ?? 0;
	}

	get isInner(): boolean {
		return this.type === treePage.innerTable || this.type === treePage.innerIndex;
	}

	get cellCount(): number {
		return this.#view.getUint16(this.#start + 3);
	}

	/** The last page below an inner one. */
	get rightChild(): number {
		return this.#view.getUint32(this.#start + 8);
	}

	/** Where cell `index` begins. */
	cellAt(index: number): number {
		return this.#view.getUint16(this.#start + (this.isInner ? 12 : 8) + 2 * index);
	}

	/** The page below an inner page's cell. */
	childAt(index: number): number {
		return this.#view.getUint32(this.cellAt(index));
	}

	/** The row number of a cell of a table. */
	keyAt(index: number): bigint {
		const at = this.cellAt(index);
		if (this.type === treePage.innerTable) return readVariable(this.bytes, at + 4).value;
		return readVariable(this.bytes, readVariable(this.bytes, at).end).value;
	}
}

/** A number of one to nine bytes. */
export function readVariable(bytes: Uint8Array, at: number): { value: bigint; end: number } {
	let value = 0n;
	for (let index = 0; index < 8; index++) {
		const byte = bytes[at + index] ?? 0;
		value = (value << 7n) | BigInt(byte & 0x7f);
		if (byte < 0x80) return { value: BigInt.asIntN(64, value), end: at + index + 1 };
	}
	return { value: BigInt.asIntN(64, (value << 8n) | BigInt(bytes[at + 8] ?? 0)), end: at + 9 };
}

export function writeVariable(value: bigint): number[] {
	const rest = BigInt.asUintN(64, value);
	if (rest >= 1n << 56n) {
		const last = Number(rest & 0xffn);
		return [...groupsOf(rest >> 8n, 8).map((group) => group | 0x80), last];
	}
	const length = Math.max(1, Math.ceil(rest.toString(2).length / 7));
	return groupsOf(rest, length).map((group, index) => (index < length - 1 ? group | 0x80 : group));
}

function groupsOf(value: bigint, length: number): number[] {
	return Array.from({ length }, (_, index) => Number((value >> BigInt(7 * (length - 1 - index))) & 0x7fn));
}

export interface Child {
	readonly page: number;
	/** The largest row number below it. */
	readonly lastKey: bigint;
}

/** An inner page of a table over `children`, in ascending order; `undefined` when they do not fit. */
export function makeInnerTable(
	children: readonly Child[],
	{ pageSize, usableSize }: PageGeometry,
): Uint8Array | undefined {
	const page = new Uint8Array(pageSize);
	const view = viewOf(page);
	const right = children.at(-1);
	if (right === undefined) return undefined;
	let end = usableSize;
	for (const [index, { page: child, lastKey }] of children.slice(0, -1).entries()) {
		const key = writeVariable(lastKey);
		end -= 4 + key.length;
		if (end < 12 + 2 * children.length) return undefined;
		view.setUint32(end, child);
		page.set(key, end + 4);
		view.setUint16(12 + 2 * index, end);
	}
	page[0] = treePage.innerTable;
	view.setUint16(3, children.length - 1);
	view.setUint16(5, end);
	view.setUint32(8, right.page);
	return page;
}

/** A leaf without anything in it. */
export function makeEmptyLeaf(type: number, { pageSize, usableSize }: PageGeometry): Uint8Array {
	const page = new Uint8Array(pageSize);
	page[0] = type;
	viewOf(page).setUint16(5, usableSize);
	return page;
}

export function viewOf(bytes: Uint8Array): DataView {
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
