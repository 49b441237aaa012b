/**
 * The rows of a database, read page by page without its trees: what stands on whole pages is found even when the pages
 * above are lost. The maps say which tree a page belongs to (`tree-pages.ts`).
 *
 * Rule of use: `scan` once; rows come in the order of their pages. Content that overflows its page is read when it is
 * asked for (`Payload.read`), because it may be large.
 */
import { decodeName } from './name-text.ts';
import { type PageFile, reservedBytes } from './page-file.ts';
import {
	type MapEntry,
	mapPageOf,
	mapType,
	type PageGeometry,
	readMapEntry,
	readVariable,
	TreePage,
	treePage,
	viewOf,
} from './tree-pages.ts';
import { lockPageOf } from './volume-check.ts';

export type RawValue = number | string | Uint8Array | null;

export interface RawRow {
	readonly table: string;
	/** The row number; 0 where a table has none. */
	readonly key: number;
	/** Its columns, or `undefined` when a page that it goes on in is damaged. */
	read(): RawValue[] | undefined;
}

interface Payload {
	readonly page: number;
	/** Where its bytes begin on the page, how many of them stand there, and how many there are. */
	readonly at: number;
	readonly local: number;
	readonly length: number;
}

const schemaRoot = 1;

export class RawTables {
	readonly #pages: PageFile;
	readonly #geometry: PageGeometry;
	readonly #map = new Map<number, MapEntry>();
	readonly #names = new Map<number, string>([[schemaRoot, 'sqlite_schema']]);

	constructor(pages: PageFile, pageSize: number) {
		this.#pages = pages;
		this.#geometry = { pageSize, usableSize: pageSize - reservedBytes, lockPage: lockPageOf(pageSize) };
		this.#readMaps();
		for (const row of this.#rowsOf((root) => root === schemaRoot)) {
			const [type, name, , root] = row.read() ?? [];
			if (type === 'table' && typeof name === 'string' && typeof root === 'number') this.#names.set(root, name);
		}
	}

	get pageCount(): number {
		return this.#pages.pageCount;
	}

	/** Every row that stands on a whole page; `onPage` is told how far it is. */
	*scan(onPage: (number: number) => void = () => undefined): Generator<RawRow> {
		yield* this.#rowsOf((root) => root !== schemaRoot, onPage);
	}

	*#rowsOf(isWanted: (root: number) => boolean, onPage?: (number: number) => void): Generator<RawRow> {
		for (let number = 1; number <= this.pageCount; number++) {
			onPage?.(number);
			const root = this.#rootOf(number);
			const table = this.#names.get(root);
			if (table === undefined || !isWanted(root)) continue;
			const bytes = this.#read(number);
			if (bytes !== undefined) yield* this.#rowsOn(number, bytes, table);
		}
	}

	*#rowsOn(number: number, bytes: Uint8Array, table: string): Generator<RawRow> {
		const page = new TreePage(bytes, number);
		if (page.type === treePage.innerTable || !isTreePage(page.type)) return;
		for (let index = 0; index < page.cellCount; index++) {
			let at = page.cellAt(index) + (page.isInner ? 4 : 0);
			const length = readVariable(bytes, at);
			at = length.end;
			let key = 0;
			if (page.type === treePage.leafTable) {
				const variable = readVariable(bytes, at);
				key = Number(variable.value);
				at = variable.end;
			}
			const size = Number(length.value);
			const payload = { page: number, at, length: size, local: this.#localLength(size, page.type) };
			yield { table, key, read: () => this.#readRecord(payload) };
		}
	}

	/** How many bytes of a payload stand on its own page. */
	#localLength(length: number, type: number): number {
		const { usableSize } = this.#geometry;
		const most = type === treePage.leafTable ? usableSize - 35 : Math.floor(((usableSize - 12) * 64) / 255) - 23;
		if (length <= most) return length;
		const least = Math.floor(((usableSize - 12) * 32) / 255) - 23;
		const fitting = least + ((length - least) % (usableSize - 4));
		return fitting <= most ? fitting : least;
	}

	#readRecord(payload: Payload): RawValue[] | undefined {
		const bytes = this.#readPayload(payload);
		return bytes === undefined ? undefined : parseRecord(bytes);
	}

	#readPayload({ page, at, local, length }: Payload): Uint8Array | undefined {
		const first = this.#read(page);
		if (first === undefined) return undefined;
		const bytes = new Uint8Array(length);
		bytes.set(first.subarray(at, at + local));
		if (local === length) return bytes;
		let next = viewOf(first).getUint32(at + local);
		for (let done = local; done < length; ) {
			const overflow = next === 0 ? undefined : this.#read(next);
			if (overflow === undefined) return undefined;
			const part = overflow.subarray(4, 4 + Math.min(length - done, this.#geometry.usableSize - 4));
			bytes.set(part, done);
			done += part.length;
			next = viewOf(overflow).getUint32(0);
		}
		return bytes;
	}

	#read(number: number): Uint8Array | undefined {
		const page = new Uint8Array(this.#geometry.pageSize);
		return number <= this.pageCount && this.#pages.readAsStored(number, page) ? page : undefined;
	}

	#readMaps(): void {
		let map: Uint8Array | undefined;
		let mapNumber = 0;
		for (let number = 3; number <= this.pageCount; number++) {
			const wanted = mapPageOf(number, this.#geometry);
			if (wanted === number || number === this.#geometry.lockPage) continue;
			if (wanted !== mapNumber) map = this.#read(wanted);
			mapNumber = wanted;
			if (map !== undefined) this.#map.set(number, readMapEntry(map, number, this.#geometry));
		}
	}

	/** The root of the tree in which a page is, 0 for a page of another kind. */
	#rootOf(number: number): number {
		let at = number;
		for (let steps = 0; steps < 40; steps++) {
			if (at === schemaRoot) return schemaRoot;
			const entry = this.#map.get(at);
			if (entry?.type === mapType.root) return at;
			if (entry?.type !== mapType.inner) return 0;
			at = entry.parent;
		}
		return 0;
	}
}

function isTreePage(type: number): boolean {
	return Object.values<number>(treePage).includes(type);
}

/** The values of a record (sqlite.org/fileformat2.html, 2.1). */
export function parseRecord(bytes: Uint8Array): RawValue[] {
	const header = readVariable(bytes, 0);
	const values: RawValue[] = [];
	let at = Number(header.value);
	for (let place = header.end; place < Number(header.value); ) {
		const type = readVariable(bytes, place);
		place = type.end;
		const { value, length } = readValue(bytes, at, Number(type.value));
		values.push(value);
		at += length;
	}
	return values;
}

const wholeLengths = [0, 1, 2, 3, 4, 6, 8];

function readValue(bytes: Uint8Array, at: number, type: number): { value: RawValue; length: number } {
	if (type === 0) return { value: null, length: 0 };
	if (type <= 6) return readWhole(bytes, at, wholeLengths[type] as number);
	if (type === 7) return { value: viewOf(bytes).getFloat64(at), length: 8 };
	if (type < 12) return { value: type - 8, length: 0 };
	const length = (type - 12) >> 1;
	if (type % 2 === 1) return { value: decodeName(bytes, at, length), length };
	return { value: bytes.slice(at, at + length), length };
}

function readWhole(bytes: Uint8Array, at: number, length: number): { value: number; length: number } {
	let value = 0n;
	for (let index = 0; index < length; index++) value = (value << 8n) | BigInt(bytes[at + index] ?? 0);
	return { value: Number(BigInt.asIntN(8 * length, value)), length };
}
