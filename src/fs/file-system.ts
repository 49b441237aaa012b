/**
 * A file system as the kernel sees it: inodes, directories of names, and bytes. Paths, mounts, handles and
 * rights are the kernel's.
 *
 * Rules of use:
 * - Every call is synchronous and is seen at once by the next call.
 * - A change is on stable storage when `commit` has returned. The kernel answers a caller only after that.
 *   When `commit` throws, all changes since the last successful commit are undone, as if never made.
 * - A call that throws has changed nothing. When the file system had to undo the whole group to keep that
 *   promise, it throws `GroupLost`: the kernel then answers every call of the group with that error.
 * - Names are valid (`findNameProblem`); inode numbers come from this file system.
 *
 * Errors: `OsError` with the codes of the contract.
 */
import { type ErrorName, OsError } from '#abi/errors.ts';
import type { PreviousVersions } from './previous-versions.ts';

export type Inode = number;
/** `link` is a symbolic link; `device` stands in a device file system only. */
export type NodeKind = 'file' | 'directory' | 'link' | 'device';

/** Nanoseconds since 1970-01-01T00:00Z. */
export type Nanoseconds = bigint;

export interface NodeStat {
	inode: Inode;
	kind: NodeKind;
	/** Bytes of content; of a link, of its target in UTF-8; 0 for a directory. */
	size: number;
	/** Names that point to it. */
	links: number;
	attributes: number;
	accessedTime: Nanoseconds;
	modifiedTime: Nanoseconds;
	changedTime: Nanoseconds;
	createdTime: Nanoseconds;
}

/** Times to set; one that is absent stays. */
export interface NewTimes {
	readonly accessed?: Nanoseconds | undefined;
	readonly modified?: Nanoseconds | undefined;
}

/** In the order in which columns number them. */
export const nodeKinds: readonly NodeKind[] = ['file', 'directory', 'link', 'device'];

/** Columns of equal length, as `DirectoryPage` of the contract. */
export interface EntryPage {
	names: string[];
	/** Places in `nodeKinds`. */
	kinds: Uint8Array;
	attributes: Uint8Array;
	sizes: Float64Array;
	/** Milliseconds. */
	modifiedTimes: Float64Array;
	inodes: Float64Array;
	/** Cursor of the next page; empty at the end. */
	next: string;
}

/** A name in a directory as it is spelled there. */
export interface Entry {
	name: string;
	inode: Inode;
}

/** A part of a file's content: `end` is the byte after the last. */
export interface ByteRange {
	start: number;
	end: number;
}

export interface NameHit {
	/** Names from this file system's root. */
	names: string[];
	kind: NodeKind;
	size: number;
	/** Milliseconds. */
	modifiedTime: number;
}

export interface Usage {
	files: number;
	directories: number;
	bytes: number;
	/** Bytes that the content takes: holes take none. A file with several names is counted once. */
	storedBytes: number;
}

/** A security descriptor as text, `formatDescriptor` of `security`; a file system does not read it. */
export type DescriptorText = string;

export interface TreeDescriptors {
	readonly directories: ReadonlySet<DescriptorText | undefined>;
	readonly others: ReadonlySet<DescriptorText | undefined>;
}

/** Of a file system that keeps none. */
export const noDescriptors: TreeDescriptors = { directories: new Set(), others: new Set() };

/** All changes since the last commit are gone; the cause says why. */
export class GroupLost extends OsError {
	constructor(code: ErrorName, detail: string, options?: ErrorOptions) {
		super(code, detail, options);
		this.name = 'GroupLost';
	}
}

export interface FileSystem {
	readonly root: Inode;
	readonly readOnly: boolean;
	/** Where it keeps what files held before; absent: it does not. */
	readonly versions?: PreviousVersions | undefined;

	/** The inode of `name`, or `undefined`. In a directory with `attributeBits.ignoresCase` case is ignored. */
	find(directory: Inode, name: string): Inode | undefined;
	/** As `find`; tells how the name is spelled too. */
	findEntry(directory: Inode, name: string): Entry | undefined;
	/** As `findEntry`, with case ignored in every directory: an exact name first, then the first in order. */
	findFolded(directory: Inode, name: string): Entry | undefined;
	stat(inode: Inode): NodeStat;
	/** `stat(inode).kind`, without the rest. */
	kindOf(inode: Inode): NodeKind;
	/** Entries in the order of their names (UTF-16 code units), after `cursor`. */
	list(directory: Inode, cursor: string, limit: number): EntryPage;

	/** Makes an empty file or directory, which ignores case when `directory` does. EEXIST when the name is taken. */
	create(directory: Inode, name: string, kind: 'file' | 'directory', descriptor?: DescriptorText): Inode;
	/** Makes a symbolic link; `target` is kept as it is. EEXIST when the name is taken. */
	createLink(directory: Inode, name: string, target: string, descriptor?: DescriptorText): Inode;
	/** Target of a symbolic link. EINVAL for anything else. */
	readLink(inode: Inode): string;
	/** Adds a name to a file or a symbolic link. EMLINK when it has `maximumLinks`. */
	link(inode: Inode, directory: Inode, name: string): void;
	/** Removes the name of a file or a symbolic link. Its content stays readable while `retain`ed. */
	unlink(directory: Inode, name: string): void;
	removeDirectory(directory: Inode, name: string): void;
	/** Removes `name` and all below it in one step; returns the inodes removed. */
	removeTree(directory: Inode, name: string): Inode[];
	/** One step. With `replace`, a file or an empty directory of the target's name is replaced. */
	rename(from: { directory: Inode; name: string }, to: { directory: Inode; name: string }, replace: boolean): void;

	/** Reads at `offset` into `into`; returns how many bytes there were. Holes read as zero. */
	read(inode: Inode, offset: number, into: Uint8Array): number;
	/** Writes all of `bytes` at `offset`, growing the file where needed. */
	write(inode: Inode, offset: number, bytes: Uint8Array): void;
	truncate(inode: Inode, size: number): void;
	/** The first part at or after `offset` that is stored; what lies between such parts is a hole. */
	findData(inode: Inode, offset: number): ByteRange | undefined;
	/** Stores zeros where a part of the file is a hole or beyond its end, so that it has its room. */
	allocate(inode: Inode, offset: number, length: number): void;
	/** Makes a part of a file zero and gives up its room; the size stays. */
	clear(inode: Inode, offset: number, length: number): void;
	/** Copies a file's content, its time of change and the extended attributes of programs (`user.`) into a new file. */
	copy(inode: Inode, directory: Inode, name: string, descriptor?: DescriptorText): Inode;
	setTimes(inode: Inode, times: NewTimes): void;
	/** EINVAL for `ignoresCase` on what is no directory, EEXIST when names in it differ by their case alone. */
	setAttributes(inode: Inode, attributes: number): void;

	/** Whether it keeps descriptors. One that does not is open to whoever was given it. */
	readonly keepsDescriptors: boolean;
	/** The descriptor of an inode, `undefined` when it has none. Quick: every step of every walk asks. */
	descriptorOf(inode: Inode): DescriptorText | undefined;
	/** ENOTSUP where none are kept. */
	setDescriptor(inode: Inode, descriptor: DescriptorText): void;
	/** The descriptors of what stands at and below `inode`, each once; `undefined` among them: something has none. */
	descriptorsWithin(inode: Inode): TreeDescriptors;

	/** Value of an extended attribute. */
	findExtended(inode: Inode, name: string): Uint8Array | undefined;
	/** Sets it, or removes it with `undefined`. */
	setExtended(inode: Inode, name: string, value: Uint8Array | undefined): void;
	/** In the order of names. */
	listExtended(inode: Inode): string[];

	/** Names below `directory` that contain `query` (case ignored), those that start with it first. */
	search(directory: Inode, query: string, limit: number): NameHit[];
	usage(inode: Inode): Usage;

	/** Keeps an unlinked file's content while it is open; `release` undoes one `retain`. */
	retain(inode: Inode): void;
	release(inode: Inode): void;

	/** Whether there are changes that `commit` would make durable. */
	readonly dirty: boolean;
	/** Makes all changes since the last commit durable, all or none. ENOSPC when there is no room: then none is. */
	commit(): void;
	/** Undoes all changes since the last commit, as if never made. */
	rollback(): void;
}

const nanosecondsPerMs = 1_000_000;

/** Milliseconds as most of the contract tells times. */
export function toMilliseconds(time: Nanoseconds): number {
	return Number(time / 1000n) / 1000;
}

/** From milliseconds, whole or not. */
export function toNanoseconds(milliseconds: number): Nanoseconds {
	const whole = Math.floor(milliseconds);
	return BigInt(whole) * BigInt(nanosecondsPerMs) + BigInt(Math.round((milliseconds - whole) * nanosecondsPerMs));
}

/** Extended attributes whose names start so belong to programs; all others to the system. */
export const programAttributes = 'user.';

/** Most names of one file. */
export const maximumLinks = 32_000;

/** Largest file of any file system: 1 TiB. The kernel refuses more with EFBIG. */
export const maximumFileSize = 2 ** 40;
