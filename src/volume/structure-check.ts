/**
 * Whether the tables of a volume agree: SQLite's own check of its trees, then the invariants of schema.ts. Takes a time
 * proportional to the volume and cannot be sliced: for `vitrine check` and for tests.
 */
import type { Database } from './database.ts';
import { chunksPerFile } from './schema.ts';

/** Each finds what must not be there. */
const contradictions: readonly (readonly [what: string, sql: string])[] = [
	['names without an inode', 'SELECT count(*) FROM entry WHERE inode NOT IN (SELECT id FROM inode)'],
	[
		'names in no directory',
		'SELECT count(*) FROM entry WHERE parent <> 0 AND parent NOT IN (SELECT id FROM inode WHERE kind = 1)',
	],
	[
		'inodes whose number of names is wrong',
		`SELECT count(*) FROM inode i WHERE i.id <> 1
			AND i.links <> (SELECT count(*) FROM entry e WHERE e.inode = i.id)
				+ (SELECT count(*) FROM version v WHERE v.inode = i.id)`,
	],
	[
		'versions without their content or of no file',
		`SELECT count(*) FROM version WHERE inode NOT IN (SELECT id FROM inode WHERE kind = 0)
			OR (file IS NULL) = (parent IS NULL) OR (parent IS NULL) <> (name IS NULL)
			OR file NOT IN (SELECT id FROM inode WHERE kind = 0)
			OR parent <> 0 AND parent NOT IN (SELECT id FROM inode WHERE kind = 1)`,
	],
	[
		'directories that do not know their place',
		`SELECT count(*) FROM inode i WHERE i.kind = 1 AND i.links > 0 AND i.id <> 1
			AND NOT EXISTS (SELECT 1 FROM entry e WHERE e.parent = i.parent AND e.name = i.name AND e.inode = i.id)`,
	],
	['attributes without a file', 'SELECT count(*) FROM attribute WHERE inode NOT IN (SELECT id FROM inode)'],
	[
		'inodes without their descriptor',
		'SELECT count(*) FROM inode WHERE descriptor IS NOT NULL AND descriptor NOT IN (SELECT id FROM descriptor)',
	],
	['content without a file', `SELECT count(*) FROM chunk WHERE id / ${chunksPerFile} NOT IN (SELECT id FROM inode)`],
	[
		'chunks without their extent',
		'SELECT count(*) FROM chunk WHERE extent IS NOT NULL AND extent NOT IN (SELECT id FROM extent)',
	],
	[
		'extents whose number of users is wrong',
		`SELECT count(*) FROM (
			SELECT e.id, (SELECT count(*) FROM freed f WHERE f.extent = e.id) AS free,
				coalesce((SELECT others FROM share s WHERE s.extent = e.id), 0) AS others, u.users
			FROM extent e LEFT JOIN (SELECT extent, count(*) AS users FROM chunk WHERE extent IS NOT NULL GROUP BY extent) u
			ON u.extent = e.id)
		WHERE coalesce(users, 0) <> iif(free, 0, 1 + others)`,
	],
];

/** Sentences about what is wrong; none when all is well. */
export function checkStructure(database: Database): string[] {
	const problems: string[] = [];
	database.eachText('PRAGMA integrity_check(20)', (line) => {
		if (line !== 'ok') problems.push(line);
	});
	if (problems.length > 0) return problems;
	for (const [what, sql] of contradictions) {
		const count = database.value(sql) ?? 0;
		if (count > 0) problems.push(`${count} ${what}`);
	}
	return problems;
}
