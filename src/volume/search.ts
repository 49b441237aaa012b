/** Names below a directory that hold a text, and what stands below a directory: questions over the whole tree. */
import { foldName } from '#base/path.ts';
import { type Inode, type NameHit, type NodeKind, nodeKinds, type Usage } from '#fs/file-system.ts';
import type { Database, Statement } from './database.ts';
import type { Inodes } from './inodes.ts';
import { chunksPerFile, rootInode } from './schema.ts';

interface Match {
	readonly parent: Inode;
	readonly name: string;
	readonly kind: NodeKind;
	readonly size: number;
	readonly modifiedTime: number;
	readonly starts: boolean;
}

interface Hit extends NameHit {
	readonly starts: boolean;
	readonly path: string;
}

const below = `WITH RECURSIVE below(inode) AS (
	SELECT ?1 UNION ALL SELECT e.inode FROM entry e JOIN below b ON e.parent = b.inode)`;

export class TreeQueries {
	readonly #inodes: Inodes;
	readonly #match: Statement;
	readonly #usage: Statement;
	readonly #stored: Statement;

	constructor(database: Database, inodes: Inodes) {
		this.#inodes = inodes;
		this.#match = database.prepare(
			`SELECT m.parent, m.name, i.kind, i.size, i.modified, m.place = 1
			FROM (SELECT parent, name, inode, instr(coalesce(folded, name), ?1) AS place FROM entry) m
			CROSS JOIN inode i ON i.id = m.inode WHERE m.place > 0`,
		);
		this.#usage = database.prepare(
			`${below} SELECT count(*) FILTER (WHERE i.kind <> 1), count(*) FILTER (WHERE i.kind = 1), total(i.size)
			FROM below CROSS JOIN inode i ON i.id = below.inode`,
		);
		this.#stored = database.prepare(
			`${below} SELECT total(coalesce(length(e.bytes), length(c.bytes))) FROM (SELECT DISTINCT inode FROM below) b
			CROSS JOIN chunk c ON c.id BETWEEN b.inode * ${chunksPerFile} AND b.inode * ${chunksPerFile} + ${chunksPerFile - 1}
			LEFT JOIN extent e ON e.id = c.extent`,
		);
	}

	usage(inode: Inode): Usage {
		const storedBytes = this.#stored.first([inode], (row) => row.number(0)) ?? 0;
		return this.#usage.first([inode], (row) => ({
			files: row.number(0),
			directories: row.number(1),
			bytes: row.number(2),
			storedBytes,
		})) as Usage;
	}

	/** Those whose name starts with the query first; in each part by path. */
	search(directory: Inode, query: string, limit: number): NameHit[] {
		const places = new PathCache(this.#inodes, directory);
		const hits: Hit[] = [];
		for (const match of this.#matches(foldName(query))) {
			const above = places.namesTo(match.parent);
			if (above !== undefined) hits.push(toHit(match, above));
		}
		hits.sort((a, b) => Number(b.starts) - Number(a.starts) || (a.path < b.path ? -1 : 1));
		return hits.slice(0, limit).map(({ names, kind, size, modifiedTime }) => ({ names, kind, size, modifiedTime }));
	}

	#matches(folded: string): Match[] {
		const matches: Match[] = [];
		this.#match.each([folded], (row) => {
			matches.push({
				parent: row.number(0),
				name: row.text(1),
				kind: nodeKinds[row.number(2)] ?? 'file',
				size: row.number(3),
				modifiedTime: row.number(4),
				starts: row.number(5) === 1,
			});
		});
		return matches;
	}
}

function toHit(match: Match, above: readonly string[]): Hit {
	const { kind, size, modifiedTime, starts, name } = match;
	const names = [...above, name];
	return { names, kind, size, modifiedTime, starts, path: names.join('/') };
}

/** Names from the root to directories; `undefined` for those that do not stand in the searched one. */
class PathCache {
	readonly #inodes: Inodes;
	readonly #top: Inode;
	readonly #known = new Map<Inode, { names: string[]; within: boolean }>();

	constructor(inodes: Inodes, top: Inode) {
		this.#inodes = inodes;
		this.#top = top;
		this.#known.set(rootInode, { names: [], within: top === rootInode });
	}

	namesTo(directory: Inode): string[] | undefined {
		const place = this.#find(directory);
		return place?.within ? place.names : undefined;
	}

	#find(directory: Inode): { names: string[]; within: boolean } | undefined {
		const known = this.#known.get(directory);
		if (known !== undefined) return known;
		const place = this.#inodes.findPlace(directory);
		const above = place === undefined ? undefined : this.#find(place.parent);
		if (place === undefined || above === undefined) return undefined;
		const found = { names: [...above.names, place.name], within: above.within || directory === this.#top };
		this.#known.set(directory, found);
		return found;
	}
}
