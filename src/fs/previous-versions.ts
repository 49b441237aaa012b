/**
 * Previous versions: what files held before they were changed, replaced or deleted, kept by their file system.
 *
 * Rules of use:
 * - `expectChange` before a file may be changed or lose its name: the next change of it, and only the next, keeps what it
 *   holds. Nobody who does not ask is made to wait, and what nobody expects keeps nothing.
 * - A version is an inode: `stat`, `read`, `findExtended`, `descriptorOf` and `copy` of the file system take its number. It is
 *   never changed, and has all extended attributes of its file, those of the system too.
 * - `purge` and `purgeDeleted` are for what must not be kept: a file that is encrypted from now on, or deleted for good.
 *
 * Invariants:
 * - Versions cost a change nothing when they cannot be kept: without room for them none is made, and when room is short they
 *   are the first thing that goes.
 * - What held a version that has gone is overwritten, as for every file.
 */
import type { VersionReason } from '#abi/structures.generated.ts';
import type { Inode } from './file-system.ts';

export interface Version {
	readonly inode: Inode;
	/** Until when it was what the file held, in milliseconds. */
	readonly kept: number;
	readonly reason: VersionReason;
}

/** A version with what it is of: a file that is there, or the folder and name where that stood. */
export interface FoundVersion extends Version {
	readonly of: { readonly file: Inode } | { readonly directory: Inode; readonly name: string };
}

export interface DeletedVersions {
	readonly name: string;
	/** The newest first; at least one. */
	readonly versions: readonly Version[];
}

export interface VersionPolicy {
	/** Nothing is kept of a file whose newest version, or which itself, is younger than this. */
	readonly intervalMs: number;
	/** Versions older than this go. */
	readonly longestMs: number;
	/** Bytes that versions may hold before the oldest go; 0: none are made, and those that there are go. */
	readonly quotaBytes: number;
	/** What is written to larger files is not kept; replacing and deleting them is, because it costs nothing. */
	readonly largestBytes: number;
}

export interface VersionUsage {
	readonly versions: number;
	/** Bytes that nothing but versions holds, as counted last. */
	readonly bytes: number;
	readonly oldest: number | undefined;
}

export interface PreviousVersions {
	/** Of the policy. */
	readonly quotaBytes: number;
	configure(policy: VersionPolicy): void;
	/** The next change of the content of a file, and the end of its last name, keeps what it holds; policy permitting. */
	expectChange(file: Inode): void;
	/** Makes a change that belongs to one before it: it keeps nothing of the file, however expected. */
	withoutKeeping<T>(file: Inode, change: () => T): T;
	/** Of a file that is there; the newest first. */
	list(file: Inode): Version[];
	/** Of what had the name before it was deleted; the newest first. */
	listDeleted(directory: Inode, name: string): Version[];
	/** Names of the folder of which versions are kept and which are not there any more, in their order. */
	deletedIn(directory: Inode): DeletedVersions[];
	find(version: Inode): FoundVersion | undefined;
	/** Gives a file the content and extended attributes of a version of it; returns the version that holds what it held. */
	restore(file: Inode, version: Inode): Inode;
	/** Gives a deleted file its name again, with the content of a version. EEXIST when the name is taken. */
	restoreDeleted(directory: Inode, name: string, version: Inode): Inode;
	/** Removes one version. */
	erase(version: Inode): void;
	/** Removes all versions of a file that is there; returns how many. */
	purge(file: Inode): number;
	/** Removes all versions of what had a name before it was deleted; returns how many. */
	purgeDeleted(directory: Inode, name: string): number;
	usage(): VersionUsage;
}
