/**
 * The port to the PC that the system has for itself. A host gives the kernel one when the page was started from the
 * image; in a tab and in Node there is none.
 *
 * Rules of use:
 * - A call asks by a verb of `PcVerbs`, which names what goes out and what comes back. Whether the caller may is decided
 *   before (`security/pc-access.ts`): the host obeys the kernel.
 * - What takes long is begun by `begin`, which tells how far it is and can be cancelled. A verb that takes bytes is given
 *   them a piece at a time, as fast as the PC has done with those before.
 *
 * Invariants: what it promises is rejected with `OsError` only.
 */
import type { FileSystem } from '#fs/file-system.ts';
import type { PcVerbs } from './pc-verbs.ts';

export type PcVerb = keyof PcVerbs;

/** How far it is; `totalBytes` is 0 while nobody can tell. */
export interface PcProgress {
	/** What is being done now: a word of the verb. */
	readonly step: string;
	readonly doneBytes: number;
	readonly totalBytes: number;
}

export interface PcWork<Result> {
	/** Rejects with ECANCELED when it was cancelled in time. */
	readonly done: Promise<Result>;
	/** Stops it at the next place where that is safe. */
	cancel(): void;
}

/** Bytes that a verb takes. */
export interface PcSource {
	readonly sizeBytes: number;
	/** Exactly `length` bytes from `place` on; asked for from the first to the last, once. */
	read(place: number, length: number): Uint8Array<ArrayBuffer>;
}

export interface PcHost {
	ask<Verb extends PcVerb>(verb: Verb, given: PcVerbs[Verb]['arguments']): Promise<PcVerbs[Verb]['result']>;
	begin<Verb extends PcVerb>(
		verb: Verb,
		given: PcVerbs[Verb]['arguments'],
		onProgress: (progress: PcProgress) => void,
		source?: PcSource,
	): PcWork<PcVerbs[Verb]['result']>;
	/**
	 * The files of a drive that is mounted (`drive.mount`); absent where nothing can be plugged in. What it cannot do any
	 * more is EIO.
	 */
	openDrive?(identifier: string, readOnly: boolean): FileSystem;
}
