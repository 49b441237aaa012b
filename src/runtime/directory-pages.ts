/** A whole directory, read page by page. */
import type { DirectoryPage, NodeKind } from '#abi/structures.generated.ts';
import type { System } from './system.ts';

export interface DirectoryEntry {
	readonly name: string;
	readonly kind: NodeKind;
	readonly attributes: number;
	readonly size: number;
	readonly modifiedTime: number;
	readonly inode: number;
}

const pageEntries = 25_000;

/** The pages of a directory in order; a change in between may be seen or not. */
export async function* listPages(system: System, path: string, limit = pageEntries): AsyncGenerator<DirectoryPage> {
	let cursor = '';
	do {
		const page = await system.pathList(path, cursor, limit);
		yield page;
		cursor = page.next;
	} while (cursor !== '');
}

export async function listDirectory(system: System, path: string): Promise<DirectoryEntry[]> {
	const entries: DirectoryEntry[] = [];
	for await (const page of listPages(system, path)) {
		for (const [index, name] of page.names.entries()) {
			entries.push({
				name,
				kind: page.kinds[index] === 1 ? 'directory' : 'file',
				attributes: page.attributes[index] ?? 0,
				size: page.sizes[index] ?? 0,
				modifiedTime: page.modifiedTimes[index] ?? 0,
				inode: page.inodes[index] ?? 0,
			});
		}
	}
	return entries;
}
