/** The inode rows. Callers hold the rules of the file system; this knows the table. */
import { OsError } from '#abi/errors.ts';
import {
	type Inode,
	type Nanoseconds,
	type NewTimes,
	type NodeKind,
	type NodeStat,
	nodeKinds,
	toNanoseconds,
} from '#fs/file-system.ts';
import type { Database, Row, Statement } from './database.ts';

export interface Place {
	readonly parent: Inode;
	readonly name: string;
}

/** A row as it is stored; `Inodes.toStat` makes of it what the system is told. */
export interface InodeRow {
	readonly inode: Inode;
	readonly kind: NodeKind;
	readonly size: number;
	readonly links: number;
	readonly attributes: number;
	/** Milliseconds, and the nanoseconds beyond them. */
	readonly modified: readonly [milliseconds: number, rest: number];
	readonly accessed: readonly [milliseconds: number, rest: number] | undefined;
	readonly changed: number;
	readonly created: number;
}

export class Inodes {
	readonly #select: Statement;
	readonly #insert: Statement;
	readonly #copy: Statement;
	readonly #remove: Statement;
	readonly #touch: Statement;
	readonly #touchInode: Statement;
	readonly #resize: Statement;
	readonly #setLinks: Statement;
	readonly #setPlace: Statement;
	readonly #setModified: Statement;
	readonly #setAccessed: Statement;
	readonly #setAttributes: Statement;
	readonly #place: Statement;
	readonly #last: Statement;
	/** Asked for when it is needed first: a damaged page must not keep the volume from opening. */
	#next: Inode | undefined;

	constructor(database: Database) {
		this.#select = database.prepare(
			`SELECT kind, size, links, attributes, modified, changed, created, modified_rest, accessed, accessed_rest
			FROM inode WHERE id = ?`,
		);
		this.#insert = database.prepare(
			`INSERT INTO inode(id, kind, size, links, attributes, modified, changed, created, accessed, parent, name,
				descriptor)
			VALUES(?1, ?2, 0, 1, 0, ?3, ?3, ?3, ?3, ?4, ?5, ?6)`,
		);
		this.#copy = database.prepare(
			`INSERT INTO inode(id, kind, size, links, attributes, modified, changed, created, accessed, modified_rest,
				accessed_rest, descriptor)
			SELECT ?2, kind, size, 1, attributes, modified, changed, created, accessed, modified_rest, accessed_rest, descriptor
			FROM inode WHERE id = ?1`,
		);
		this.#remove = database.prepare('DELETE FROM inode WHERE id = ?');
		this.#touch = database.prepare('UPDATE inode SET modified = ?2, modified_rest = 0, changed = ?2 WHERE id = ?1');
		this.#touchInode = database.prepare('UPDATE inode SET changed = ?2 WHERE id = ?1');
		this.#resize = database.prepare(
			'UPDATE inode SET size = ?2, modified = ?3, modified_rest = 0, changed = ?3 WHERE id = ?1',
		);
		this.#setLinks = database.prepare('UPDATE inode SET links = ?2, changed = ?3 WHERE id = ?1');
		this.#setPlace = database.prepare('UPDATE inode SET parent = ?2, name = ?3 WHERE id = ?1');
		this.#setModified = database.prepare(
			`UPDATE inode SET accessed_rest = iif(accessed IS NULL, modified_rest, accessed_rest),
			accessed = coalesce(accessed, modified), modified = ?2, modified_rest = ?3, changed = ?4 WHERE id = ?1`,
		);
		this.#setAccessed = database.prepare(
			'UPDATE inode SET accessed = ?2, accessed_rest = ?3, changed = ?4 WHERE id = ?1',
		);
		this.#setAttributes = database.prepare('UPDATE inode SET attributes = ?2, changed = ?3 WHERE id = ?1');
		this.#place = database.prepare('SELECT parent, name FROM inode WHERE id = ?');
		this.#last = database.prepare('SELECT max(id) FROM inode');
	}

	get(inode: Inode): InodeRow {
		const found = this.#select.first([inode], (row) => readInode(inode, row));
		if (found === undefined) throw new OsError('ENOENT', `inode ${inode}`);
		return found;
	}

	getFile(inode: Inode): InodeRow {
		const found = this.get(inode);
		if (found.kind === 'directory') throw new OsError('EISDIR');
		if (found.kind !== 'file') throw new OsError('EINVAL', 'a link has no content');
		return found;
	}

	getDirectory(inode: Inode): InodeRow {
		const found = this.get(inode);
		if (found.kind !== 'directory') throw new OsError('ENOTDIR');
		return found;
	}

	/** Inode numbers are not used again while the volume is open, so that a stale one never means another file. */
	insert(kind: NodeKind, now: number, place: Place & { readonly descriptor: number | undefined }): Inode {
		const inode = this.#number();
		const isDirectory = kind === 'directory';
		this.#insert.run(
			inode,
			nodeKinds.indexOf(kind),
			now,
			isDirectory ? place.parent : null,
			isDirectory ? place.name : null,
			place.descriptor ?? null,
		);
		return inode;
	}

	/** A second inode with all that the row of a file says, and one link. */
	copy(source: Inode): Inode {
		const inode = this.#number();
		this.#copy.run(source, inode);
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

	setTimes(inode: Inode, { accessed, modified }: NewTimes, now: number): void {
		if (modified !== undefined) this.#setModified.run(inode, ...splitTime(modified), now);
		if (accessed !== undefined) this.#setAccessed.run(inode, ...splitTime(accessed), now);
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

	#number(): Inode {
		this.#next ??= (this.#last.first([], (row) => row.number(0)) ?? 0) + 1;
		return this.#next++;
	}

	/** Whether `inode` is `ancestor` or a directory below it. */
	isWithin(inode: Inode, ancestor: Inode): boolean {
		for (let at: Inode | undefined = inode; at !== undefined; at = this.findPlace(at)?.parent) {
			if (at === ancestor) return true;
		}
		return false;
	}
}

export function toStat(row: InodeRow): NodeStat {
	const { inode, kind, size, links, attributes } = row;
	const modifiedTime = joinTime(row.modified);
	return {
		inode,
		kind,
		size,
		links,
		attributes,
		accessedTime: row.accessed === undefined ? modifiedTime : joinTime(row.accessed),
		modifiedTime,
		changedTime: toNanoseconds(row.changed),
		createdTime: toNanoseconds(row.created),
	};
}

function joinTime([milliseconds, rest]: readonly [milliseconds: number, rest: number]): Nanoseconds {
	return toNanoseconds(milliseconds) + BigInt(rest);
}

function splitTime(time: Nanoseconds): [milliseconds: number, rest: number] {
	return [Number(time / 1_000_000n), Number(time % 1_000_000n)];
}

function readInode(inode: Inode, row: Row): InodeRow {
	return {
		inode,
		kind: nodeKinds[row.number(0)] ?? 'file',
		size: row.number(1),
		links: row.number(2),
		attributes: row.number(3),
		modified: [row.number(4), row.number(7)],
		accessed: row.isNull(8) ? undefined : [row.number(8), row.number(9)],
		changed: row.number(5),
		created: row.number(6),
	};
}
