/** The calls that look at what stands at a path and change nothing: `path_stat`, `path_list`, `path_search`, … */
import { accessRights } from '#abi/access.ts';
import { OsError } from '#abi/errors.ts';
import type { DirectoryPage, SearchHit, TreeUsage } from '#abi/structures.generated.ts';
import { foldName, resolvePath } from '#base/path.ts';
import { nodeKinds } from '#fs/file-system.ts';
import type { Caller } from '../caller.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import type { Namespace } from '../namespace.ts';
import { below, type Place } from '../place.ts';
import { makeVisible } from '../visible-paths.ts';
import { maximumRead, readFile, statOf } from './file-calls.ts';
import { maximumEntries } from './node-operations.ts';

export type LookCalls = Pick<
	CallHandlers,
	| 'path_stat'
	| 'path_stat_link'
	| 'path_read_link'
	| 'path_list'
	| 'path_read'
	| 'path_search'
	| 'path_usage'
	| 'path_resolve'
>;

const maximumHits = 10_000;

export function createLookCalls(kernel: Kernel): LookCalls {
	const find = (caller: Caller, path: string, desired: number): Place => {
		const place = kernel.find(caller, path);
		kernel.access.require(caller.process, place, desired);
		return place;
	};
	const findItself = (caller: Caller, path: string, desired: number): Place => {
		const { place } = kernel.walk(caller, path, false);
		if (place === undefined) throw new OsError('ENOENT', path);
		kernel.access.require(caller.process, place, desired);
		return place;
	};
	return {
		path_stat(caller, path) {
			const { fileSystem, inode } = find(caller, path, accessRights.readAttributes);
			kernel.leases.settle(fileSystem, inode);
			return statOf(fileSystem.stat(inode));
		},
		path_stat_link(caller, path) {
			const { fileSystem, inode } = findItself(caller, path, accessRights.readAttributes);
			kernel.leases.settle(fileSystem, inode);
			return statOf(fileSystem.stat(inode));
		},
		path_read_link(caller, path) {
			const { fileSystem, inode } = findItself(caller, path, accessRights.readData);
			return fileSystem.readLink(inode);
		},
		path_list(caller, path, cursor, limit) {
			kernel.leases.settleAll();
			return list(find(caller, path, accessRights.readData), cursor, limit);
		},
		path_read(caller, path, maximum) {
			const place = find(caller, path, accessRights.readData);
			kernel.leases.settle(place.fileSystem, place.inode);
			return readWhole(place, maximum);
		},
		path_search: (caller, root, query, limit) =>
			search(kernel, caller, find(caller, root, accessRights.readData), { query, limit }),
		path_usage(caller, path) {
			kernel.leases.settleAll();
			return countUsage(kernel, caller, find(caller, path, accessRights.readAttributes));
		},
		path_resolve: (caller, path) =>
			caller.process.namespace.resolveFolded(absolute(caller, path), kernel.admitting(caller.process)),
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

interface Search {
	readonly query: string;
	readonly limit: number;
}

/** Searches the file system of `root` and those mounted below it. */
function search(kernel: Kernel, caller: Caller, root: Place, { query, limit }: Search): SearchHit[] {
	requireDirectory(root);
	if (query === '') throw new OsError('EINVAL', 'query');
	const { namespace } = caller.process;
	const places = [{ place: root, path: namespace.rootPathOf(root) }];
	for (const place of mountsBelow(namespace, root)) places.push({ place, path: place.path ?? '/' });
	const most = Math.min(limit, maximumHits);
	const hits = places.flatMap(({ place, path }) => {
		if (kernel.access.seesAll(caller.process, place)) return searchIn(path, place, query, most);
		const isVisible = makeVisible(kernel, caller.process, path);
		return searchIn(path, place, query, maximumHits).filter((hit) => isVisible(hit.path));
	});
	if (places.length === 1) return hits.slice(0, most);
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

/** What the caller cannot list is not counted. */
function countUsage(kernel: Kernel, caller: Caller, root: Place): TreeUsage {
	const usage = usageOf(kernel, caller, root);
	for (const mount of mountsBelow(caller.process.namespace, root)) {
		const below = usageOf(kernel, caller, mount);
		usage.files += below.files;
		usage.bytes += below.bytes;
		usage.storedBytes += below.storedBytes;
		// The mounted root stands for the directory it covers, which is counted already.
		usage.directories += below.directories - 1;
	}
	return usage;
}

function usageOf(kernel: Kernel, caller: Caller, place: Place): TreeUsage {
	if (kernel.access.seesAll(caller.process, place)) return { ...place.fileSystem.usage(place.inode) };
	const usage = { files: 0, directories: 1, bytes: 0, storedBytes: 0 };
	const pending = [place];
	const counted = new Set<number>();
	for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
		if (!kernel.access.allows(caller.process, at, accessRights.readData)) continue;
		countEntries(at, usage, { pending, counted });
	}
	return usage;
}

interface Counting {
	readonly pending: Place[];
	/** Files with several names count once for what they store. */
	readonly counted: Set<number>;
}

function countEntries(at: Place, usage: TreeUsage, { pending, counted }: Counting): void {
	const { names, kinds, sizes, inodes } = at.fileSystem.list(at.inode, '', Number.MAX_SAFE_INTEGER);
	for (const [index, name] of names.entries()) {
		const inode = inodes[index] as number;
		if (nodeKinds[kinds[index] as number] === 'directory') {
			usage.directories++;
			pending.push(below(at, name, inode));
		} else {
			usage.files++;
			usage.bytes += sizes[index] as number;
			if (!counted.has(inode)) usage.storedBytes += at.fileSystem.usage(inode).storedBytes;
			counted.add(inode);
		}
	}
}

function mountsBelow(namespace: Namespace, { path }: Place): Place[] {
	return path === undefined ? [] : namespace.mountsWithin(path).filter((mount) => mount.path !== path);
}
