/**
 * What the volume does beside its calls: moving the log into the database, erasing freed extents, giving room back to
 * the host, keeping the reserve whole.
 *
 * Rules of use:
 * - It works in small steps when the volume has been idle for a moment, or has not been for seconds, and only between
 *   groups.
 * - A failure here harms nothing that was stored; it is kept in `problem` and tried again later.
 */
import { OsError } from '#abi/errors.ts';
import { BlockFileError, type Clock } from '#base/ports.ts';
import type { Database, Statement } from './database.ts';
import type { VolumeStorage } from './volume-storage.ts';

/** The log is moved into the database when it has grown to this, even if the volume is busy. */
const largestLogBytes = 16 << 20;
const extensionAhead = 1 << 20;
const idleMs = 400;
/** Work is done after this even if the volume is never idle. */
const longestWaitMs = 5000;
const stepMs = 5;
const growthStep = 4 << 20;
const extentsAStep = 32;
const pagesAStep = 256;
/** While there is little or no reserve, steps are small; once it is given up, each commit empties the log. */
const comfortableReserve = 16 << 20;
const extentsASmallStep = 4;
const pagesASmallStep = 24;
/** Free pages that are kept in the database, because new files will need them soon. */
const keptFreePages = 2048;
const retryMs = 1000;
/** What the log may grow to while the database must stay as it is. */
const largestHeldLog = 1 << 30;

export interface Work {
	/** Whether a group is open. */
	busy(): boolean;
	/** Removes some names of large trees that were removed, in a group of its own; returns whether there were any. */
	dropRemoved(): boolean;
	/** Erases some freed extents in a group of its own and commits; returns whether there were any. */
	dropFreed(limit: number): boolean;
	/** Removes some previous versions that need not stay, likewise. */
	thinVersions(): boolean;
	/** Removes some previous versions because there is no room, likewise. */
	giveUpVersions(): boolean;
	/** Whether what the open group adds has its room in versions that can be given up. */
	isBacked(): boolean;
}

export class Housekeeping {
	readonly #storage: VolumeStorage;
	readonly #clock: Clock;
	readonly #work: Work;
	readonly #checkpoint: Statement;
	readonly #truncateLog: Statement;
	readonly #freePages: Statement;
	readonly #pageCount: Statement;
	readonly #vacuum: Statement;
	readonly #vacuumLittle: Statement;
	#cancel: (() => void) | undefined;
	#closed = false;
	#hostIsFull = false;
	#nextAttempt = 0;
	#lastCommit = Number.NEGATIVE_INFINITY;
	/** Told when the database cannot be kept as it is any longer. */
	#onHoldLost: (() => void) | undefined;
	/** Since when there has been something to do. */
	#waitingSince: number | undefined;
	/** Whether it may use the reserve now. */
	working = false;
	problem: unknown;

	constructor(database: Database, storage: VolumeStorage, clock: Clock, work: Work) {
		this.#storage = storage;
		this.#clock = clock;
		this.#work = work;
		this.#checkpoint = database.prepare('PRAGMA wal_checkpoint(PASSIVE)');
		this.#truncateLog = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)');
		this.#pageCount = database.prepare('PRAGMA page_count');
		this.#freePages = database.prepare('PRAGMA freelist_count');
		this.#vacuum = database.prepare(`PRAGMA incremental_vacuum(${pagesAStep})`);
		this.#vacuumLittle = database.prepare(`PRAGMA incremental_vacuum(${pagesASmallStep})`);
	}

	/** Throws ENOSPC while the reserve is given up: what needs room must not eat what was freed by deleting. */
	admitGrowth(): void {
		if (!this.#storage.reserve.released) return;
		this.loseHold();
		if (!this.#work.busy() && this.#clock.monotonic() >= this.#nextAttempt) {
			this.#nextAttempt = this.#clock.monotonic() + retryMs;
			this.#hostIsFull = false;
			while (this.step());
			if (!this.#storage.reserve.released) this.#nextAttempt = 0;
		}
		if (this.#work.busy() && this.#work.isBacked()) return;
		if (this.#storage.reserve.released) throw new OsError('ENOSPC');
	}

	/** Whether the host had room when it was asked last. */
	get hasRoom(): boolean {
		return !this.#hostIsFull && !this.#storage.reserve.released;
	}

	/**
	 * Before a commit: makes sure that what is in the log will have room in the database. As long as that takes no more
	 * than half of the reserve, the reserve stands for it; more is allocated now, while the group can still be refused.
	 */
	secureRoom(): void {
		const { pages, pageSize, reserve } = this.#storage;
		const needed = (this.#pageCount.first([], (row) => row.number(0)) ?? 0) * pageSize;
		if (needed - pages.size > reserve.size / 2) this.#extend(needed);
	}

	/** Allocates more than is needed if it can, because the next commit will need some too. */
	#extend(needed: number): void {
		const { pages } = this.#storage;
		try {
			pages.extend(needed + extensionAhead);
		} catch (error) {
			if (!(error instanceof BlockFileError) || error.reason !== 'full') throw error;
			pages.extend(needed);
		}
	}

	committed(): void {
		this.#try(() => this.#relieveLog());
		this.#lastCommit = this.#clock.monotonic();
		this.schedule(idleMs);
	}

	/** What the failed commit wrote must not come back after a crash. When even that fails, it may. */
	commitFailed(): void {
		this.#try(() => this.#storage.log.dropTail());
	}

	/**
	 * Moves all of the log into the database, and nothing more until `letGo`: commits go to the log. When that has grown too
	 * large, or its room is needed, `onLost` is called and the work goes on.
	 */
	hold(onLost: () => void): void {
		this.moveLog();
		this.#onHoldLost = onLost;
	}

	letGo(): void {
		this.#onHoldLost = undefined;
		this.schedule(idleMs);
	}

	/** Whether the database must stay as it is; gives that up where it cannot. */
	#keepsStill(): boolean {
		const { log, reserve } = this.#storage;
		if (this.#onHoldLost === undefined) return false;
		if (log.pending < largestHeldLog && !reserve.released && !this.#hostIsFull) return true;
		this.loseHold();
		return false;
	}

	/** What is held is given up. */
	loseHold(): void {
		this.#onHoldLost?.();
		this.#onHoldLost = undefined;
	}

	schedule(delayMs: number): void {
		if (this.#closed || this.#cancel !== undefined) return;
		this.#waitingSince ??= this.#clock.monotonic();
		this.#cancel = this.#clock.after(delayMs, () => {
			this.#cancel = undefined;
			this.#stepWhenIdle();
		});
	}

	#stepWhenIdle(): void {
		const now = this.#clock.monotonic();
		const isPatient = now - (this.#waitingSince ?? now) < longestWaitMs;
		const rest = this.#lastCommit + idleMs - now;
		if (this.#work.busy()) this.schedule(idleMs);
		else if (rest > 0 && isPatient) this.schedule(rest);
		else if (this.step(rest <= 0)) this.schedule(stepMs);
		else this.#waitingSince = undefined;
	}

	stop(): void {
		this.#closed = true;
		this.#cancel?.();
		this.#cancel = undefined;
	}

	/** Does some of what there is to do; returns whether there may be more. A busy volume keeps its log. */
	step(isIdle = true): boolean {
		if (this.#keepsStill()) return false;
		let more = false;
		this.#try(() => {
			this.#renewSuperblock();
			more =
				this.#dropFreed() ||
				this.#thinVersions() ||
				this.#shrink() ||
				this.#growReserve() ||
				this.#giveUpVersions() ||
				this.#emptyLog(isIdle) ||
				this.#prepareLog();
		});
		return more && !this.#closed;
	}

	/** Erases some freed extents, or in the end the log; returns whether there is more. Throws when the host fails. */
	eraseSome(): boolean {
		// What somebody wants gone is worth more than an export, which can be made again.
		this.loseHold();
		if (this.#dropFreed()) return true;
		this.#emptyLog(true);
		return false;
	}

	/** Moves what the log holds into the database. */
	checkpoint(): void {
		if (this.#keepsStill()) return;
		const all = this.#working(() => this.#checkpoint.first([], (row) => row.number(1) === row.number(2)));
		if (all) this.#storage.log.pending = 0;
	}

	/** Moves all of the log into the database, or throws. */
	moveLog(): void {
		if (this.#onHoldLost !== undefined) throw new OsError('EBUSY', 'the volume is being exported');
		this.#working(() => this.#truncateLog.run());
		if (this.#storage.log.size > 0) throw new OsError('EBUSY', 'the log of the volume is in use');
	}

	/** Bytes that belong to nothing. */
	get freeBytes(): number {
		return this.#countFreePages() * this.#storage.pageSize;
	}

	/** Erases what was freed, and gives some of all free room back to the host; returns whether there may be more. */
	compactStep(): boolean {
		if (this.#onHoldLost !== undefined) throw new OsError('EBUSY', 'the volume is being exported');
		// Between two groups there is time again.
		if (this.#work.busy()) return true;
		if (this.#dropFreed() || this.#shrink(0)) return true;
		this.moveLog();
		return false;
	}

	#renewSuperblock(): void {
		const { superblocks } = this.#storage;
		if (superblocks.damagedCount > 0) superblocks.update({});
	}

	#dropFreed(): boolean {
		const limit = this.#isTight ? extentsASmallStep : extentsAStep;
		const dropped = this.#working(() => this.#work.dropRemoved() || this.#work.dropFreed(limit));
		if (!dropped) return false;
		this.#hostIsFull = false;
		this.#relieveLog();
		return true;
	}

	#thinVersions(): boolean {
		return this.#working(() => this.#work.thinVersions());
	}

	/** Until the reserve is whole: versions are the first thing that a full disk takes. */
	#giveUpVersions(): boolean {
		if (!this.#storage.reserve.released || !this.#working(() => this.#work.giveUpVersions())) return false;
		this.#relieveLog();
		return true;
	}

	/** Gives free pages at the end of the database back to the host. */
	#shrink(kept = this.#storage.reserve.released ? 0 : keptFreePages): boolean {
		const free = this.#countFreePages();
		if (free <= kept) return false;
		this.#working(() => this.#runVacuum());
		this.#relieveLog();
		const left = this.#countFreePages();
		// Only the checkpoint shortens the file.
		if (left <= kept) this.checkpoint();
		return left < free;
	}

	/** Whether steps must be small, because the reserve could not hold the log of a large one. */
	get #isTight(): boolean {
		const { reserve } = this.#storage;
		return reserve.released || reserve.size < comfortableReserve;
	}

	#countFreePages(): number {
		return this.#freePages.first([], (row) => row.number(0)) ?? 0;
	}

	#relieveLog(): void {
		const { log, reserve } = this.#storage;
		if (reserve.released || log.pending >= largestLogBytes) this.checkpoint();
	}

	#runVacuum(): void {
		try {
			(this.#isTight ? this.#vacuumLittle : this.#vacuum).run();
		} catch (error) {
			this.commitFailed();
			throw error;
		}
	}

	#growReserve(): boolean {
		const { reserve } = this.#storage;
		if (reserve.whole || this.#hostIsFull) return false;
		if (reserve.released && this.#storage.log.size > 0) this.#working(() => this.#truncateLog.run());
		this.#hostIsFull = !reserve.grow(growthStep);
		return !this.#hostIsFull && !reserve.whole;
	}

	/** An emptied log need not be recovered when the volume is opened next, and holds nothing that was deleted. */
	#emptyLog(isIdle: boolean): boolean {
		const { log } = this.#storage;
		if (log.size === 0) return false;
		if (!isIdle) {
			if (log.pending > 0) this.checkpoint();
			return false;
		}
		this.#working(() => this.#truncateLog.run());
		return log.size === 0;
	}

	#prepareLog(): boolean {
		const { log } = this.#storage;
		if (log.prepared || this.#hostIsFull) return false;
		try {
			log.prepare(growthStep);
		} catch (error) {
			if (!(error instanceof BlockFileError) || error.reason !== 'full') throw error;
			this.#hostIsFull = true;
		}
		return !this.#hostIsFull;
	}

	#working<T>(action: () => T): T {
		this.working = true;
		try {
			return action();
		} finally {
			this.working = false;
		}
	}

	#try(action: () => void): void {
		try {
			action();
			this.problem = undefined;
		} catch (error) {
			this.problem = error;
		}
	}
}
