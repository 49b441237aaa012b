/**
 * The scrub: reads every page of the database and every file through SQLite, and names the files whose bytes are
 * damaged. Works in slices, so that whoever drives it can answer others in between.
 */
import { OsError } from '#abi/errors.ts';
import type { FileSystem, Inode } from '#fs/file-system.ts';
import type { PageFile } from './page-file.ts';

const pagesASlice = 512;
const bytesASlice = 4 << 20;
const entriesAPage = 1000;

/** The page that holds the byte at 1 GiB is never used: SQLite locks there on other systems. */
const lockByte = 0x40000000;

/** Verifies every page up to `count`; returns whether all are right. Yields between slices. */
export function* checkPages(pages: PageFile, pageSize: number, count: number): Generator<void, boolean> {
	const lockPage = Math.floor(lockByte / pageSize) + 1;
	let good = true;
	for (let number = 1; number <= Math.min(count, pages.pageCount); number++) {
		if (number !== lockPage && !pages.verify(number)) good = false;
		if (number % pagesASlice === 0) yield;
	}
	return good;
}

/** Reads every file; returns the paths of those that are damaged, and of directories that cannot be listed. */
export function* checkFiles(files: FileSystem): Generator<void, string[]> {
	const damaged: string[] = [];
	const pending: { path: string; inode: Inode }[] = [{ path: '', inode: files.root }];
	for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
		yield* checkDirectory(files, place, pending, damaged);
	}
	return damaged.sort();
}

function* checkDirectory(
	files: FileSystem,
	directory: { path: string; inode: Inode },
	pending: { path: string; inode: Inode }[],
	damaged: string[],
): Generator<void> {
	let cursor = '';
	do {
		const page = attempt(() => files.list(directory.inode, cursor, entriesAPage));
		if (page === 'removed') return;
		if (page === 'damaged') {
			damaged.push(directory.path === '' ? '/' : directory.path);
			return;
		}
		for (const [index, name] of page.names.entries()) {
			const entry = { path: `${directory.path}/${name}`, inode: page.inodes[index] as Inode };
			if (page.kinds[index] === 1) pending.push(entry);
			const size = page.sizes[index] as number;
			const isGood =
				attempt(() => readAttributes(files, entry.inode)) !== 'damaged' &&
				(page.kinds[index] !== 2 || attempt(() => files.readLink(entry.inode)) !== 'damaged') &&
				(page.kinds[index] !== 0 || (yield* readsWell(files, entry.inode, size)));
			if (!isGood) damaged.push(entry.path);
		}
		cursor = page.next;
	} while (cursor !== '');
}

function readAttributes(files: FileSystem, inode: Inode): void {
	for (const name of files.listExtended(inode)) files.findExtended(inode, name);
}

function* readsWell(files: FileSystem, inode: Inode, size: number): Generator<void, boolean> {
	const buffer = new Uint8Array(Math.min(size, bytesASlice));
	for (let at = 0; at < size; at += buffer.length) {
		if (attempt(() => files.read(inode, at, buffer)) === 'damaged') return false;
		if (size > bytesASlice) yield;
	}
	return true;
}

function attempt<T>(action: () => T): T | 'damaged' | 'removed' {
	try {
		return action();
	} catch (error) {
		if (!(error instanceof OsError)) throw error;
		return error.code === 'ENOENT' ? 'removed' : 'damaged';
	}
}
