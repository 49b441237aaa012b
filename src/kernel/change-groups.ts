/**
 * Group commit: the calls that have arrived share one commit, and are answered after it.
 *
 * Rules of use:
 * - A call makes every change through its `Changes.make`, and says with `report` what the watches should hear and
 *   with `whenLost` what to undo in the kernel (a handle to close, a position to set back).
 * - A change is seen by later calls at once; its own caller is answered, and watches hear of it, when it is durable.
 *
 * Invariants:
 * - A group that cannot be committed is undone as a whole: each of its calls gets the error, and everything that
 *   `whenLost` names is undone, newest first.
 * - A call that fails after its first change takes its whole group with it: no half of a call is ever stored.
 */
import { OsError } from '#abi/errors.ts';
import type { Change } from '#abi/structures.generated.ts';
import type { Log } from '#base/ports.ts';
import { type FileSystem, GroupLost, type Inode } from '#fs/file-system.ts';

/** Commits early when this much has gathered, so that no caller waits for a long queue. */
const maximumGroupCalls = 1024;
const maximumGroupBytes = 4 * 1024 * 1024;

/** What one call has changed so far. */
export class Changes {
	fileSystem: FileSystem | undefined;
	readonly reports: Change[] = [];
	readonly undos: (() => void)[] = [];
	readonly news: (() => void)[] = [];
	bytes = 0;

	/** Makes one change. All changes of a call are in one file system. */
	make<T>(fileSystem: FileSystem, change: () => T): T {
		try {
			const result = change();
			this.fileSystem = fileSystem;
			return result;
		} catch (error) {
			if (error instanceof GroupLost) this.fileSystem = fileSystem;
			throw error;
		}
	}

	/** The call changes nothing, but its answer holds only if what others changed is committed. */
	dependOn(fileSystem: FileSystem): void {
		if (fileSystem.dirty) this.fileSystem = fileSystem;
	}

	/** What has no path any more is nobody's news. */
	report(kind: Change['kind'], path: string | undefined, rename?: number): void {
		if (path !== undefined) this.reports.push(rename === undefined ? { kind, path } : { kind, path, rename });
	}

	whenLost(undo: () => void): void {
		this.undos.push(undo);
	}

	/** Calls back when the call is answered with success: tells others what is now on stable storage. */
	whenStored(tell: () => void): void {
		this.news.push(tell);
	}
}

interface HeldCall {
	succeed(): void;
	fail(error: OsError): void;
}

interface Group {
	readonly held: HeldCall[];
	readonly reports: Change[];
	readonly undos: (() => void)[];
	readonly news: (() => void)[];
	bytes: number;
}

export interface ChangeGroupsOptions {
	/** Calls back after the messages that have already arrived have been delivered. */
	afterArrived(callback: () => void): void;
	publish(changes: readonly Change[]): void;
	readonly log: Log;
}

export class ChangeGroups {
	readonly #options: ChangeGroupsOptions;
	readonly #groups = new Map<FileSystem, Group>();
	#scheduled = false;

	constructor(options: ChangeGroupsOptions) {
		this.#options = options;
	}

	/** Answers the call when what it changed is durable: at once when nothing waits for a commit. */
	settle(changes: Changes, call: HeldCall): void {
		const { fileSystem } = changes;
		if (fileSystem === undefined || !fileSystem.dirty) {
			call.succeed();
			this.#options.publish(changes.reports);
			for (const tell of changes.news) tell();
			return;
		}
		const group = this.#ensureGroup(fileSystem);
		group.held.push(call);
		group.reports.push(...changes.reports);
		group.undos.push(...changes.undos);
		group.news.push(...changes.news);
		group.bytes += changes.bytes;
		if (group.held.length >= maximumGroupCalls || group.bytes >= maximumGroupBytes) this.#commit(fileSystem, group);
	}

	/** A change that no call waits for; resolves when it is stored. */
	run<T>(change: (changes: Changes) => T): Promise<T> {
		const changes = new Changes();
		return new Promise((resolve, reject) => {
			try {
				const result = change(changes);
				this.settle(changes, { succeed: () => resolve(result), fail: reject });
			} catch (error) {
				this.fail(changes, error instanceof OsError ? error : new OsError('EIO', '', { cause: error }));
				reject(error);
			}
		});
	}

	/** A call has failed: when it had changed something, its group is undone. */
	fail(changes: Changes, error: OsError): void {
		const { fileSystem } = changes;
		if (fileSystem === undefined) return;
		for (const undo of changes.undos.reverse()) undo();
		if (!(error instanceof GroupLost)) fileSystem.rollback();
		this.#loseAll(fileSystem, error);
	}

	/**
	 * Lets go of a file that was open, whose content may go with it; that is committed soon. It never fails: content that
	 * cannot be removed now takes room, nothing else. But what waits for a commit may be lost with it, and is told so.
	 */
	release(fileSystem: FileSystem, inode: Inode): void {
		try {
			fileSystem.release(inode);
		} catch (error) {
			this.#options.log.write('warning', 'kernel', `the content of a closed file could not be removed: ${error}`);
			if (error instanceof GroupLost) this.#loseAll(fileSystem, error);
		}
		if (fileSystem.dirty) this.#ensureGroup(fileSystem);
	}

	commitAll(): void {
		for (const [fileSystem, group] of [...this.#groups]) this.#commit(fileSystem, group);
	}

	#ensureGroup(fileSystem: FileSystem): Group {
		let group = this.#groups.get(fileSystem);
		if (group === undefined) {
			group = { held: [], reports: [], undos: [], news: [], bytes: 0 };
			this.#groups.set(fileSystem, group);
		}
		this.#schedule();
		return group;
	}

	#schedule(): void {
		if (this.#scheduled) return;
		this.#scheduled = true;
		this.#options.afterArrived(() => {
			this.#scheduled = false;
			this.commitAll();
		});
	}

	#commit(fileSystem: FileSystem, group: Group): void {
		this.#groups.delete(fileSystem);
		try {
			fileSystem.commit();
		} catch (error) {
			const cause = error instanceof OsError ? error : new OsError('EIO', '', { cause: error });
			this.#options.log.write('error', 'kernel', `changes of ${group.held.length} calls could not be stored: ${error}`);
			this.#lose(group, cause);
			return;
		}
		for (const call of group.held) call.succeed();
		this.#options.publish(group.reports);
		for (const tell of group.news) tell();
	}

	#loseAll(fileSystem: FileSystem, error: OsError): void {
		const group = this.#groups.get(fileSystem);
		if (group === undefined) return;
		this.#groups.delete(fileSystem);
		this.#lose(group, error);
	}

	#lose(group: Group, error: OsError): void {
		for (const undo of group.undos.reverse()) undo();
		for (const call of group.held) call.fail(error);
	}
}
