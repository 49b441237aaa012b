/**
 * The scrub: reads every page of the database and every file through SQLite, and names the files whose bytes are
 * damaged. Works in slices, so that whoever drives it can answer others in between.
 */
import { OsError } from '#abi/errors.ts';
import type { FileSystem, Inode } from '#fs/file-system.ts';
import type { Version } from '#fs/previous-versions.ts';
import type { ScrubResult, SlicedWork, WorkProgress } from '#fs/system-volume.ts';
import type { PageFile } from './page-file.ts';

const pagesASlice = 256;
const bytesASlice = 2 << 20;
const entriesAPage = 1000;

/** The page that holds the byte at 1 GiB is never used: SQLite locks there on other systems. */
const lockByte = 0x40000000;

export interface Scrubbed {
	readonly files: FileSystem;
	readonly pages: PageFile;
	readonly pageSize: number;
	readonly pageCount: number;
	/** Bytes of content of all files. */
	readonly contentBytes: number;
	/** Makes SQLite read again what it holds in memory, which would hide damage. */
	forgetCached(): void;
}

/** Verifies every page; when some are damaged, reads every file to name those that are. */
export function* scrubVolume(volume: Scrubbed): SlicedWork<ScrubResult> {
	const { pages, pageSize, pageCount } = volume;
	const mendedBefore = pages.counters.mended;
	const pageBytes = pageCount * pageSize;
	const bad = yield* findDamagedPages(volume, pageBytes);
	const mendedPages = pages.counters.mended - mendedBefore;
	if (bad.length === 0) return { damaged: [], mendedPages, damagedPages: 0 };
	volume.forgetCached();
	const damaged = yield* checkFiles(volume.files, {
		doneBytes: pageBytes,
		totalBytes: pageBytes + volume.contentBytes,
	});
	return { damaged: damaged.length > 0 ? damaged : ['/'], mendedPages, damagedPages: bad.length };
}

/** The numbers of the pages that do not fit their checksum. */
export function* findDamagedPages(
	{ pages, pageSize, pageCount }: Pick<Scrubbed, 'pages' | 'pageSize' | 'pageCount'>,
	totalBytes: number,
): SlicedWork<number[]> {
	const lockPage = lockPageOf(pageSize);
	const damaged: number[] = [];
	for (let number = 1; number <= Math.min(pageCount, pages.pageCount); number++) {
		if (number !== lockPage && !pages.verify(number)) damaged.push(number);
		if (number % pagesASlice === 0) yield { doneBytes: number * pageSize, totalBytes };
	}
	return damaged;
}

/** The page of which SQLite makes no use. */
export function lockPageOf(pageSize: number): number {
	return Math.floor(lockByte / pageSize) + 1;
}

/** Counts bytes from where the work before has ended. */
class Progress implements WorkProgress {
	doneBytes: number;
	totalBytes: number;

	constructor({ doneBytes, totalBytes }: WorkProgress) {
		this.doneBytes = doneBytes;
		this.totalBytes = totalBytes;
	}

	/** As it is now; files may have come since the work was begun. */
	add(bytes: number): WorkProgress {
		this.doneBytes += bytes;
		this.totalBytes = Math.max(this.totalBytes, this.doneBytes);
		return { doneBytes: this.doneBytes, totalBytes: this.totalBytes };
	}
}

/** Reads every file; returns the paths of those that are damaged, and of directories that cannot be listed. */
function* checkFiles(files: FileSystem, begun: WorkProgress): SlicedWork<string[]> {
	const damaged: string[] = [];
	const progress = new Progress(begun);
	const pending: { path: string; inode: Inode }[] = [{ path: '', inode: files.root }];
	for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
		yield progress.add(0);
		yield* checkDirectory({ files, damaged, progress, pending }, place);
	}
	return damaged.sort();
}

interface Checking {
	readonly files: FileSystem;
	readonly damaged: string[];
	readonly progress: Progress;
	readonly pending: { path: string; inode: Inode }[];
}

function* checkDirectory(
	checking: Checking,
	directory: { path: string; inode: Inode },
): Generator<WorkProgress, undefined> {
	const { files, damaged, pending } = checking;
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
				(page.kinds[index] !== 0 || (yield* readsWell(checking, entry.inode, size)));
			if (!isGood) damaged.push(entry.path);
			if (page.kinds[index] === 0) yield* checkVersions(checking, entry.path, () => files.versions?.list(entry.inode));
		}
		cursor = page.next;
	} while (cursor !== '');
	yield* checkDeleted(checking, directory);
}

/** What the report says of a file whose previous version is damaged; the file itself may be whole. */
const ofVersion = (path: string): string => `${path} (a previous version)`;

function* checkVersions(
	checking: Checking,
	path: string,
	list: () => readonly Version[] | undefined,
): Generator<WorkProgress, undefined> {
	const { files, damaged } = checking;
	const versions = attempt(list) ?? [];
	if (versions === 'removed') return;
	for (const { inode } of versions === 'damaged' ? [] : versions) {
		const size = attempt(() => {
			readAttributes(files, inode);
			return files.stat(inode).size;
		});
		if (size === 'removed' || (size !== 'damaged' && (yield* readsWell(checking, inode, size)))) continue;
		damaged.push(ofVersion(path));
		return;
	}
	if (versions === 'damaged') damaged.push(ofVersion(path));
}

function* checkDeleted(
	checking: Checking,
	{ path, inode }: { path: string; inode: Inode },
): Generator<WorkProgress, undefined> {
	const { files, damaged } = checking;
	const deleted = attempt(() => files.versions?.deletedIn(inode)) ?? [];
	if (deleted === 'removed') return;
	if (deleted === 'damaged') damaged.push(ofVersion(path === '' ? '/' : path));
	else for (const { name, versions } of deleted) yield* checkVersions(checking, `${path}/${name}`, () => versions);
}

function readAttributes(files: FileSystem, inode: Inode): void {
	for (const name of files.listExtended(inode)) files.findExtended(inode, name);
}

function* readsWell({ files, progress }: Checking, inode: Inode, size: number): Generator<WorkProgress, boolean> {
	const buffer = new Uint8Array(Math.min(size, bytesASlice));
	for (let at = 0; at < size; at += buffer.length) {
		if (attempt(() => files.read(inode, at, buffer)) === 'damaged') return false;
		const now = progress.add(Math.min(buffer.length, size - at));
		if (size > bytesASlice) yield now;
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
