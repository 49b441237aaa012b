/** Makes sure that the known folders stand, before the first process runs. What is there stays as it is. */

import { splitPath } from '#base/path.ts';
import type { FileSystem, Inode } from '#fs/file-system.ts';
import { firstFolders } from '#runtime/known-folders.ts';

export function seedFolders(fileSystem: FileSystem): void {
	for (const path of firstFolders) ensureDirectory(fileSystem, path);
	if (fileSystem.dirty) fileSystem.commit();
}

function ensureDirectory(fileSystem: FileSystem, path: string): void {
	let directory: Inode = fileSystem.root;
	for (const name of splitPath(path)) {
		const found = fileSystem.find(directory, name);
		// A file in a folder's place is the person's: it is left alone.
		if (found !== undefined && fileSystem.stat(found).kind !== 'directory') return;
		directory = found ?? fileSystem.create(directory, name, 'directory');
	}
}
