/**
 * The tables of a volume, format version 3 (see docs/formats/volume.md).
 *
 * Invariants:
 * - A file's bytes stand in chunks of `chunkSize` (fs/stored-length.ts); a chunk without a row, and bytes past the end of
 *   a row, are zero. Bytes of a row past the end of the file are zero.
 * - A chunk of at most `inlineLimit` bytes may stand in its row; a larger one stands in an extent, whose length is a
 *   power of two. An extent belongs to `1 + share.others` chunks; one in `freed` belongs to none.
 * - A directory knows its parent and name in its inode row; a file does not, because it may have several names.
 * - `folded` is the name with its case ignored, NULL when that is the name itself.
 * - A symbolic link (kind 2) has its target as its content.
 * - Times are milliseconds; `modified_rest` and `accessed_rest` are the nanoseconds beyond them. An `accessed` that is NULL
 *   (of what was made in version 1) is `modified`.
 * - An inode without a name (`links` = 0) is removed when the volume is opened next, if not before.
 * - A previous version is an inode with one link and no entry, and a row in `version`: with `file`, the inode it was the content
 *   of, or, when that was deleted, with `parent` and `name`, where it stood. `parent` 0: of nobody, to be removed.
 */
import type { VersionReason } from '#abi/structures.generated.ts';
import type { Database } from './database.ts';

export const formatVersion = 3;
/** Bytes of a page. Measured: docs/adr/0008-the-volume-is-one-sqlite-database.md. */
export const pageSize = 8192;
/** Chunks a file can have: 1 TiB. Row numbers of `chunk` are `inode * chunksPerFile + number of the chunk`. */
export const chunksPerFile = 1 << 24;

/** "Vitr" in ASCII: marks the database file as a volume. */
export const applicationId = 0x56697472;
export const rootInode = 1;
/** In the order in which the column numbers them. */
export const versionReasons: readonly VersionReason[] = ['changed', 'replaced', 'deleted', 'restored'];

/** What version 2 has beyond version 1. */
const secondVersion = [
	'ALTER TABLE inode ADD COLUMN accessed NUMERIC',
	'ALTER TABLE inode ADD COLUMN modified_rest INTEGER NOT NULL DEFAULT 0',
	'ALTER TABLE inode ADD COLUMN accessed_rest INTEGER NOT NULL DEFAULT 0',
	'ALTER TABLE inode ADD COLUMN descriptor INTEGER',
	'CREATE TABLE descriptor(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)',
	`CREATE TABLE attribute(
		inode INTEGER NOT NULL, name TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY(inode, name)) WITHOUT ROWID`,
];

/** What version 3 has beyond version 2. */
const thirdVersion = [
	`CREATE TABLE version(
		inode INTEGER PRIMARY KEY, file INTEGER, parent INTEGER, name TEXT, kept NUMERIC NOT NULL, reason INTEGER NOT NULL)`,
	'CREATE INDEX version_file ON version(file, kept) WHERE file IS NOT NULL',
	'CREATE INDEX version_place ON version(parent, name) WHERE parent IS NOT NULL',
	'CREATE INDEX version_kept ON version(kept)',
];

/** What is missing in a volume of the version before, by that version. */
const upgrades: readonly (readonly string[])[] = [[], secondVersion, thirdVersion];

const tables = [
	`CREATE TABLE inode(
		id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, size INTEGER NOT NULL, links INTEGER NOT NULL,
		attributes INTEGER NOT NULL, modified NUMERIC NOT NULL, changed NUMERIC NOT NULL, created NUMERIC NOT NULL,
		parent INTEGER, name TEXT)`,
	...secondVersion,
	'CREATE INDEX inode_unnamed ON inode(id) WHERE links = 0',
	`CREATE TABLE entry(
		parent INTEGER NOT NULL, name TEXT NOT NULL, inode INTEGER NOT NULL, folded TEXT,
		PRIMARY KEY(parent, name)) WITHOUT ROWID`,
	'CREATE INDEX entry_folded ON entry(parent, folded) WHERE folded IS NOT NULL',
	'CREATE TABLE chunk(id INTEGER PRIMARY KEY, extent INTEGER, bytes BLOB)',
	'CREATE TABLE extent(id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)',
	'CREATE TABLE share(extent INTEGER PRIMARY KEY, others INTEGER NOT NULL)',
	'CREATE TABLE freed(extent INTEGER PRIMARY KEY)',
	...thirdVersion,
];

/** Makes the tables and the root directory in one transaction. */
export function createSchema(database: Database, now: number): void {
	database.execute('BEGIN IMMEDIATE');
	for (const sql of tables) database.execute(sql);
	const root = database.prepare(
		'INSERT INTO inode(id, kind, size, links, attributes, modified, changed, created) VALUES(?1, 1, 0, 1, 0, ?2, ?2, ?2)',
	);
	root.run(rootInode, now);
	database.execute(`PRAGMA application_id = ${applicationId}`);
	database.execute(`PRAGMA user_version = ${formatVersion}`);
	database.execute('COMMIT');
}

/**
 * Brings the tables of an older version to this one, in one transaction: an upgrade that is cut off or fails has not begun.
 * `inParts` leaves the transaction out: tests use it to prove that they notice.
 */
export function upgradeSchema(database: Database, from: number, inParts = false): void {
	if (!inParts) database.execute('BEGIN IMMEDIATE');
	try {
		for (const sql of upgrades.slice(from).flat()) database.execute(sql);
		database.execute(`PRAGMA user_version = ${formatVersion}`);
		if (!inParts) database.execute('COMMIT');
	} catch (error) {
		if (database.inTransaction) database.execute('ROLLBACK');
		throw error;
	}
}
