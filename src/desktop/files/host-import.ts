/**
 * Brings files and folders of the host computer into the system.
 *
 * Rules of use: a job for `FileOperations.run`. Everything is counted first; then each top item appears whole, at
 * once, under its name. A file or folder whose name the system does not allow is reported and left out.
 *
 * Small files are written in one call, many at once; large ones in pieces with several under way, into the staging
 * area, and put in their place by one rename. Memory stays at a few pieces, whatever the size.
 */
import { OsError } from '#abi/errors.ts';
import { rights } from '#abi/rights.ts';
import { findNameProblem, joinPath } from '#base/path.ts';
import type { System } from '#runtime/system.ts';
import { forEachBounded } from './bounded.ts';
import { explainNameProblem } from './failure-words.ts';
import type { HostItem } from './host-items.ts';
import { type PlacedItem, Placement, type PlacementServices } from './placement.ts';
import type { Staging } from './staging.ts';
import { isDiskFull } from './transfer.ts';

const filesUnderWay = 48;
const largeFileBytes = 4 << 20;
const pieceBytes = 4 << 20;
const piecesUnderWay = 4;

interface CountedFile {
	readonly kind: 'file';
	readonly name: string;
	/** Where it is in what was dropped. */
	readonly path: string;
	readonly file: File;
}

interface CountedFolder {
	readonly kind: 'directory';
	readonly name: string;
	readonly path: string;
	readonly children: CountedItem[];
}

type CountedItem = CountedFile | CountedFolder;

export class HostImport {
	readonly #services: PlacementServices;
	readonly #system: System;
	readonly #staging: Staging;

	constructor(services: PlacementServices, staging: Staging) {
		this.#services = services;
		this.#system = services.system;
		this.#staging = staging;
	}

	async bringIn(items: readonly HostItem[], directory: string): Promise<void> {
		const { transfer } = this.#services;
		const counted = await this.#count(items, '');
		transfer.counted = true;
		await this.#placeAll(counted, directory);
	}

	async #count(items: readonly HostItem[], parent: string): Promise<CountedItem[]> {
		const { transfer } = this.#services;
		const counted: CountedItem[] = [];
		await forEachBounded(items, filesUnderWay, async (item) => {
			await transfer.checkpoint();
			const path = `${parent}/${item.name}`;
			if (findNameProblem(item.name) !== undefined) {
				transfer.fail(path, new Error(explainNameProblem(item.name)));
				return;
			}
			try {
				counted.push(await this.#countItem(item, path));
			} catch (error) {
				transfer.settleFailure(path, error);
			}
		});
		return counted;
	}

	async #countItem(item: HostItem, path: string): Promise<CountedItem> {
		const { transfer } = this.#services;
		if (item.kind === 'file') {
			const file = await item.file();
			transfer.expect(1, file.size);
			return { kind: 'file', name: item.name, path, file };
		}
		transfer.expect(1, 0);
		const children = await this.#count(await item.children(), path);
		return { kind: 'directory', name: item.name, path, children };
	}

	async #placeAll(items: readonly CountedItem[], directory: string): Promise<void> {
		const { transfer } = this.#services;
		const placement = await Placement.open(
			this.#services,
			directory,
			items.map(({ name }) => name),
		);
		await forEachBounded(items, filesUnderWay, async (item) => {
			await transfer.checkpoint();
			try {
				await placement.place(this.#placedItem(item));
			} catch (error) {
				transfer.settleFailure(item.path, error);
			}
		});
	}

	#placedItem(item: CountedItem): PlacedItem {
		const { steps, transfer } = this.#services;
		const file = item.kind === 'file' ? item.file : undefined;
		return {
			incoming: {
				path: item.path,
				kind: item.kind,
				size: file?.size ?? 0,
				modifiedTime: file?.lastModified ?? Date.now(),
			},
			put: async (target, makeWay) => {
				await this.#putWhole(item, target, makeWay);
				steps.push({ kind: 'appeared', path: target });
			},
			merge: async (target) => {
				if (item.kind === 'directory') await this.#placeAll(item.children, target);
				transfer.advance(1, 0);
			},
		};
	}

	async #putWhole(item: CountedItem, target: string, makeWay: () => Promise<void>): Promise<void> {
		if (item.kind === 'file' && item.file.size <= largeFileBytes) return this.#writeSmall(item, target, makeWay);
		const unfinished = await this.#staging.newPath(target);
		try {
			await this.#write(item, unfinished);
			await makeWay();
			await this.#staging.publish(unfinished, target);
		} catch (error) {
			await this.#staging.discard(unfinished);
			throw error;
		}
	}

	async #write(item: CountedItem, path: string): Promise<void> {
		const { transfer } = this.#services;
		await transfer.checkpoint();
		transfer.startItem(item.path);
		if (item.kind === 'directory') return this.#writeFolder(item.children, path);
		if (item.file.size <= largeFileBytes) return this.#writeSmall(item, path);
		await this.#writeInPieces(item.file, path);
		transfer.advance(1, 0);
		await this.#system.pathSetTimes(path, item.file.lastModified);
	}

	/**
	 * Writes the file in one call. Where `path` is certainly free (no `makeWay`) its date is set without waiting in between,
	 * so that both share one commit; elsewhere the date of somebody else's file could be changed.
	 */
	async #writeSmall(item: CountedFile, path: string, makeWay?: () => Promise<void>): Promise<void> {
		const { transfer } = this.#services;
		await transfer.checkpoint();
		transfer.startItem(item.path);
		const bytes = new Uint8Array(await item.file.arrayBuffer());
		await makeWay?.();
		const written = this.#system.pathWrite(path, bytes, 'create-new');
		if (makeWay !== undefined) await written;
		await Promise.all([written, this.#system.pathSetTimes(path, item.file.lastModified)]);
		transfer.advance(1, bytes.length);
	}

	async #writeFolder(children: readonly CountedItem[], path: string): Promise<void> {
		const { transfer } = this.#services;
		await this.#system.pathMakeDirectory(path);
		transfer.advance(1, 0);
		await forEachBounded(children, filesUnderWay, async (child) => {
			try {
				await this.#write(child, joinPath(path, child.name));
			} catch (error) {
				// Up to the top item, which then does not appear at all.
				if (isDiskFull(error)) throw error;
				transfer.settleFailure(child.path, error);
			}
		});
	}

	async #writeInPieces(file: File, path: string): Promise<void> {
		const { transfer } = this.#services;
		const handle = await this.#system.fileOpen(path, 'create-new', rights.write);
		try {
			await forEachBounded(pieceOffsets(file.size), piecesUnderWay, async (offset) => {
				await transfer.checkpoint();
				const bytes = new Uint8Array(await file.slice(offset, offset + pieceBytes).arrayBuffer());
				if (bytes.length !== Math.min(pieceBytes, file.size - offset)) throw new OsError('EIO', path);
				const { length } = bytes;
				await this.#system.fileWriteGiving(handle, offset, bytes);
				transfer.advance(0, length);
			});
		} finally {
			await this.#system.handleClose(handle);
		}
	}
}

function* pieceOffsets(size: number): Iterable<number> {
	for (let offset = 0; offset < size; offset += pieceBytes) yield offset;
}
