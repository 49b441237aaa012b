/** What the cases of the file system suite share. */
import assert from 'node:assert/strict';
import { OsError } from '#abi/errors.ts';
import type { FileSystem, Inode, Usage } from '#fs/file-system.ts';

export type Case = readonly [title: string, run: (fileSystem: FileSystem) => void];

export const text = (value: string): Uint8Array => new TextEncoder().encode(value);

export function readAll(fileSystem: FileSystem, inode: Inode): Uint8Array {
	const bytes = new Uint8Array(fileSystem.stat(inode).size);
	assert.equal(fileSystem.read(inode, 0, bytes), bytes.length);
	return bytes;
}

export function readText(fileSystem: FileSystem, inode: Inode): string {
	return new TextDecoder().decode(readAll(fileSystem, inode));
}

export function writeFile(fileSystem: FileSystem, directory: Inode, name: string, content: string): Inode {
	const inode = fileSystem.create(directory, name, 'file');
	fileSystem.write(inode, 0, text(content));
	return inode;
}

export function assertFails(code: string, action: () => unknown): void {
	assert.throws(action, (error: unknown) => {
		assert.ok(error instanceof OsError, `an OsError, not ${String(error)}`);
		assert.equal(error.code, code);
		return true;
	});
}

/** Usage without what depends on how content is stored. */
export function counts(fileSystem: FileSystem, inode: Inode): Omit<Usage, 'storedBytes'> {
	const { files, directories, bytes } = fileSystem.usage(inode);
	return { files, directories, bytes };
}
