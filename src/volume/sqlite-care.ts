/** What can be done for the volume on SQLite: reading all of it, mending, making it smaller, copying it as one file. */
import { OsError } from '#abi/errors.ts';
import type { FileSystem } from '#fs/file-system.ts';
import type { RepairResult, ScrubResult, SlicedWork, VolumeCare, VolumeExport } from '#fs/system-volume.ts';
import { type Database, SqliteError } from './database.ts';
import type { Housekeeping } from './housekeeping.ts';
import { repairPages } from './page-repair.ts';
import { toOsError } from './sqlite-failure.ts';
import { type Scrubbed, scrubVolume } from './volume-check.ts';
import { VolumeSnapshot } from './volume-export.ts';
import type { VolumeStorage } from './volume-storage.ts';

export interface CaredFor {
	readonly database: Database;
	readonly storage: VolumeStorage;
	readonly housekeeping: Housekeeping;
	readonly files: FileSystem;
}

export class SqliteCare implements VolumeCare {
	readonly #volume: CaredFor;

	constructor(volume: CaredFor) {
		this.#volume = volume;
	}

	*scrub(): SlicedWork<ScrubResult> {
		this.#emptyLog();
		return yield* scrubVolume(this.#scrubbed());
	}

	repair(): RepairResult {
		this.#requireQuiet();
		const { database, storage, housekeeping } = this.#volume;
		try {
			housekeeping.moveLog();
			return repairPages({ database, pages: storage.pages, pageSize: storage.pageSize });
		} catch (error) {
			throw toOsError(error);
		}
	}

	*compact(): SlicedWork<number> {
		this.#requireQuiet();
		const { storage, housekeeping } = this.#volume;
		const before = storage.pages.size;
		const totalBytes = Math.max(1, housekeeping.freeBytes);
		while (housekeeping.compactStep()) {
			yield { doneBytes: Math.max(0, totalBytes - housekeeping.freeBytes), totalBytes };
		}
		return Math.max(0, before - storage.pages.size);
	}

	openExport(): VolumeExport {
		this.#requireQuiet();
		const { database, storage, housekeeping } = this.#volume;
		const superblock = storage.superblocks.current;
		if (superblock === undefined) throw new OsError('EIO', 'the volume has no superblock');
		let snapshot: VolumeSnapshot | undefined;
		try {
			housekeeping.hold(() => snapshot?.lose());
		} catch (error) {
			throw toOsError(error);
		}
		const pageCount = database.value('PRAGMA page_count') ?? 0;
		const { pages, pageSize } = storage;
		snapshot = new VolumeSnapshot({ pages, pageSize, pageCount, superblock }, () => housekeeping.letGo());
		return snapshot;
	}

	#requireQuiet(): void {
		if (this.#volume.files.dirty) throw new OsError('EBUSY', 'changes wait to be stored');
	}

	/** What a log from an earlier session holds may not be in the database's file yet. */
	#emptyLog(): void {
		if (!this.#volume.files.dirty) this.#volume.housekeeping.checkpoint();
	}

	/** For the progress alone: with a damaged table it is unknown, and what is damaged is found without it. */
	#estimateContent(): number {
		try {
			return this.#volume.database.value('SELECT total(size) FROM inode') ?? 0;
		} catch (error) {
			if (error instanceof SqliteError) return 0;
			throw error;
		}
	}

	#scrubbed(): Scrubbed {
		const { database, storage, files } = this.#volume;
		return {
			files,
			pages: storage.pages,
			pageSize: storage.pageSize,
			pageCount: database.value('PRAGMA page_count') ?? 0,
			contentBytes: this.#estimateContent(),
			forgetCached: () => database.execute('PRAGMA shrink_memory'),
		};
	}
}
