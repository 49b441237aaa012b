/** The calls that look at what stands at a path and change nothing: `path_stat`, `path_list`, `path_search`, … */
import { OsError } from '#abi/errors.ts';
import type { DirectoryPage, SearchHit, TreeUsage } from '#abi/structures.generated.ts';
import { foldName, resolvePath } from '#base/path.ts';
import type { Caller } from '../caller.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import type { Namespace } from '../namespace.ts';
import type { Place } from '../place.ts';
import { maximumRead, readFile, statOf } from './file-calls.ts';
import { maximumEntries } from './node-operations.ts';

export type LookCalls = Pick<
	CallHandlers,
	'path_stat' | 'path_list' | 'path_read' | 'path_search' | 'path_usage' | 'path_resolve'
>;

const maximumHits = 10_000;

export function createLookCalls(kernel: Kernel): LookCalls {
	const find = (caller: Caller, path: string): Place => kernel.find(caller, path);
	return {
		path_stat(caller, path) {
			const { fileSystem, inode } = find(caller, path);
			kernel.leases.settle(fileSystem, inode);
			return statOf(fileSystem.stat(inode));
		},
		path_list(caller, path, cursor, limit) {
			kernel.leases.settleAll();
			return list(find(caller, path), cursor, limit);
		},
		path_read(caller, path, maximum) {
			const place = find(caller, path);
			kernel.leases.settle(place.fileSystem, place.inode);
			return readWhole(place, maximum);
		},
		path_search: (caller, root, query, limit) => search(caller.process.namespace, find(caller, root), query, limit),
		path_usage(caller, path) {
			kernel.leases.settleAll();
			return countUsage(caller.process.namespace, find(caller, path));
		},
		path_resolve: (caller, path) => caller.process.namespace.resolveFolded(absolute(caller, path)),
	};
}

function absolute({ process }: Caller, path: string): string {
	return resolvePath(process.start.workingDirectory, path);
}

function requireDirectory({ fileSystem, inode, path }: Place): void {
	if (fileSystem.stat(inode).kind !== 'directory') throw new OsError('ENOTDIR', path);
}

function list(place: Place, cursor: string, limit: number): DirectoryPage {
	if (limit === 0) throw new OsError('EINVAL', 'limit');
	requireDirectory(place);
	return place.fileSystem.list(place.inode, cursor, Math.min(limit, maximumEntries));
}

function readWhole(place: Place, maximum: number): Uint8Array<ArrayBuffer> {
	const stat = place.fileSystem.stat(place.inode);
	if (stat.kind === 'directory') throw new OsError('EISDIR', place.path);
	if (stat.size > Math.min(maximum, maximumRead)) throw new OsError('EFBIG', place.path);
	return readFile(place, 0, stat.size);
}

/** Searches the file system of `root` and those mounted below it. */
function search(namespace: Namespace, root: Place, query: string, limit: number): SearchHit[] {
	requireDirectory(root);
	if (query === '') throw new OsError('EINVAL', 'query');
	const most = Math.min(limit, maximumHits);
	const hits = searchIn(namespace.rootPathOf(root), root, query, most);
	const mounts = mountsBelow(namespace, root);
	if (mounts.length === 0) return hits;
	for (const mount of mounts) hits.push(...searchIn(mount.path ?? '/', mount, query, most));
	const folded = foldName(query);
	const rank = (hit: SearchHit): number =>
		foldName(hit.path.slice(hit.path.lastIndexOf('/') + 1)).startsWith(folded) ? 0 : 1;
	return hits.sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1)).slice(0, most);
}

function searchIn(mountPath: string, place: Place, query: string, limit: number): SearchHit[] {
	const prefix = mountPath === '/' ? '' : mountPath;
	return place.fileSystem
		.search(place.inode, query, limit)
		.map(({ names, kind, size, modifiedTime }) => ({ path: `${prefix}/${names.join('/')}`, kind, size, modifiedTime }));
}

function countUsage(namespace: Namespace, root: Place): TreeUsage {
	const usage = { ...root.fileSystem.usage(root.inode) };
	for (const { fileSystem, inode } of mountsBelow(namespace, root)) {
		const below = fileSystem.usage(inode);
		usage.files += below.files;
		usage.bytes += below.bytes;
		// The mounted root stands for the directory it covers, which is counted already.
		usage.directories += below.directories - 1;
	}
	return usage;
}

function mountsBelow(namespace: Namespace, { path }: Place): Place[] {
	return path === undefined ? [] : namespace.mountsWithin(path).filter((mount) => mount.path !== path);
}
