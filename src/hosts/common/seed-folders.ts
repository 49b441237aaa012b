/**
 * Makes sure that the folders of the system stand, before the first process runs. What is there stays as it is.
 *
 * A volume that was started before starts even when a missing folder cannot be made, because the disk is full, say:
 * then there is all the more reason to let the person in.
 */
import { OsError } from '#abi/errors.ts';
import { systemFolders, usersFolder } from '#base/known-folders.ts';
import { splitPath } from '#base/path.ts';
import type { Log } from '#base/ports.ts';
import type { FileSystem, Inode } from '#fs/file-system.ts';

/** Why folders are missing now, or `undefined` when all stand. */
export function seedFolders(fileSystem: FileSystem): OsError | undefined {
	try {
		for (const path of systemFolders) ensureDirectory(fileSystem, path);
		if (fileSystem.dirty) fileSystem.commit();
		return undefined;
	} catch (error) {
		if (fileSystem.dirty) fileSystem.rollback();
		if (error instanceof OsError && findPath(fileSystem, usersFolder) !== undefined) return error;
		throw error;
	}
}

export function logMissingFolders(log: Log, error: OsError): void {
	log.write(
		'warning',
		'start',
		`A folder that belongs to the system is missing and could not be made: ${error.message}`,
	);
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

function findPath(fileSystem: FileSystem, path: string): Inode | undefined {
	let inode: Inode | undefined = fileSystem.root;
	for (const name of splitPath(path)) {
		if (inode === undefined || fileSystem.stat(inode).kind !== 'directory') return undefined;
		inode = fileSystem.find(inode, name);
	}
	return inode;
}
