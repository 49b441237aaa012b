/**
 * Removal of a directory with all below it.
 *
 * A tree of moderate size goes at once, by a handful of statements. A larger one is detached at once, under no directory
 * (parent 0), and emptied in steps afterwards (`SqliteVolume.emptyDetached`), so that neither the time of a call nor the room for the
 * log grows with what is removed.
 */
import type { Inode } from '#fs/file-system.ts';
import type { Database, Statement } from './database.ts';
import { chunksPerFile } from './schema.ts';

const chunksOfDoomed = `FROM doomed d CROSS JOIN chunk c
	ON c.id BETWEEN d.inode * ${chunksPerFile} AND d.inode * ${chunksPerFile} + ${chunksPerFile - 1}`;

const countDoomed = `SELECT c.extent AS extent, count(*) AS gone ${chunksOfDoomed}
	WHERE c.extent IS NOT NULL GROUP BY c.extent`;

/** Takes the doomed files' part from shared extents; one whose chunks are all doomed is freed. */
const shareStatements = [
	`INSERT INTO freed SELECT s.extent FROM share s JOIN (${countDoomed}) g ON g.extent = s.extent WHERE g.gone > s.others`,
	`UPDATE share SET others = others - g.gone FROM (${countDoomed}) g WHERE g.extent = share.extent`,
	'DELETE FROM share WHERE others <= 0',
];

/** In memory. Made again when the group in which it was made first was undone. */
const temporaryTable = 'CREATE TEMP TABLE IF NOT EXISTS doomed(inode INTEGER PRIMARY KEY, names INTEGER NOT NULL)';

/** The parent of detached directories: no inode has this number. */
export const detachedPlace = 0;

export class TreeRemoval {
	readonly #database: Database;
	readonly #clear: Statement;
	readonly #gather: Statement;
	readonly #list: Statement;
	readonly #spare: Statement;
	readonly #removeNames: Statement;
	readonly #unlink: Statement;
	readonly #spareNamed: Statement;
	readonly #removal: Statement[];
	readonly #listBelow: Statement;
	readonly #detach: Statement;
	readonly #forgetPlace: Statement;
	readonly #nextDetached: Statement;
	readonly #someBelow: Statement;

	constructor(database: Database) {
		this.#database = database;
		const sql = (text: string): Statement => database.prepare(text);
		this.#clear = sql('DELETE FROM doomed');
		this.#gather = sql(
			`WITH RECURSIVE below(inode) AS (
				SELECT ?1 UNION ALL SELECT e.inode FROM entry e JOIN below b ON e.parent = b.inode)
			INSERT INTO doomed SELECT inode, count(*) FROM below GROUP BY inode`,
		);
		this.#list = sql('SELECT inode FROM doomed');
		this.#listBelow = sql(
			`WITH RECURSIVE below(inode) AS (
				SELECT ?1 UNION ALL SELECT e.inode FROM entry e JOIN below b ON e.parent = b.inode)
			SELECT inode FROM below`,
		);
		this.#detach = sql('INSERT INTO entry VALUES(?, ?, ?, NULL)');
		this.#forgetPlace = sql('UPDATE inode SET parent = ?2, name = ?3 WHERE id = ?1');
		this.#nextDetached = sql('SELECT inode FROM entry WHERE parent = ? LIMIT 1');
		this.#someBelow = sql(
			'SELECT e.name, e.inode, i.kind FROM entry e JOIN inode i ON i.id = e.inode WHERE e.parent = ? LIMIT ?',
		);
		this.#spare = sql('DELETE FROM doomed WHERE inode = ?');
		this.#removeNames = sql('DELETE FROM entry WHERE parent IN (SELECT inode FROM doomed)');
		this.#unlink = sql(
			`UPDATE inode SET changed = ?1, links = links - (SELECT names FROM doomed WHERE doomed.inode = inode.id)
			WHERE id IN (SELECT inode FROM doomed)`,
		);
		this.#spareNamed = sql(
			'DELETE FROM doomed WHERE inode IN (SELECT d.inode FROM doomed d JOIN inode i ON i.id = d.inode WHERE i.links > 0)',
		);
		this.#removal = [
			`INSERT INTO freed SELECT c.extent ${chunksOfDoomed}
				WHERE c.extent IS NOT NULL AND c.extent NOT IN (SELECT extent FROM share) GROUP BY c.extent`,
			...shareStatements,
			`DELETE FROM chunk WHERE id IN (SELECT c.id ${chunksOfDoomed})`,
			'DELETE FROM attribute WHERE inode IN (SELECT inode FROM doomed)',
			// Previous versions become nobody's, and are removed in steps.
			"UPDATE version SET file = NULL, parent = 0, name = '' WHERE file IN (SELECT inode FROM doomed)",
			"UPDATE version SET parent = 0, name = '' WHERE parent IN (SELECT inode FROM doomed)",
			'DELETE FROM inode WHERE id IN (SELECT inode FROM doomed)',
		].map(sql);
	}

	/** All inodes at and below `top`. */
	list(top: Inode): Inode[] {
		const found: Inode[] = [];
		this.#listBelow.each([top], (row) => {
			found.push(row.number(0));
		});
		return found;
	}

	/** Takes a directory, whose own name the caller removes, out of the tree. */
	detach(top: Inode): void {
		this.#detach.run(detachedPlace, String(top), top);
		this.#forgetPlace.run(top, detachedPlace, String(top));
	}

	/** A detached directory, if there is one. */
	findDetached(): Inode | undefined {
		return this.#nextDetached.first([detachedPlace], (row) => row.number(0));
	}

	/** Up to `limit` names in a directory. */
	someNames(directory: Inode, limit: number): { name: string; inode: Inode; isDirectory: boolean }[] {
		const names: { name: string; inode: Inode; isDirectory: boolean }[] = [];
		this.#someBelow.each([directory, limit], (row) => {
			names.push({ name: row.text(0), inode: row.number(1), isDirectory: row.number(2) === 1 });
		});
		return names;
	}

	/** Removes what stands at and below `top`, whose own name the caller removes. `isKept` spares open files. */
	remove(top: Inode, now: number, isKept: (inode: Inode) => boolean): Inode[] {
		const removed: Inode[] = [];
		this.#database.execute(temporaryTable);
		this.#clear.run();
		this.#gather.run(top);
		this.#list.each([], (row) => {
			removed.push(row.number(0));
		});
		this.#removeNames.run();
		this.#unlink.run(now);
		this.#spareNamed.run();
		for (const inode of removed) if (isKept(inode)) this.#spare.run(inode);
		for (const statement of this.#removal) statement.run();
		return removed;
	}
}
