/**
 * Files that the kernel keeps for itself on the volume, below `/System`: the settings and the events.
 *
 * Rules of use:
 * - They are reached from here by inode, in the same groups of changes as everybody's files: what is written is stored when
 *   the group is.
 * - For processes they can be read and nothing more, whatever their token: `isSealed` says so to the walk of paths.
 */
import { isWithin } from '#base/path.ts';
import type { FileSystem, Inode } from '#fs/file-system.ts';

export const settingsPath = '/System/Settings';
export const eventsPath = '/System/Events';

/** Whether a process may change nothing at `path`: neither what stands there nor, for its folders, their names. */
export function isSealed(path: string | undefined): boolean {
	return path !== undefined && (isWithin(path, settingsPath) || isWithin(path, eventsPath));
}

/** Whether the name of a folder is needed to reach what is sealed, so that it must stay. */
export function holdsSealed(path: string | undefined): boolean {
	return path === '/System' || isSealed(path);
}

export function findPath(fileSystem: FileSystem, path: string): Inode | undefined {
	let inode: Inode | undefined = fileSystem.root;
	for (const name of path.split('/').slice(1)) {
		if (inode === undefined || fileSystem.kindOf(inode) !== 'directory') return undefined;
		inode = fileSystem.find(inode, name);
	}
	return inode;
}

/** The directory at `path`, made with all above it where there is none. */
export function ensureDirectory(fileSystem: FileSystem, path: string): Inode {
	let inode: Inode = fileSystem.root;
	for (const name of path.split('/').slice(1))
		inode = fileSystem.find(inode, name) ?? fileSystem.create(inode, name, 'directory');
	return inode;
}

export function readWhole(fileSystem: FileSystem, inode: Inode): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(fileSystem.stat(inode).size);
	fileSystem.read(inode, 0, bytes);
	return bytes;
}

/** Names in a directory, all of them. */
export function listNames(fileSystem: FileSystem, directory: Inode): string[] {
	const names: string[] = [];
	let cursor = '';
	do {
		const page = fileSystem.list(directory, cursor, 1000);
		names.push(...page.names);
		cursor = page.next;
	} while (cursor !== '');
	return names;
}
