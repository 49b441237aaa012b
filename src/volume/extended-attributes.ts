/** The extended attributes of inodes. Callers hold the rules; this knows the table. */
import { type Inode, programAttributes } from '#fs/file-system.ts';
import type { Database, Statement } from './database.ts';

export class ExtendedAttributes {
	readonly #find: Statement;
	readonly #put: Statement;
	readonly #remove: Statement;
	readonly #list: Statement;
	readonly #removeAll: Statement;
	readonly #copy: Statement;
	readonly #copyAll: Statement;

	constructor(database: Database) {
		this.#find = database.prepare('SELECT value FROM attribute WHERE inode = ? AND name = ?');
		this.#put = database.prepare('INSERT OR REPLACE INTO attribute VALUES(?, ?, ?)');
		this.#remove = database.prepare('DELETE FROM attribute WHERE inode = ? AND name = ?');
		this.#list = database.prepare('SELECT name FROM attribute WHERE inode = ? ORDER BY name');
		this.#removeAll = database.prepare('DELETE FROM attribute WHERE inode = ?');
		this.#copy = database.prepare(
			`INSERT INTO attribute SELECT ?2, name, value FROM attribute
			WHERE inode = ?1 AND substr(name, 1, ${programAttributes.length}) = '${programAttributes}'`,
		);
		this.#copyAll = database.prepare('INSERT INTO attribute SELECT ?2, name, value FROM attribute WHERE inode = ?1');
	}

	find(inode: Inode, name: string): Uint8Array | undefined {
		return this.#find.first([inode, name], (row) => row.bytes(0).slice());
	}

	/** Sets it, or removes it with `undefined`. */
	set(inode: Inode, name: string, value: Uint8Array | undefined): void {
		if (value === undefined) this.#remove.run(inode, name);
		else this.#put.run(inode, name, value);
	}

	list(inode: Inode): string[] {
		const names: string[] = [];
		this.#list.each([inode], (row) => {
			names.push(row.text(0));
		});
		return names;
	}

	removeAll(inode: Inode): void {
		this.#removeAll.run(inode);
	}

	/** Gives `target` those of `source` that belong to programs. */
	copy(source: Inode, target: Inode): void {
		this.#copy.run(source, target);
	}

	/** Gives `target`, which has none, all of `source`, those of the system too. */
	copyAll(source: Inode, target: Inode): void {
		this.#copyAll.run(source, target);
	}
}
