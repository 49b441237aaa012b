/**
 * A folder as a live, sorted list.
 *
 * Rules of use:
 * - `open` loads the folder page by page and then follows its changes until `dispose`.
 * - The interface reads `snapshot` after each `onChange`; a snapshot never changes.
 *
 * Invariants:
 * - The watch is opened before the folder is read, so no change is missed.
 * - Changes are gathered for a while and shown together; a flood of them reads the folder again instead of asking
 *   for each file. So ten thousand files that arrive cost a few updates, not ten thousand.
 */
import { OsError } from '#abi/errors.ts';
import type { Change } from '#abi/structures.generated.ts';
import type { Disposable } from '#base/disposable.ts';
import { Emitter } from '#base/emitter.ts';
import { baseName, directoryName, joinPath } from '#base/path.ts';
import type { System } from '#runtime/system.ts';
import { mapBounded } from './bounded.ts';
import { entriesOfPage, entryOfStat, type FileEntry, isHidden } from './file-entry.ts';
import { comparisonOf, type SortOrder } from './name-order.ts';

export type DirectoryState = 'loading' | 'ready' | 'failed';

export interface DirectorySnapshot {
	readonly path: string;
	readonly state: DirectoryState;
	/** Why, when the state is `failed`. */
	readonly error: unknown;
	/** Sorted; without hidden ones unless they are asked for. */
	readonly entries: readonly FileEntry[];
	readonly order: SortOrder;
	/** Entries left out because they are hidden. */
	readonly hiddenCount: number;
}

export interface DirectoryOptions {
	readonly order: SortOrder;
	readonly showHidden: boolean;
}

/** The first page is small, so that a large folder shows something at once. */
const firstPageEntries = 2_000;
const pageEntries = 25_000;
const gatherMs = 60;
const reloadAboveChanges = 400;

export class DirectoryModel implements Disposable {
	readonly path: string;
	readonly #system: System;
	readonly #changes = new Emitter<void>();
	readonly #entries = new Map<string, FileEntry>();
	#options: DirectoryOptions;
	#snapshot: DirectorySnapshot;
	#watch: number | undefined;
	#disposed = false;
	#loading: Promise<void> | undefined;

	constructor(system: System, path: string, options: DirectoryOptions) {
		this.#system = system;
		this.path = path;
		this.#options = options;
		this.#snapshot = {
			path,
			state: 'loading',
			error: undefined,
			entries: [],
			order: options.order,
			hiddenCount: 0,
		};
	}

	get onChange() {
		return this.#changes.event;
	}

	get snapshot(): DirectorySnapshot {
		return this.#snapshot;
	}

	/** Loads the folder; resolves when all of it is there, also when that failed (see `snapshot.error`). */
	async open(): Promise<void> {
		try {
			this.#watch = await this.#system.watchOpen(this.path, false);
			if (this.#disposed) return this.#closeWatch();
		} catch (error) {
			this.#publish('failed', error);
			return;
		}
		await this.reload();
		void this.#follow(this.#watch);
	}

	/** Reads the folder again. */
	reload(): Promise<void> {
		this.#loading ??= this.#load().finally(() => {
			this.#loading = undefined;
		});
		return this.#loading;
	}

	setOptions(options: Partial<DirectoryOptions>): void {
		const { order, showHidden } = { ...this.#options, ...options };
		if (order === this.#options.order && showHidden === this.#options.showHidden) return;
		this.#options = { ...this.#options, ...options };
		this.#publish(this.#snapshot.state);
	}

	dispose(): void {
		if (this.#disposed) return;
		this.#disposed = true;
		this.#changes.dispose();
		this.#closeWatch();
	}

	async #load(): Promise<void> {
		const fresh = new Map<string, FileEntry>();
		const isFirst = this.#snapshot.state === 'loading';
		try {
			let cursor = '';
			do {
				const limit = cursor === '' ? firstPageEntries : pageEntries;
				const page = await this.#system.pathList(this.path, cursor, limit);
				if (this.#disposed) return;
				for (const entry of entriesOfPage(page)) fresh.set(entry.name, entry);
				if (isFirst && cursor === '' && page.next !== '') this.#show(fresh, 'loading');
				cursor = page.next;
			} while (cursor !== '');
			this.#show(fresh, 'ready');
		} catch (error) {
			this.#publish('failed', error);
		}
	}

	#show(entries: ReadonlyMap<string, FileEntry>, state: DirectoryState): void {
		if (entries !== this.#entries) {
			this.#entries.clear();
			for (const [name, entry] of entries) this.#entries.set(name, entry);
		}
		this.#publish(state);
	}

	async #follow(watch: number): Promise<void> {
		while (!this.#disposed) {
			let changes: Change[];
			try {
				changes = await this.#system.watchRead(watch);
				await pause(gatherMs);
			} catch (error) {
				if (!this.#disposed) this.#publish('failed', error);
				return;
			}
			if (!this.#disposed) await this.#apply(changes);
		}
	}

	async #apply(changes: readonly Change[]): Promise<void> {
		const names = new Set<string>();
		for (const change of changes) {
			if (change.kind === 'overflow' || change.path === this.path) return this.#reloadAnew();
			if (directoryName(change.path) === this.path) names.add(baseName(change.path));
		}
		if (names.size > reloadAboveChanges) return this.#reloadAnew();
		await this.#loading;
		const fresh = await mapBounded([...names], 32, (name) => this.#findEntry(name));
		for (const [index, name] of [...names].entries()) {
			const entry = fresh[index];
			if (entry === undefined) this.#entries.delete(name);
			else this.#entries.set(name, entry);
		}
		if (names.size > 0 && !this.#disposed) this.#publish('ready');
	}

	/** A reading that is under way may have passed by what has just changed. */
	async #reloadAnew(): Promise<void> {
		await this.#loading;
		await this.reload();
	}

	async #findEntry(name: string): Promise<FileEntry | undefined> {
		try {
			return entryOfStat(name, await this.#system.pathStatLink(joinPath(this.path, name)));
		} catch (error) {
			if (error instanceof OsError && error.code === 'ENOENT') return undefined;
			// It was closed to the person: what the folder has told of it stays.
			if (error instanceof OsError && error.code === 'EACCES') return this.#entries.get(name);
			throw error;
		}
	}

	#publish(state: DirectoryState, error?: unknown): void {
		if (this.#disposed) return;
		const { order, showHidden } = this.#options;
		const all = [...this.#entries.values()];
		const entries = showHidden ? all : all.filter((entry) => !isHidden(entry));
		this.#snapshot = {
			path: this.path,
			state,
			error,
			entries: entries.sort(comparisonOf(order)),
			order,
			hiddenCount: all.length - entries.length,
		};
		this.#changes.fire();
	}

	#closeWatch(): void {
		const watch = this.#watch;
		this.#watch = undefined;
		if (watch === undefined) return;
		this.#system.handleClose(watch).catch((error: unknown) => {
			// The process of the window may have ended first; then its handles are closed already.
			if (!(error instanceof OsError)) throw error;
		});
	}
}

function pause(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
