/** The file system at the root of the system: a `FileSystem` that can tell of itself and verify itself. */
import type { VolumeStatus } from '#abi/structures.generated.ts';
import type { FileSystem } from './file-system.ts';

export type { VolumeStatus };

export interface SystemVolume extends FileSystem {
	/** What can be done for what is stored; absent where nothing is. */
	readonly care?: VolumeCare | undefined;
	status(): VolumeStatus;
	/** Reads everything and verifies every checksum; returns the paths whose bytes are damaged. */
	check(): string[] | Promise<string[]>;
	/**
	 * Erases what was deleted or overwritten, wherever the host's files still have it; other calls may come meanwhile. What
	 * was freed after it was called may stay for a while.
	 */
	eraseFreed(): void | Promise<void>;
	/** Releases the files of the host. Nothing may be called afterwards. */
	close(): void;
}

export interface WorkProgress {
	readonly doneBytes: number;
	readonly totalBytes: number;
}

/** Work in slices of some milliseconds: whoever drives it answers others in between, and may stop at any slice. */
export type SlicedWork<T> = Generator<WorkProgress, T>;

export interface ScrubResult {
	/** Paths whose bytes are damaged; `/` when the damage is in no file. */
	readonly damaged: readonly string[];
	/** Pages that were put right on the way. */
	readonly mendedPages: number;
	readonly damagedPages: number;
}

export interface RepairResult {
	/** Pages that were made anew from what else is stored. */
	readonly rebuiltPages: number;
	/** Pages that stay damaged. */
	readonly damagedPages: number;
}

/** Nothing may wait for a commit when one of these is begun. */
export interface VolumeCare {
	/** Reads all that is stored and verifies it. */
	scrub(): SlicedWork<ScrubResult>;
	/** Makes damaged pages anew whose content follows from others. Not in slices: it takes as long as a scrub. */
	repair(): RepairResult;
	/** Gives all free room back to the host; returns how many bytes. */
	compact(): SlicedWork<number>;
	/** A copy of the whole volume as of now, while others go on. EBUSY while there is another. */
	openExport(): VolumeExport;
}

/** The bytes of an exported volume (docs/formats/volume.md). */
export interface VolumeExport {
	readonly size: number;
	/** Returns how many bytes there were. ECANCELED when more was written meanwhile than could be held back. */
	read(offset: number, into: Uint8Array): number;
	close(): void;
}
