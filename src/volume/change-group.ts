/**
 * The transaction of the volume: opened by the first change, ended by `commit` or `rollback`; one savepoint a call.
 *
 * Rules of use:
 * - Every change runs inside `change`; one that throws has changed nothing. When SQLite has ended the transaction
 *   by itself, `change` throws `GroupLost`.
 * - SQLite also ends it when a damaged page is read while the group is open: the next `change` or `commit` says so.
 * - `frees` says that a change makes room (delete, rename, truncate): a group with one may use the reserve.
 */
import { OsError } from '#abi/errors.ts';
import { GroupLost } from '#fs/file-system.ts';
import type { Database, Statement } from './database.ts';
import { toOsError } from './sqlite-failure.ts';

export class ChangeGroup {
	readonly #database: Database;
	readonly #onFailedCommit: () => void;
	readonly #begin: Statement;
	readonly #commit: Statement;
	readonly #rollback: Statement;
	readonly #enter: Statement;
	readonly #leave: Statement;
	readonly #undo: Statement;
	readonly #enterPart: Statement;
	readonly #leavePart: Statement;
	readonly #undoPart: Statement;
	#changes = 0;
	#frees = false;
	/** About how many bytes the group adds. */
	addedBytes = 0;

	/** `onFailedCommit` must not throw. */
	constructor(database: Database, onFailedCommit: () => void) {
		this.#database = database;
		this.#onFailedCommit = onFailedCommit;
		this.#begin = database.prepare('BEGIN IMMEDIATE');
		this.#commit = database.prepare('COMMIT');
		this.#rollback = database.prepare('ROLLBACK');
		this.#enter = database.prepare('SAVEPOINT change');
		this.#leave = database.prepare('RELEASE change');
		this.#undo = database.prepare('ROLLBACK TO change');
		this.#enterPart = database.prepare('SAVEPOINT part');
		this.#leavePart = database.prepare('RELEASE part');
		this.#undoPart = database.prepare('ROLLBACK TO part');
	}

	/** Whether there is something to commit. */
	get dirty(): boolean {
		return this.#changes > 0;
	}

	/** Whether the group makes room. */
	get frees(): boolean {
		return this.#frees;
	}

	change<T>(kind: 'frees' | 'grows', make: () => T, detail = ''): T {
		const freedBefore = this.#frees;
		try {
			if (this.#hasVanished) throw vanished();
			if (!this.#database.inTransaction) this.#begin.run();
			this.#frees ||= kind === 'frees';
			this.#enter.run();
			const result = make();
			this.#leave.run();
			this.#changes++;
			return result;
		} catch (error) {
			this.#frees = freedBefore;
			throw this.#undoChange(error, detail);
		}
	}

	/** A part of a change that may fail by itself; returns whether it did not. Throws when SQLite has ended the transaction. */
	attempt(make: () => void): boolean {
		this.#enterPart.run();
		try {
			make();
			this.#leavePart.run();
			return true;
		} catch (error) {
			if (!this.#database.inTransaction) throw error;
			this.#undoPart.run();
			this.#leavePart.run();
			return false;
		}
	}

	commit(): void {
		if (this.#hasVanished) {
			this.#forget();
			throw vanished();
		}
		if (!this.#database.inTransaction) return;
		try {
			this.#commit.run();
		} catch (error) {
			this.rollback();
			this.#onFailedCommit();
			throw toOsError(error);
		}
		this.#forget();
	}

	rollback(): void {
		if (this.#database.inTransaction) this.#rollback.run();
		this.#forget();
	}

	get #hasVanished(): boolean {
		return this.#changes > 0 && !this.#database.inTransaction;
	}

	#undoChange(error: unknown, detail: string): unknown {
		const translated = toOsError(error, detail);
		if (!this.#database.inTransaction) return this.#lost(error);
		try {
			this.#undo.run();
			this.#leave.run();
			if (this.#changes === 0) this.rollback();
		} catch {
			// The savepoint itself is unusable (no memory, or the failure came before it was made): give the group up.
			this.rollback();
			return this.#lost(error);
		}
		return translated;
	}

	#lost(error: unknown): OsErrorLike {
		const { code, detail } = toOsError(error);
		const hadOthers = this.#changes > 0;
		this.#forget();
		return hadOthers ? new GroupLost(code, detail, { cause: error }) : toOsError(error);
	}

	#forget(): void {
		this.#changes = 0;
		this.#frees = false;
		this.addedBytes = 0;
	}
}

function vanished(): OsError {
	return new OsError('EIO', 'a read that failed has undone the changes that waited with it');
}

type OsErrorLike = ReturnType<typeof toOsError>;
