/**
 * Copies files and whole folders inside the system, one top item at a time.
 *
 * Rules of use:
 * - `copyTo` makes `target`, which must not exist; a folder appears there whole, by one rename from the staging area.
 * - What fails inside a folder is reported to the transfer and left out; the rest is copied.
 * - Cancelling removes what was unfinished.
 *
 * A file is copied by the kernel in one call, which shares its content with the original until one of them changes;
 * so its size does not matter, and many are under way at once.
 */
import { joinPath } from '#base/path.ts';
import { listPages } from '#runtime/directory-pages.ts';
import type { System } from '#runtime/system.ts';
import { forEachBounded } from './bounded.ts';
import { entriesOfPage, type FileEntry } from './file-entry.ts';
import type { Staging } from './staging.ts';
import { isDiskFull, type Transfer } from './transfer.ts';

const callsUnderWay = 32;

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

	/** Copies `source` to `target`, which is free once `makeWay`, if given, has been awaited. */
	async copyTo(
		source: Source & { readonly path: string },
		target: string,
		makeWay?: () => Promise<void>,
	): Promise<void> {
		if (source.kind !== 'directory') {
			await this.#transfer.checkpoint();
			await makeWay?.();
			return this.#copyOne(source.path, target, source);
		}
		const unfinished = await this.#staging.newPath(target);
		try {
			await this.#copyDirectory(source.path, unfinished, source);
			await this.#transfer.checkpoint();
			await makeWay?.();
			await this.#staging.publish(unfinished, target);
		} catch (error) {
			await this.#staging.discard(unfinished);
			throw error;
		}
	}

	async #copyOne(from: string, to: string, source: Source): Promise<void> {
		if (source.kind === 'link') await this.#copyLink(from, to, source);
		else await this.#copyFile(from, to, source);
	}

	/** The link itself: what it points to stays where it is. */
	async #copyLink(from: string, to: string, source: Source): Promise<void> {
		await this.#transfer.checkpoint();
		this.#transfer.startItem(from);
		await this.#system.pathMakeLink(to, await this.#system.pathReadLink(from));
		this.#transfer.advance(1, source.size);
	}

	async #copyFile(from: string, to: string, source: Source): Promise<void> {
		await this.#transfer.checkpoint();
		this.#transfer.startItem(from);
		await this.#system.pathCopy(from, to);
		if (source.attributes !== 0) await this.#system.pathSetAttributes(to, source.attributes);
		this.#transfer.advance(1, source.size);
	}

	async #copyDirectory(from: string, to: string, source: Source): Promise<void> {
		await this.#transfer.checkpoint();
		await this.#system.pathMakeDirectory(to);
		this.#transfer.advance(1, 0);
		await forEachBounded(this.#entries(from), callsUnderWay, (entry) => this.#copyChild(from, to, entry));
		await this.#copyExtended(from, to);
		await this.#system.pathSetTimes(to, source.modifiedTime);
		if (source.attributes !== 0) await this.#system.pathSetAttributes(to, source.attributes);
	}

	/** The kernel copies those of a file. */
	async #copyExtended(from: string, to: string): Promise<void> {
		for (const name of await this.#system.pathListExtendedAttributes(from)) {
			const value = await this.#system.pathGetExtendedAttribute(from, name);
			await this.#system.pathSetExtendedAttribute(to, name, value as Uint8Array<ArrayBuffer>);
		}
	}

	async #copyChild(from: string, to: string, entry: FileEntry): Promise<void> {
		const childFrom = joinPath(from, entry.name);
		const childTo = joinPath(to, entry.name);
		try {
			if (entry.kind === 'directory') await this.#copyDirectory(childFrom, childTo, entry);
			else await this.#copyOne(childFrom, childTo, entry);
		} catch (error) {
			// Up to the top item, which then is not copied at all: no folder appears with a part missing for lack of room.
			if (isDiskFull(error)) throw error;
			this.#transfer.settleFailure(childFrom, error);
		}
	}

	async *#entries(directory: string): AsyncIterable<FileEntry> {
		for await (const page of listPages(this.#system, directory)) yield* entriesOfPage(page);
	}
}
