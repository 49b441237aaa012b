/** Removal of a directory with all below it, by a handful of statements whatever its size. */
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

export class TreeRemoval {
	readonly #clear: Statement;
	readonly #gather: Statement;
	readonly #list: Statement;
	readonly #spare: Statement;
	readonly #removeNames: Statement;
	readonly #unlink: Statement;
	readonly #spareNamed: Statement;
	readonly #removal: Statement[];

	constructor(database: Database) {
		database.execute('CREATE TEMP TABLE doomed(inode INTEGER PRIMARY KEY, names INTEGER NOT NULL)');
		const sql = (text: string): Statement => database.prepare(text);
		this.#clear = sql('DELETE FROM doomed');
		this.#gather = sql(
			`WITH RECURSIVE below(inode) AS (
				SELECT ?1 UNION ALL SELECT e.inode FROM entry e JOIN below b ON e.parent = b.inode)
			INSERT INTO doomed SELECT inode, count(*) FROM below GROUP BY inode`,
		);
		this.#list = sql('SELECT inode FROM doomed');
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
			'DELETE FROM inode WHERE id IN (SELECT inode FROM doomed)',
		].map(sql);
	}

	/** Removes what stands at and below `top`, whose own name the caller removes. `isKept` spares open files. */
	remove(top: Inode, now: number, isKept: (inode: Inode) => boolean): Inode[] {
		const removed: Inode[] = [];
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
