/** The directory entries: look-up, listing in the order of names, insertion and removal. */
import { foldName } from '#base/path.ts';
import type { Entry, EntryPage, Inode } from '#fs/file-system.ts';
import type { Database, Row, Statement } from './database.ts';

export class Entries {
	readonly #find: Statement;
	readonly #findFolded: Statement;
	readonly #insert: Statement;
	readonly #remove: Statement;
	readonly #any: Statement;
	readonly #anyAlike: Statement;
	readonly #list: Statement;

	constructor(database: Database) {
		this.#find = database.prepare('SELECT inode FROM entry WHERE parent = ? AND name = ?');
		this.#findFolded = database.prepare(
			`SELECT name, inode FROM entry WHERE parent = ?1 AND name = ?2 AND folded IS NULL
			UNION ALL SELECT name, inode FROM entry WHERE parent = ?1 AND folded = ?2 ORDER BY name LIMIT 1`,
		);
		this.#insert = database.prepare('INSERT INTO entry VALUES(?, ?, ?, ?)');
		this.#remove = database.prepare('DELETE FROM entry WHERE parent = ? AND name = ?');
		this.#any = database.prepare('SELECT 1 FROM entry WHERE parent = ? LIMIT 1');
		this.#anyAlike = database.prepare(
			'SELECT 1 FROM entry WHERE parent = ? GROUP BY coalesce(folded, name) HAVING count(*) > 1 LIMIT 1',
		);
		this.#list = database.prepare(
			`SELECT e.name, e.inode, i.kind, i.attributes, i.size, i.modified
			FROM entry e JOIN inode i ON i.id = e.inode WHERE e.parent = ?1 AND e.name > ?2 ORDER BY e.name LIMIT ?3`,
		);
	}

	find(directory: Inode, name: string): Inode | undefined {
		return this.#find.first([directory, name], (row) => row.number(0));
	}

	findFolded(directory: Inode, name: string): Entry | undefined {
		const exact = this.find(directory, name);
		if (exact !== undefined) return { name, inode: exact };
		return this.#findFolded.first([directory, foldName(name)], (row) => ({ name: row.text(0), inode: row.number(1) }));
	}

	/** The name is free: the caller has looked. */
	insert(directory: Inode, name: string, inode: Inode): void {
		const folded = foldName(name);
		this.#insert.run(directory, name, inode, folded === name ? null : folded);
	}

	remove(directory: Inode, name: string): void {
		this.#remove.run(directory, name);
	}

	isEmpty(directory: Inode): boolean {
		return this.#any.first([directory], () => true) === undefined;
	}

	/** Whether two names are the same when case is ignored. */
	hasAlike(directory: Inode): boolean {
		return this.#anyAlike.first([directory], () => true) === true;
	}

	list(directory: Inode, cursor: string, limit: number): EntryPage {
		const columns = new PageColumns(limit);
		// One more than asked for tells whether there is a next page.
		this.#list.each([directory, cursor, limit + 1], (row) => columns.add(row));
		return columns.toPage();
	}
}

/** Gathers rows of the listing into the columns of a page. */
class PageColumns {
	readonly #limit: number;
	readonly #names: string[] = [];
	readonly #numbers: number[][] = [[], [], [], [], []];
	#more = false;

	constructor(limit: number) {
		this.#limit = limit;
	}

	add(row: Row): void {
		if (this.#names.length === this.#limit) {
			this.#more = true;
			return;
		}
		this.#names.push(row.text(0));
		for (let column = 0; column < 5; column++) this.#numbers[column]?.push(row.number(column + 1));
	}

	toPage(): EntryPage {
		const [inodes = [], kinds = [], attributes = [], sizes = [], modified = []] = this.#numbers;
		return {
			names: this.#names,
			kinds: Uint8Array.from(kinds),
			attributes: Uint8Array.from(attributes),
			sizes: Float64Array.from(sizes),
			modifiedTimes: Float64Array.from(modified),
			inodes: Float64Array.from(inodes),
			next: this.#more ? (this.#names.at(-1) ?? '') : '',
		};
	}
}
