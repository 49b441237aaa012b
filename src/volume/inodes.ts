/** The inode rows. Callers hold the rules of the file system; this knows the table. */
import { OsError } from '#abi/errors.ts';
import type { Inode, NodeKind, NodeStat } from '#fs/file-system.ts';
import type { Database, Row, Statement } from './database.ts';

export interface Place {
	readonly parent: Inode;
	readonly name: string;
}

export class Inodes {
	readonly #select: Statement;
	readonly #insert: Statement;
	readonly #remove: Statement;
	readonly #touch: Statement;
	readonly #touchInode: Statement;
	readonly #resize: Statement;
	readonly #setLinks: Statement;
	readonly #setPlace: Statement;
	readonly #setModified: Statement;
	readonly #setAttributes: Statement;
	readonly #place: Statement;
	readonly #last: Statement;
	/** Asked for when it is needed first: a damaged page must not keep the volume from opening. */
	#next: Inode | undefined;

	constructor(database: Database) {
		this.#select = database.prepare(
			'SELECT kind, size, links, attributes, modified, changed, created FROM inode WHERE id = ?',
		);
		this.#insert = database.prepare('INSERT INTO inode VALUES(?1, ?2, 0, 1, 0, ?3, ?3, ?3, ?4, ?5)');
		this.#remove = database.prepare('DELETE FROM inode WHERE id = ?');
		this.#touch = database.prepare('UPDATE inode SET modified = ?2, changed = ?2 WHERE id = ?1');
		this.#touchInode = database.prepare('UPDATE inode SET changed = ?2 WHERE id = ?1');
		this.#resize = database.prepare('UPDATE inode SET size = ?2, modified = ?3, changed = ?3 WHERE id = ?1');
		this.#setLinks = database.prepare('UPDATE inode SET links = ?2, changed = ?3 WHERE id = ?1');
		this.#setPlace = database.prepare('UPDATE inode SET parent = ?2, name = ?3 WHERE id = ?1');
		this.#setModified = database.prepare('UPDATE inode SET modified = ?2, changed = ?3 WHERE id = ?1');
		this.#setAttributes = database.prepare('UPDATE inode SET attributes = ?2, changed = ?3 WHERE id = ?1');
		this.#place = database.prepare('SELECT parent, name FROM inode WHERE id = ?');
		this.#last = database.prepare('SELECT max(id) FROM inode');
	}

	get(inode: Inode): NodeStat {
		const stat = this.#select.first([inode], (row) => readStat(inode, row));
		if (stat === undefined) throw new OsError('ENOENT', `inode ${inode}`);
		return stat;
	}

	getFile(inode: Inode): NodeStat {
		const stat = this.get(inode);
		if (stat.kind !== 'file') throw new OsError('EISDIR');
		return stat;
	}

	getDirectory(inode: Inode): NodeStat {
		const stat = this.get(inode);
		if (stat.kind !== 'directory') throw new OsError('ENOTDIR');
		return stat;
	}

	/** Inode numbers are not used again while the volume is open, so that a stale one never means another file. */
	insert(kind: NodeKind, now: number, place: Place): Inode {
		this.#next ??= (this.#last.first([], (row) => row.number(0)) ?? 0) + 1;
		const inode = this.#next++;
		const isDirectory = kind === 'directory';
		this.#insert.run(
			inode,
			isDirectory ? 1 : 0,
			now,
			isDirectory ? place.parent : null,
			isDirectory ? place.name : null,
		);
		return inode;
	}

	remove(inode: Inode): void {
		this.#remove.run(inode);
	}

	/** Notes a change of the content. */
	touch(inode: Inode, now: number): void {
		this.#touch.run(inode, now);
	}

	/** Notes a change of the inode alone. */
	touchInode(inode: Inode, now: number): void {
		this.#touchInode.run(inode, now);
	}

	resize(inode: Inode, size: number, now: number): void {
		this.#resize.run(inode, size, now);
	}

	setLinks(inode: Inode, links: number, now: number): void {
		this.#setLinks.run(inode, links, now);
	}

	setModified(inode: Inode, modified: number, now: number): void {
		this.#setModified.run(inode, modified, now);
	}

	setAttributes(inode: Inode, attributes: number, now: number): void {
		this.#setAttributes.run(inode, attributes, now);
	}

	moveDirectory(inode: Inode, place: Place): void {
		this.#setPlace.run(inode, place.parent, place.name);
	}

	/** Where a directory stands; `undefined` for the root. */
	findPlace(directory: Inode): Place | undefined {
		const place = this.#place.first([directory], (row) =>
			row.isNull(0) ? undefined : { parent: row.number(0), name: row.text(1) },
		);
		return place;
	}

	/** Whether `inode` is `ancestor` or a directory below it. */
	isWithin(inode: Inode, ancestor: Inode): boolean {
		for (let at: Inode | undefined = inode; at !== undefined; at = this.findPlace(at)?.parent) {
			if (at === ancestor) return true;
		}
		return false;
	}
}

function readStat(inode: Inode, row: Row): NodeStat {
	return {
		inode,
		kind: row.number(0) === 1 ? 'directory' : 'file',
		size: row.number(1),
		links: row.number(2),
		attributes: row.number(3),
		modifiedTime: row.number(4),
		changedTime: row.number(5),
		createdTime: row.number(6),
	};
}
