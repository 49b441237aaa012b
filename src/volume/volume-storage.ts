/**
 * The files of a volume on the host and how they hang together: database, log, journal, superblocks, reserve.
 * The names never change; there is no directory of our own that damage could reach.
 */
import type { BlockFile, BlockStore } from '#base/ports.ts';
import { LogFile } from './log-file.ts';
import { PageFile } from './page-file.ts';
import { Reserve } from './reserve.ts';
import { RunFile } from './run-file.ts';
import { pageSize as standardPageSize } from './schema.ts';
import { JournalFile } from './stored-file.ts';
import { Superblocks } from './superblock.ts';
import type { VolumeFiles } from './vfs.ts';

export const volumeFileNames = ['volume', 'log', 'journal', 'superblock-a', 'superblock-b', 'reserve'] as const;

/** Room for the log that is kept beside the reserve, as a part of it: what the log grows to on a busy volume. */
const logRoomShare = 0.25;

/** What a volume that was started but never finished can have grown to. */
const halfMadePages = 64;

export class VolumeStorage implements VolumeFiles {
	readonly pages: PageFile;
	readonly log: LogFile;
	readonly journal: JournalFile;
	readonly superblocks: Superblocks;
	readonly reserve: Reserve;
	readonly pageSize: number;
	lastError: unknown;
	/** Whether what is being written may take the room of the reserve. */
	mayUseReserve: () => boolean = () => false;
	readonly #files: readonly BlockFile[];

	private constructor(files: readonly BlockFile[], reserveBytes: number) {
		const [volume, log, journal, superblockA, superblockB, reserve] = files as [
			BlockFile,
			BlockFile,
			BlockFile,
			BlockFile,
			BlockFile,
			BlockFile,
		];
		this.#files = files;
		const makeRoom = (): boolean => this.mayUseReserve() && this.reserve.release();
		const runFile = (file: BlockFile): RunFile => new RunFile(file, makeRoom);
		this.superblocks = new Superblocks([runFile(superblockA), runFile(superblockB)]);
		const { current } = this.superblocks;
		this.pageSize = current?.pageSize ?? standardPageSize;
		this.pages = new PageFile(runFile(volume), this.pageSize, this.superblocks);
		this.log = new LogFile(runFile(log), this.pageSize, reserveBytes * logRoomShare);
		this.journal = new JournalFile(runFile(journal));
		this.reserve = new Reserve(reserve, reserveBytes, current?.reserveReleased ?? false, (released) =>
			this.superblocks.update({ reserveReleased: released }),
		);
	}

	static async open(store: BlockStore, reserveBytes: number): Promise<VolumeStorage> {
		const opened = await Promise.allSettled(volumeFileNames.map((name) => store.open(name)));
		const failed = opened.find((result) => result.status === 'rejected');
		const files = opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
		if (failed === undefined) return new VolumeStorage(files, reserveBytes);
		for (const file of files) file.close();
		throw failed.reason;
	}

	/** Whether making the volume was begun and never finished: nothing was ever stored in it. */
	get halfMade(): boolean {
		return this.superblocks.untouched && this.pages.pageCount <= halfMadePages;
	}

	/** Empties the files of a volume that was never finished. */
	startAgain(): void {
		if (!this.halfMade) throw new Error('only a volume that was never finished may be emptied');
		for (const file of [this.journal, this.log, this.pages]) {
			if (file.size === 0) continue;
			file.truncate(0);
			file.sync();
		}
	}

	/** Bytes the files take on the host. */
	get usedBytes(): number {
		return this.#files.reduce((sum, file) => sum + file.size(), 0);
	}

	close(): void {
		for (const file of this.#files) file.close();
	}
}
