/**
 * The table of previous versions. Callers hold the rules; this knows the rows.
 *
 * Invariants (schema.ts): a version is an inode with one link and no entry. Its row names the file it is of, or, when that
 * was deleted, the folder and name where it stood; one whose folder is `orphanPlace` belongs to nobody and is to be removed.
 */
import type { Inode } from '#fs/file-system.ts';
import type { FoundVersion, Version } from '#fs/previous-versions.ts';
import type { Database, Row, Statement } from './database.ts';
import { chunksPerFile, versionReasons } from './schema.ts';

/** No inode has this number. */
const orphanPlace = 0;

export interface VersionPlace {
	readonly directory: Inode;
	readonly name: string;
}

/** An extent all of whose users are among these versions is held by them alone. */
const ownBytes = (which: string): string =>
	`SELECT total(bytes) FROM (
		SELECT c.extent AS extent, count(*) AS users, coalesce(length(e.bytes), length(c.bytes)) AS bytes
		FROM version v CROSS JOIN chunk c ON c.id BETWEEN v.inode * ${chunksPerFile} AND v.inode * ${chunksPerFile} + ${chunksPerFile - 1}
		LEFT JOIN extent e ON e.id = c.extent WHERE ${which} GROUP BY coalesce(c.extent, -c.id)) own
	LEFT JOIN share s ON s.extent = own.extent WHERE own.extent IS NULL OR own.users > coalesce(s.others, 0)`;

export class VersionTable {
	readonly #any: Statement;
	readonly #insert: Statement;
	readonly #remove: Statement;
	readonly #ofFile: Statement;
	readonly #newestOf: Statement;
	readonly #ofPlace: Statement;
	readonly #inDirectory: Statement;
	readonly #find: Statement;
	readonly #handOver: Statement;
	readonly #leaveAt: Statement;
	readonly #takeUp: Statement;
	readonly #orphanFile: Statement;
	readonly #orphanDirectory: Statement;
	readonly #orphans: Statement;
	readonly #oldest: Statement;
	readonly #count: Statement;
	readonly #files: Statement;
	readonly #places: Statement;
	readonly #ownOfFile: Statement;
	readonly #ownOfPlace: Statement;
	#maySome: boolean | undefined;

	constructor(database: Database) {
		const sql = (text: string): Statement => database.prepare(text);
		const columns = 'SELECT inode, kept, reason, file, parent, name FROM version';
		this.#any = sql('SELECT 1 FROM version LIMIT 1');
		this.#insert = sql('INSERT INTO version(inode, file, kept, reason) VALUES(?, ?, ?, ?)');
		this.#remove = sql('DELETE FROM version WHERE inode = ?');
		this.#ofFile = sql(`${columns} WHERE file = ? ORDER BY kept DESC, inode DESC`);
		this.#newestOf = sql('SELECT max(kept) FROM version WHERE file = ?');
		this.#ofPlace = sql(`${columns} WHERE parent = ? AND name = ? ORDER BY kept DESC, inode DESC`);
		this.#inDirectory = sql(
			'SELECT inode, kept, reason, name FROM version WHERE parent = ? ORDER BY name, kept DESC, inode DESC',
		);
		this.#find = sql(`${columns} WHERE inode = ? AND parent IS NOT ${orphanPlace}`);
		this.#handOver = sql('UPDATE version SET file = ?2 WHERE file = ?1');
		this.#leaveAt = sql('UPDATE version SET file = NULL, parent = ?2, name = ?3 WHERE file = ?1');
		this.#takeUp = sql('UPDATE version SET file = ?3, parent = NULL, name = NULL WHERE parent = ?1 AND name = ?2');
		this.#orphanFile = sql(`UPDATE version SET file = NULL, parent = ${orphanPlace}, name = '' WHERE file = ?`);
		this.#orphanDirectory = sql(`UPDATE version SET parent = ${orphanPlace}, name = '' WHERE parent = ?`);
		this.#orphans = sql(`SELECT inode FROM version WHERE parent = ${orphanPlace} LIMIT ?`);
		this.#oldest = sql('SELECT inode FROM version ORDER BY kept LIMIT ?');
		this.#count = sql('SELECT count(*), min(kept) FROM version');
		this.#files = sql('SELECT DISTINCT file FROM version WHERE file > ? ORDER BY file LIMIT ?');
		this.#places = sql(
			`SELECT DISTINCT parent, name FROM version WHERE parent IS NOT NULL AND (parent, name) > (?1, ?2)
			ORDER BY parent, name LIMIT ?3`,
		);
		this.#ownOfFile = sql(ownBytes('v.file = ?1'));
		this.#ownOfPlace = sql(ownBytes('v.parent = ?1 AND v.name = ?2'));
	}

	/** Whether there may be versions at all; most questions need not be asked while there are none. */
	get maySome(): boolean {
		this.#maySome ??= this.#any.first([], () => true) === true;
		return this.#maySome;
	}

	/** Whether there are known to be some, without asking the tables: also while SQLite is writing. */
	get knowsSome(): boolean {
		return this.#maySome === true;
	}

	insert({ inode, kept, reason }: Version, file: Inode): void {
		this.#insert.run(inode, file, kept, versionReasons.indexOf(reason));
		this.#maySome = true;
	}

	remove(version: Inode): void {
		this.#remove.run(version);
	}

	ofFile(file: Inode): Version[] {
		return readAll(this.#ofFile, [file]);
	}

	/** When the newest version of a file was kept. */
	newestOf(file: Inode): number | undefined {
		return this.#newestOf.first([file], (row) => (row.isNull(0) ? undefined : row.number(0)));
	}

	ofPlace({ directory, name }: VersionPlace): Version[] {
		return readAll(this.#ofPlace, [directory, name]);
	}

	/** In the order of names, of each the newest first. */
	inDirectory(directory: Inode): (Version & { readonly name: string })[] {
		const found: (Version & { readonly name: string })[] = [];
		this.#inDirectory.each([directory], (row) => {
			found.push({ ...read(row), name: row.text(3) });
		});
		return found;
	}

	find(version: Inode): FoundVersion | undefined {
		return this.#find.first([version], (row) => ({
			...read(row),
			of: row.isNull(3) ? { directory: row.number(4), name: row.text(5) } : { file: row.number(3) },
		}));
	}

	/** The versions of one file are another's from now on. */
	handOver(from: Inode, to: Inode): void {
		this.#handOver.run(from, to);
	}

	/** The file was deleted. */
	leaveAt(file: Inode, { directory, name }: VersionPlace): void {
		this.#leaveAt.run(file, directory, name);
	}

	/** A file has a name of which versions had been kept. */
	takeUp({ directory, name }: VersionPlace, file: Inode): void {
		this.#takeUp.run(directory, name, file);
	}

	/** Nothing is to be kept of a file or folder. */
	orphan(inode: Inode): void {
		this.#orphanFile.run(inode);
		this.#orphanDirectory.run(inode);
	}

	orphans(limit: number): Inode[] {
		return readInodes(this.#orphans, [limit]);
	}

	/** Of all files, the oldest first. */
	oldest(limit: number): Inode[] {
		return readInodes(this.#oldest, [limit]);
	}

	/** Files that have versions, in the order of their numbers, after one. */
	filesAfter(file: Inode, limit: number): Inode[] {
		return readInodes(this.#files, [file, limit]);
	}

	/** Places of deleted files that have versions, in their order, after one. */
	placesAfter({ directory, name }: VersionPlace, limit: number): VersionPlace[] {
		const found: VersionPlace[] = [];
		this.#places.each([directory, name, limit], (row) => {
			found.push({ directory: row.number(0), name: row.text(1) });
		});
		return found;
	}

	/** Stored bytes that nothing but the versions of one file or place holds. */
	ownBytes(of: { readonly file: Inode } | VersionPlace): number {
		const read = (row: Row): number => row.number(0);
		const found =
			'file' in of ? this.#ownOfFile.first([of.file], read) : this.#ownOfPlace.first([of.directory, of.name], read);
		return found ?? 0;
	}

	count(): { versions: number; oldest: number | undefined } {
		return this.#count.first([], (row) => ({
			versions: row.number(0),
			oldest: row.isNull(1) ? undefined : row.number(1),
		})) as { versions: number; oldest: number | undefined };
	}
}

function readAll(statement: Statement, values: (number | string)[]): Version[] {
	const found: Version[] = [];
	statement.each(values, (row) => {
		found.push(read(row));
	});
	return found;
}

function readInodes(statement: Statement, values: number[]): Inode[] {
	const found: Inode[] = [];
	statement.each(values, (row) => {
		found.push(row.number(0));
	});
	return found;
}

function read(row: Row): Version {
	return { inode: row.number(0), kept: row.number(1), reason: versionReasons[row.number(2)] ?? 'changed' };
}
