/**
 * Copies files and whole folders inside the system, one top item at a time.
 *
 * Rules of use:
 * - `copyTo` makes `target`, which must not exist; a folder appears there whole, by one rename from the staging area.
 * - What fails inside a folder is reported to the transfer and left out; the rest is copied.
 * - Cancelling removes what was unfinished.
 *
 * Small files are copied by the kernel in one call, many at once; large ones in pieces, so that progress moves and
 * pause and cancel act within a piece.
 */
import { rights } from '#abi/rights.ts';
import { joinPath } from '#base/path.ts';
import { listPages } from '#runtime/directory-pages.ts';
import type { System } from '#runtime/system.ts';
import { forEachBounded } from './bounded.ts';
import { entriesOfPage, type FileEntry } from './file-entry.ts';
import type { Staging } from './staging.ts';
import { isDiskFull, type Transfer } from './transfer.ts';

const callsUnderWay = 32;
const largeFileBytes = 16 << 20;
const pieceBytes = 2 << 20;
const piecesUnderWay = 4;

type Source = Pick<FileEntry, 'kind' | 'size' | 'modifiedTime' | 'attributes'>;

export class TreeCopy {
	readonly #system: System;
	readonly #staging: Staging;
	readonly #transfer: Transfer;

	constructor(system: System, staging: Staging, transfer: Transfer) {
		this.#system = system;
		this.#staging = staging;
		this.#transfer = transfer;
	}

	/** Copies what stands at `from` to the free path `target`. */
	async copyTo(from: string, target: string, source: Source): Promise<void> {
		if (source.kind === 'file' && source.size < largeFileBytes) {
			await this.#copyFile(from, target, source);
			return;
		}
		const unfinished = await this.#staging.newPath();
		try {
			if (source.kind === 'directory') await this.#copyDirectory(from, unfinished, source);
			else await this.#copyFile(from, unfinished, source);
			await this.#staging.publish(unfinished, target);
		} catch (error) {
			await this.#staging.discard(unfinished);
			throw error;
		}
	}

	async #copyFile(from: string, to: string, source: Source): Promise<void> {
		await this.#transfer.checkpoint();
		this.#transfer.startItem(from);
		if (source.size < largeFileBytes) {
			await this.#system.pathCopy(from, to);
			this.#transfer.advance(1, source.size);
		} else {
			await this.#copyInPieces(from, to, source.size);
			this.#transfer.advance(1, 0);
		}
		await this.#copyProperties(to, source);
	}

	async #copyDirectory(from: string, to: string, source: Source): Promise<void> {
		await this.#transfer.checkpoint();
		await this.#system.pathMakeDirectory(to);
		this.#transfer.advance(1, 0);
		await forEachBounded(this.#entries(from), callsUnderWay, (entry) => this.#copyChild(from, to, entry));
		await this.#copyProperties(to, source);
	}

	async #copyChild(from: string, to: string, entry: FileEntry): Promise<void> {
		const childFrom = joinPath(from, entry.name);
		const childTo = joinPath(to, entry.name);
		try {
			if (entry.kind === 'directory') await this.#copyDirectory(childFrom, childTo, entry);
			else await this.#copyFile(childFrom, childTo, entry);
		} catch (error) {
			// Up to the top item, which then is not copied at all: no folder appears with a part missing for lack of room.
			if (isDiskFull(error)) throw error;
			this.#transfer.settleFailure(childFrom, error);
		}
	}

	async *#entries(directory: string): AsyncIterable<FileEntry> {
		for await (const page of listPages(this.#system, directory)) yield* entriesOfPage(page);
	}

	async #copyInPieces(from: string, to: string, size: number): Promise<void> {
		const reader = await this.#system.fileOpen(from, 'open', rights.read);
		try {
			const writer = await this.#system.fileOpen(to, 'create-new', rights.write);
			try {
				await forEachBounded(pieceOffsets(size), piecesUnderWay, async (offset) => {
					await this.#transfer.checkpoint();
					const bytes = await this.#system.fileRead(reader, offset, pieceBytes);
					const { length } = bytes;
					await this.#system.fileWriteGiving(writer, offset, bytes);
					this.#transfer.advance(0, length);
				});
			} finally {
				await this.#system.handleClose(writer);
			}
		} finally {
			await this.#system.handleClose(reader);
		}
	}

	async #copyProperties(path: string, source: Source): Promise<void> {
		await this.#system.pathSetTimes(path, source.modifiedTime);
		if (source.attributes !== 0) await this.#system.pathSetAttributes(path, source.attributes);
	}
}

function* pieceOffsets(size: number): Iterable<number> {
	for (let offset = 0; offset < size; offset += pieceBytes) yield offset;
}
