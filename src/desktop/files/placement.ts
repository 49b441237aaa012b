/**
 * Brings items to a folder where names may be taken: decides for each whether it goes there as it is, replaces,
 * merges, gets another name or is left out.
 *
 * Rules of use: one `Placement` for one target folder and one transfer. `place` calls `put` with the path that is
 * free by then, and returns nothing when the person chose to skip.
 *
 * Invariant: what is replaced goes to the Recycle Bin, so undo brings it back; it stays in its place until only the last
 * step of its replacement is left, and is back at once when that fails.
 */
import { OsError } from '#abi/errors.ts';
import { baseName, joinPath } from '#base/path.ts';
import { listPages } from '#runtime/directory-pages.ts';
import type { System } from '#runtime/system.ts';
import type { ConflictAnswer, ConflictQuestion, ConflictSide } from './conflict.ts';
import { entriesOfPage, type FileEntry } from './file-entry.ts';
import { freeName } from './name-order.ts';
import type { RecycleBin } from './recycle-bin.ts';
import type { Transfer } from './transfer.ts';
import type { UndoStep } from './undo-history.ts';

export interface PlacementServices {
	readonly system: System;
	readonly recycleBin: RecycleBin;
	readonly transfer: Transfer;
	/** Where the steps for undo are noted. */
	readonly steps: UndoStep[];
}

export interface PlacedItem {
	readonly incoming: ConflictSide;
	/** Puts it at `target`, which is free once `makeWay` has been awaited: before the last step, and not earlier. */
	put(target: string, makeWay: () => Promise<void>): Promise<void>;
	/** Puts the content of the folder into the existing folder `target`. */
	merge(target: string): Promise<void>;
	/** Takes another name without asking when its own is taken. */
	readonly keepBoth?: boolean;
}

const isFree = async (): Promise<void> => undefined;

export class Placement {
	readonly #services: PlacementServices;
	readonly #directory: string;
	readonly #entries: Map<string, FileEntry>;
	#furtherConflicts = 0;

	private constructor(services: PlacementServices, directory: string, entries: Map<string, FileEntry>) {
		this.#services = services;
		this.#directory = directory;
		this.#entries = entries;
	}

	static async open(services: PlacementServices, directory: string, incoming: Iterable<string>): Promise<Placement> {
		const entries = new Map<string, FileEntry>();
		for await (const page of listPages(services.system, directory)) {
			for (const entry of entriesOfPage(page)) entries.set(entry.name, entry);
		}
		const placement = new Placement(services, directory, entries);
		for (const name of incoming) if (entries.has(name)) placement.#furtherConflicts++;
		return placement;
	}

	/** Puts the item under its name in the folder. */
	async place(item: PlacedItem): Promise<void> {
		const name = baseName(item.incoming.path);
		const existing = this.#entries.get(name);
		if (existing === undefined) return this.#put(item, name);
		if (item.keepBoth) return this.#put(item, this.#freeNameFor(item));
		const { choice } = await this.#ask(item.incoming, { ...existing, path: joinPath(this.#directory, name) });
		if (choice === 'skip') return;
		if (choice === 'keep-both') return this.#put(item, this.#freeNameFor(item));
		const target = joinPath(this.#directory, name);
		if (existing.kind === 'directory' && item.incoming.kind === 'directory') return item.merge(target);
		await this.#putInPlaceOf(item, target);
	}

	/** It may wait for its turn; how many further conflicts there are is counted when it is asked. */
	async #ask(incoming: ConflictSide, existing: ConflictSide): Promise<ConflictAnswer> {
		const countFurther = () => Math.max(0, this.#furtherConflicts - 1);
		const question: ConflictQuestion = {
			incoming,
			existing,
			get further() {
				return countFurther();
			},
		};
		try {
			return await this.#services.transfer.ask(question);
		} finally {
			this.#furtherConflicts--;
		}
	}

	/** What stood at `target` goes to the Recycle Bin, and comes back when nothing takes its place. */
	async #putInPlaceOf(item: PlacedItem, target: string): Promise<void> {
		const { recycleBin, steps } = this.#services;
		let recycled: string | undefined;
		const makeWay = async (): Promise<void> => {
			recycled = await recycleBin.add(target);
			steps.push({ kind: 'recycled', path: target, item: recycled });
		};
		try {
			await this.#put(item, baseName(target), makeWay);
		} catch (error) {
			if (recycled !== undefined) await this.#bringBack(recycled, target);
			throw error;
		}
	}

	async #bringBack(recycled: string, target: string): Promise<void> {
		const { recycleBin, steps } = this.#services;
		const index = steps.findIndex((step) => step.kind === 'recycled' && step.item === recycled);
		await recycleBin.restore(recycled, target).then(
			() => steps.splice(index, 1),
			// The name was taken meanwhile: it stays in the bin, and undo knows of it.
			() => undefined,
		);
	}

	async #put(item: PlacedItem, name: string, makeWay = isFree): Promise<void> {
		const { path: _path, ...rest } = item.incoming;
		this.#entries.set(name, { ...rest, name, attributes: 0 });
		try {
			await item.put(joinPath(this.#directory, name), makeWay);
		} catch (error) {
			// Somebody else took the name since the folder was read.
			if (!(error instanceof OsError) || error.code !== 'EEXIST') throw error;
			await item.put(joinPath(this.#directory, this.#freeNameFor(item)), isFree);
		}
	}

	#freeNameFor(item: PlacedItem): string {
		const name = baseName(item.incoming.path);
		return freeName(name, (candidate) => this.#entries.has(candidate), item.incoming.kind === 'file');
	}
}
