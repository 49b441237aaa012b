/**
 * Makes versions fewer: by their age, by the room that they may take, and, when the disk is full, one after the other.
 *
 * Rules of use: `step` does some of what there is to do and is called in idle moments until it returns false; `giveUp` makes
 * room for something better. Each commits what it removes.
 *
 * How it goes: a pass visits the versions of every file, removes those that the ladder lets go, and counts what the rest alone
 * hold; then the oldest go until that is within the quota. It is begun when something new was kept and the last is some
 * minutes old, or when it is hours old.
 */
import type { Inode } from '#fs/file-system.ts';
import type { Version } from '#fs/previous-versions.ts';
import { findSuperfluous } from './version-ladder.ts';
import type { VersionPlace } from './version-table.ts';
import type { VolumeVersions } from './volume-versions.ts';

const firstPassMs = 30_000;
const passMs = 15 * 60_000;
const idlePassMs = 6 * 3_600_000;
/** Histories that one step visits, versions that one step removes: a few milliseconds. */
const visitedAStep = 50;
const removedAStep = 100;
/** While the disk is full a step's log must be small. */
const givenUpAStep = 16;

type History = { readonly file: Inode } | VersionPlace;

export class VersionThinning {
	readonly #versions: VolumeVersions;
	readonly #now: () => number;
	readonly #change: (make: () => void) => void;
	#pass: Generator<void, void> | undefined;
	/** When a pass ended, or when the volume was opened. */
	#passed: number;
	#isFirst = true;
	#policy: unknown;

	/** `change` runs a change that makes room, and commits it. */
	constructor(versions: VolumeVersions, now: () => number, change: (make: () => void) => void) {
		this.#versions = versions;
		this.#now = now;
		this.#change = change;
		this.#passed = now();
	}

	step(): boolean {
		if (!this.#versions.table.maySome) return false;
		if (this.#removeOrphans()) return true;
		if (this.#pass === undefined && !this.#isDue) return false;
		this.#pass ??= this.#thin();
		if (this.#pass.next().done === true) this.#pass = undefined;
		return true;
	}

	/** Removes some of the oldest; returns whether there were any. */
	giveUp(): boolean {
		return this.#versions.table.maySome && this.#removeOldest(givenUpAStep, () => false);
	}

	get #isDue(): boolean {
		// Who wants fewer of them wants it now.
		if (this.#policy !== undefined && this.#policy !== this.#versions.policy) return true;
		const since = this.#now() - this.#passed;
		if (this.#isFirst) return since >= firstPassMs;
		return since >= (this.#versions.hasNew ? passMs : idlePassMs);
	}

	*#thin(): Generator<void, void> {
		const { policy } = this.#versions;
		this.#policy = policy;
		this.#versions.hasNew = false;
		let bytes = 0;
		for (const histories of this.#histories()) {
			this.#removeSuperfluous(histories);
			for (const history of histories) bytes += this.#versions.table.ownBytes(history);
			yield;
		}
		this.#versions.heldBytes = bytes;
		const isEnough = (): boolean => policy.quotaBytes > 0 && this.#versions.heldBytes <= policy.quotaBytes;
		while (!isEnough() && this.#removeOldest(removedAStep, isEnough)) yield;
		this.#passed = this.#now();
		this.#isFirst = false;
	}

	/** All of them, some at a time. */
	*#histories(): Generator<History[], void> {
		const { table } = this.#versions;
		for (let files = table.filesAfter(0, visitedAStep); files.length > 0; ) {
			yield files.map((file) => ({ file }));
			files = table.filesAfter(files.at(-1) as Inode, visitedAStep);
		}
		for (let places = table.placesAfter({ directory: 0, name: '' }, visitedAStep); places.length > 0; ) {
			yield places;
			places = table.placesAfter(places.at(-1) as VersionPlace, visitedAStep);
		}
	}

	#removeSuperfluous(histories: readonly History[]): void {
		const { table, policy } = this.#versions;
		const all = (history: History): Version[] =>
			'file' in history ? table.ofFile(history.file) : table.ofPlace(history);
		const doomed = histories.flatMap((history) => findSuperfluous(all(history), this.#now(), policy.longestMs));
		for (let at = 0; at < doomed.length; at += removedAStep)
			this.#remove(doomed.slice(at, at + removedAStep).map(({ inode }) => inode));
	}

	/** Until it is enough; returns whether there were any. */
	#removeOldest(limit: number, isEnough: () => boolean): boolean {
		const oldest = this.#versions.table.oldest(limit);
		if (oldest.length > 0) this.#remove(oldest, isEnough);
		else this.#versions.heldBytes = 0;
		return oldest.length > 0;
	}

	#removeOrphans(): boolean {
		const orphans = this.#versions.table.orphans(removedAStep);
		if (orphans.length > 0) this.#remove(orphans);
		return orphans.length > 0;
	}

	#remove(versions: readonly Inode[], isEnough = (): boolean => false): void {
		this.#change(() => {
			for (const inode of versions) {
				if (isEnough()) return;
				this.#versions.remove(inode);
			}
		});
	}
}
