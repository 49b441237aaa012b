/**
 * Makes damaged pages anew whose content follows from what else is stored:
 *
 * | Damaged | Follows from |
 * |---|---|
 * | a page with one flipped bit; page 1 | its checksum; the superblocks (`page-file.ts`, whenever it is read) |
 * | an inner page of a table | the pages below it, which the maps name |
 * | a page of an index | the table that it belongs to |
 * | a map, a page without content | the trees: everything is written anew (`VACUUM`), up to `mostVacuumed` |
 *
 * Leaves of tables hold what stands nowhere else: the scrub names the files, and `rescue.ts` saves the others.
 *
 * Rule of use: the log is empty, and no group is open.
 */
import type { RepairResult } from '#fs/system-volume.ts';
import type { Database } from './database.ts';
import { type PageFile, reservedBytes } from './page-file.ts';
import {
	type Child,
	type MapEntry,
	makeEmptyLeaf,
	makeInnerTable,
	mapPageOf,
	mapType,
	type PageGeometry,
	readMapEntry,
	TreePage,
	treePage,
} from './tree-pages.ts';
import { lockPageOf } from './volume-check.ts';

export interface Repaired {
	readonly database: Database;
	readonly pages: PageFile;
	readonly pageSize: number;
}

/** SQLite holds all of it in memory meanwhile. */
const mostVacuumed = 512 << 20;

export function repairPages(volume: Repaired): RepairResult {
	const repair = new Repair(volume);
	const before = repair.damaged.size;
	if (before === 0) return { rebuiltPages: 0, damagedPages: 0 };
	repair.rebuildInnerTables();
	repair.rebuildIndexes();
	repair.rebuildMapsAndFree();
	return { rebuiltPages: before - repair.damaged.size, damagedPages: repair.damaged.size };
}

class Repair {
	readonly damaged = new Set<number>();
	readonly #volume: Repaired;
	readonly #geometry: PageGeometry;
	readonly #pageCount: number;
	/** By page; those whose map is damaged are missing. */
	readonly #map = new Map<number, MapEntry>();
	readonly #children = new Map<number, number[]>();
	/** Whether pages are left that no tree knows. */
	#needsVacuum = false;

	constructor(volume: Repaired) {
		this.#volume = volume;
		const { pages, pageSize, database } = volume;
		this.#geometry = { pageSize, usableSize: pageSize - reservedBytes, lockPage: lockPageOf(pageSize) };
		this.#pageCount = Math.min(database.value('PRAGMA page_count') ?? 0, pages.pageCount);
		this.#findDamaged();
		if (this.damaged.size > 0) this.#readMaps();
	}

	/** From the lowest up: a page above another damaged one waits until that is there again. */
	rebuildInnerTables(): void {
		for (let found = true; found; ) {
			found = false;
			for (const number of this.damaged) {
				const page = this.#makeInner(number);
				if (page === undefined) continue;
				this.#replace(number, page);
				found = true;
			}
		}
		this.#forgetCached();
	}

	/** Empties the damaged pages of indexes, then lets SQLite fill the indexes again. */
	rebuildIndexes(): void {
		const { database } = this.#volume;
		const indexes = this.#readRoots('index');
		const ruined = new Set<string>();
		for (const number of this.damaged) {
			const name = indexes.get(this.#rootOf(number));
			if (name === undefined) continue;
			ruined.add(name);
			const { type } = this.#map.get(number) as MapEntry;
			const isOverflow = type === mapType.firstOverflow || type === mapType.laterOverflow;
			// What hangs below an emptied page belongs to nothing from now on.
			if (isOverflow || this.#children.has(number)) this.#needsVacuum = true;
			this.#replace(
				number,
				isOverflow ? new Uint8Array(this.#geometry.pageSize) : makeEmptyLeaf(treePage.leafIndex, this.#geometry),
			);
		}
		this.#forgetCached();
		for (const name of ruined) database.execute(`REINDEX "${name}"`);
	}

	rebuildMapsAndFree(): void {
		const { database, pages } = this.#volume;
		const unneeded = [...this.damaged].filter((number) => this.#isMap(number) || this.#isFree(number));
		if (unneeded.length === 0 && !this.#needsVacuum) return;
		// Tables that cannot be read as a whole cannot be written anew.
		if (unneeded.length < this.damaged.size || pages.size > mostVacuumed) return;
		for (const number of unneeded) this.#replace(number, new Uint8Array(this.#geometry.pageSize));
		this.#forgetCached();
		database.execute('VACUUM');
	}

	#findDamaged(): void {
		const { pages } = this.#volume;
		for (let number = 1; number <= this.#pageCount; number++) {
			if (number !== this.#geometry.lockPage && !pages.verify(number)) this.damaged.add(number);
		}
	}

	#readMaps(): void {
		let map: Uint8Array | undefined;
		let mapNumber = 0;
		for (let number = 3; number <= this.#pageCount; number++) {
			if (this.#isMap(number) || number === this.#geometry.lockPage) continue;
			const wanted = mapPageOf(number, this.#geometry);
			if (wanted !== mapNumber) map = this.#read(wanted);
			mapNumber = wanted;
			if (map === undefined) continue;
			const entry = readMapEntry(map, number, this.#geometry);
			this.#map.set(number, entry);
			if (entry.type !== mapType.inner && entry.type !== mapType.firstOverflow) continue;
			const siblings = this.#children.get(entry.parent);
			if (siblings === undefined) this.#children.set(entry.parent, [number]);
			else siblings.push(number);
		}
	}

	#isMap(number: number): boolean {
		return number >= 2 && mapPageOf(number, this.#geometry) === number;
	}

	#isFree(number: number): boolean {
		return this.#map.get(number)?.type === mapType.free;
	}

	/** The inner page of a table that stood at `number`, or `undefined`. */
	#makeInner(number: number): Uint8Array | undefined {
		const type = this.#map.get(number)?.type;
		if (type !== mapType.inner && type !== mapType.root) return undefined;
		const children: Child[] = [];
		for (const page of this.#children.get(number) ?? []) {
			// A page of content: what is lost is a leaf.
			if (this.#map.get(page)?.type !== mapType.inner) return undefined;
			const lastKey = this.#lastKeyBelow(page);
			if (lastKey === undefined) return undefined;
			children.push({ page, lastKey });
		}
		children.sort((a, b) => (a.lastKey < b.lastKey ? -1 : 1));
		return makeInnerTable(children, this.#geometry);
	}

	/** The largest row number below a page of a table; `undefined` when it is of an index, or cannot be read. */
	#lastKeyBelow(number: number): bigint | undefined {
		const bytes = this.#read(number);
		if (bytes === undefined) return undefined;
		const page = new TreePage(bytes, number);
		if (page.type === treePage.innerTable) return this.#lastKeyBelow(page.rightChild);
		if (page.type !== treePage.leafTable || page.cellCount === 0) return undefined;
		return page.keyAt(page.cellCount - 1);
	}

	/** The root of the tree that a page belongs to, or 0. */
	#rootOf(number: number): number {
		let at = number;
		for (let steps = 0; steps < this.#pageCount; steps++) {
			const entry = this.#map.get(at);
			if (entry === undefined || entry.type === mapType.free) return 0;
			if (entry.type === mapType.root) return at;
			at = entry.parent;
		}
		return 0;
	}

	#readRoots(type: string): Map<number, string> {
		const roots = new Map<number, string>();
		const sql = `SELECT rootpage || ' ' || name FROM sqlite_schema WHERE type = '${type}'`;
		this.#volume.database.eachText(sql, (text) => {
			const space = text.indexOf(' ');
			roots.set(Number(text.slice(0, space)), text.slice(space + 1));
		});
		return roots;
	}

	#read(number: number): Uint8Array | undefined {
		const page = new Uint8Array(this.#geometry.pageSize);
		return this.#volume.pages.readAsStored(number, page) ? page : undefined;
	}

	#replace(number: number, page: Uint8Array): void {
		this.#volume.pages.replace(number, page);
		this.damaged.delete(number);
	}

	/** SQLite reads the pages anew. */
	#forgetCached(): void {
		this.#volume.database.execute('PRAGMA shrink_memory');
	}
}
