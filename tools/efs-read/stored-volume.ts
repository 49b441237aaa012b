/**
 * A volume at rest, read by what docs/formats/volume.md says and nothing else: a folder with the files `volume` and `log`.
 *
 * Rules of use:
 * - It is opened read-only and nothing in the folder is changed. A log that was not emptied (the power went) has to be
 *   applied by SQLite, which finds it only under a name of its own: then both files are copied to a temporary folder first.
 * - Nobody else may have the volume open meanwhile.
 */
import { copyFileSync, existsSync, mkdtempSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';

const rootInode = 1;
const chunkBytes = 65_536;
const chunksPerFile = 2 ** 24;
const kinds = ['file', 'directory', 'link'] as const;
const knownFormats = [2, 3];

export interface StoredNode {
	readonly inode: number;
	readonly kind: (typeof kinds)[number];
	readonly size: number;
}

export interface StoredEntry extends StoredNode {
	readonly name: string;
}

export class StoredVolume {
	/** Of 16 bytes. */
	readonly identifier: Uint8Array;
	readonly #database: DatabaseSync;
	readonly #temporary: string | undefined;

	constructor(folder: string) {
		this.identifier = readIdentifier(folder);
		const log = path.join(folder, 'log');
		const needsLog = existsSync(log) && firstBytes(log, 32, 0).some((byte) => byte !== 0);
		this.#temporary = needsLog ? copyWithLog(folder) : undefined;
		const file = path.join(this.#temporary ?? folder, 'volume');
		// Immutable: SQLite looks neither for a log nor for locks, and writes nothing.
		const location = needsLog ? file : new URL(`${pathToFileURL(file)}?immutable=1`);
		this.#database = new DatabaseSync(location, { readOnly: !needsLog });
		const format = this.#number('PRAGMA user_version');
		if (!knownFormats.includes(format))
			throw new Error(`The format of this volume is ${format}, which is not known here.`);
	}

	close(): void {
		this.#database.close();
		if (this.#temporary !== undefined) rmSync(this.#temporary, { recursive: true });
	}

	/** What stands at a path from the root, `/Users/Owner/letter.txt`; links are not followed. */
	find(location: string): StoredNode | undefined {
		let inode = rootInode;
		for (const name of location.split('/').filter((part) => part !== '')) {
			const row = this.#first(
				'SELECT inode FROM entry WHERE parent = ? AND name = CAST(? AS TEXT)',
				inode,
				toCesu8(name),
			);
			if (row === undefined) return undefined;
			inode = Number(row.inode);
		}
		const row = this.#first('SELECT kind, size FROM inode WHERE id = ?', inode);
		return row === undefined ? undefined : { inode, kind: kindOf(row.kind), size: Number(row.size) };
	}

	list(directory: number): StoredEntry[] {
		const rows = this.#database
			.prepare(
				`SELECT CAST(e.name AS BLOB) AS name, e.inode, i.kind, i.size
				FROM entry e JOIN inode i ON i.id = e.inode WHERE e.parent = ? ORDER BY e.name`,
			)
			.all(directory);
		return rows.map((row) => ({
			name: fromCesu8(row.name as Uint8Array),
			inode: Number(row.inode),
			kind: kindOf(row.kind),
			size: Number(row.size),
		}));
	}

	/** The stored bytes of a part of a file; holes and what lies beyond the end are zero. */
	read(inode: number, offset: number, length: number): Uint8Array {
		const bytes = new Uint8Array(length);
		const select = this.#database.prepare(
			'SELECT coalesce(e.bytes, c.bytes) AS bytes FROM chunk c LEFT JOIN extent e ON e.id = c.extent WHERE c.id = ?',
		);
		for (let number = Math.floor(offset / chunkBytes); number * chunkBytes < offset + length; number++) {
			const stored = select.get(inode * chunksPerFile + number)?.bytes as Uint8Array | undefined;
			if (stored === undefined) continue;
			const at = number * chunkBytes - offset;
			const part = stored.subarray(Math.max(0, -at), Math.max(0, length - at));
			bytes.set(part.subarray(0, length - Math.max(0, at)), Math.max(0, at));
		}
		return bytes;
	}

	attribute(inode: number, name: string): Uint8Array | undefined {
		const row = this.#first('SELECT value FROM attribute WHERE inode = ? AND name = ?', inode, name);
		return row?.value as Uint8Array | undefined;
	}

	#number(sql: string): number {
		return Number(Object.values(this.#first(sql) ?? {})[0]);
	}

	#first(sql: string, ...parameters: (number | string | Uint8Array)[]): Record<string, unknown> | undefined {
		return this.#database.prepare(sql).get(...parameters);
	}
}

function kindOf(number: unknown): StoredNode['kind'] {
	const kind = kinds[Number(number)];
	if (kind === undefined) throw new Error(`There is no kind ${number} of an inode.`);
	return kind;
}

function copyWithLog(folder: string): string {
	const temporary = mkdtempSync(path.join(tmpdir(), 'efs-read-'));
	copyFileSync(path.join(folder, 'volume'), path.join(temporary, 'volume'));
	copyFileSync(path.join(folder, 'log'), path.join(temporary, 'volume-wal'));
	return temporary;
}

/** From the valid superblock with the higher sequence number; its checksum is left to the volume itself. */
function readIdentifier(folder: string): Uint8Array {
	const blocks = ['superblock-a', 'superblock-b']
		.map((name) => path.join(folder, name))
		.filter((file) => existsSync(file) && statSync(file).size >= 4096)
		.map((file) => firstBytes(file, 4096, 0))
		.filter((bytes) => new TextDecoder().decode(bytes.subarray(0, 8)) === 'VITRINE\0')
		.sort((a, b) => sequenceOf(b) - sequenceOf(a));
	const [newest] = blocks;
	if (newest === undefined) throw new Error(`${folder} is no volume: it has no superblock.`);
	return newest.slice(24, 40);
}

function sequenceOf(block: Uint8Array): number {
	return new DataView(block.buffer, block.byteOffset).getFloat64(16, true);
}

function firstBytes(file: string, length: number, at: number): Uint8Array {
	const bytes = new Uint8Array(length);
	const descriptor = openSync(file, 'r');
	return bytes.subarray(0, readSync(descriptor, bytes, 0, length, at));
}

/** Names in the database: each UTF-16 code unit encoded by itself. */
export function toCesu8(text: string): Uint8Array {
	const bytes: number[] = [];
	for (let place = 0; place < text.length; place++) {
		const unit = text.charCodeAt(place);
		if (unit < 0x80) bytes.push(unit);
		else if (unit < 0x800) bytes.push(0xc0 | (unit >> 6), 0x80 | (unit & 0x3f));
		else bytes.push(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f));
	}
	return Uint8Array.from(bytes);
}

export function fromCesu8(bytes: Uint8Array): string {
	const units: number[] = [];
	const at = (place: number): number => (bytes[place] ?? 0) & 0x3f;
	for (let place = 0; place < bytes.length; ) {
		const lead = bytes[place] ?? 0;
		if (lead < 0x80) units.push(lead);
		else if (lead < 0xe0) units.push(((lead & 0x1f) << 6) | at(place + 1));
		else units.push(((lead & 0xf) << 12) | (at(place + 1) << 6) | at(place + 2));
		place += lead < 0x80 ? 1 : lead < 0xe0 ? 2 : 3;
	}
	return String.fromCharCode(...units);
}
