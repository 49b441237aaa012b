/**
 * The whole volume as one file: the pages of the database as of one moment, and a last page that begins with a
 * superblock (docs/formats/volume.md).
 *
 * Rules of use: made by `OpenedVolume.openExport`, after the log was emptied into the database. While it is open, commits go
 * to the log alone (`Housekeeping.hold`), so the pages stay as they are; `close` lets them move on.
 */
import { OsError } from '#abi/errors.ts';
import type { VolumeExport } from '#fs/system-volume.ts';
import type { PageFile } from './page-file.ts';
import { encodeSuperblock, headLength, type Superblock } from './superblock.ts';

export interface ExportedPages {
	readonly pages: Pick<PageFile, 'readAsStored'>;
	readonly pageSize: number;
	readonly pageCount: number;
	readonly superblock: Superblock;
}

export class VolumeSnapshot implements VolumeExport {
	readonly size: number;
	readonly #exported: ExportedPages;
	readonly #onClose: () => void;
	readonly #page: Uint8Array;
	#isLost = false;
	#isClosed = false;

	constructor(exported: ExportedPages, onClose: () => void) {
		this.#exported = exported;
		this.#onClose = onClose;
		this.#page = new Uint8Array(exported.pageSize);
		this.size = (exported.pageCount + 1) * exported.pageSize;
	}

	/** The pages are about to change: nothing more can be read. */
	lose(): void {
		this.#isLost = true;
	}

	read(offset: number, into: Uint8Array): number {
		const wanted = Math.max(0, Math.min(into.length, this.size - offset));
		for (let done = 0; done < wanted; ) {
			const within = (offset + done) % this.#page.length;
			this.#readPage((offset + done - within) / this.#page.length + 1);
			const part = this.#page.subarray(within, within + wanted - done);
			into.set(part, done);
			done += part.length;
		}
		return wanted;
	}

	close(): void {
		if (this.#isClosed) return;
		this.#isClosed = true;
		this.#onClose();
	}

	#readPage(number: number): void {
		if (this.#isClosed) throw new OsError('EBADF', 'the export is closed');
		if (this.#isLost)
			throw new OsError('ECANCELED', 'too much was written while the volume was exported; export it again');
		const { pages, pageCount, superblock } = this.#exported;
		if (number <= pageCount) pages.readAsStored(number, this.#page);
		else {
			this.#page.fill(0);
			this.#page.set(encodeSuperblock({ ...superblock, firstPage: undefined }).subarray(0, headLength));
		}
	}
}
