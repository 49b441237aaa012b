/** The content of the Recycle Bin as a list; the key of an item is its id. It follows the bin's folder. */
import { type Disposable, DisposableStore } from '#base/disposable.ts';
import { Emitter } from '#base/emitter.ts';
import { directoryName, joinPath } from '#base/path.ts';
import { comparisonOf, type SortOrder } from '#desktop/files/name-order.ts';
import type { RecycleBin, RecycledItem } from '#desktop/files/recycle-bin.ts';
import type { System } from '#runtime/system.ts';
import { watchDirectory } from '#runtime/watch-directory.ts';
import { type ListItem, type ListSnapshot, type ListSource, snapshotOf } from './list-source.ts';

const gatherMs = 80;

export class RecycleBinSource implements ListSource {
	readonly #system: System;
	readonly #bin: RecycleBin;
	readonly #changes = new Emitter<void>();
	readonly #owned = new DisposableStore();
	#items: RecycledItem[] = [];
	#order: SortOrder;
	#snapshot: ListSnapshot;
	#reloading: ReturnType<typeof setTimeout> | undefined;
	#reading: Promise<void> | undefined;
	#isStale = false;

	constructor(system: System, bin: RecycleBin, order: SortOrder) {
		this.#system = system;
		this.#bin = bin;
		this.#order = order;
		this.#snapshot = snapshotOf([], { state: 'loading', error: undefined, order });
		this.#owned.add(this.#changes);
	}

	get onChange() {
		return this.#changes.event;
	}

	get snapshot(): ListSnapshot {
		return this.#snapshot;
	}

	/** The items behind some keys. */
	itemsOf(keys: readonly string[]): RecycledItem[] {
		const wanted = new Set(keys);
		return this.#items.filter(({ id }) => wanted.has(id));
	}

	async open(): Promise<void> {
		try {
			const watch: Disposable = await watchDirectory(this.#system, {
				path: this.#bin.directory,
				onChanges: () => this.#reloadSoon(),
				onFailed: (error) => this.#publish('failed', error),
			});
			this.#owned.add(watch);
		} catch (error) {
			this.#publish('failed', error);
			return;
		}
		await this.reload();
	}

	/** One reading at a time: what changes meanwhile is read once more afterwards. */
	reload(): Promise<void> {
		this.#isStale = true;
		this.#reading ??= this.#read().finally(() => {
			this.#reading = undefined;
		});
		return this.#reading;
	}

	async #read(): Promise<void> {
		while (this.#isStale) {
			this.#isStale = false;
			try {
				this.#items = await this.#bin.list();
				this.#publish('ready');
			} catch (error) {
				this.#publish('failed', error);
			}
		}
	}

	setOrder(order: SortOrder): void {
		this.#order = order;
		this.#publish(this.#snapshot.state);
	}

	setShowHidden(): void {
		// Everything in the bin is shown: one cannot restore what one does not see.
	}

	dispose(): void {
		clearTimeout(this.#reloading);
		this.#owned.dispose();
	}

	#reloadSoon(): void {
		this.#reloading ??= setTimeout(() => {
			this.#reloading = undefined;
			void this.reload();
		}, gatherMs);
	}

	#publish(state: ListSnapshot['state'], error?: unknown): void {
		const items = this.#items.map((item) => listItem(item, this.#bin.directory)).sort(comparisonOf(this.#order));
		this.#snapshot = snapshotOf(items, { state, error, order: this.#order });
		this.#changes.fire();
	}
}

function listItem(item: RecycledItem, directory: string): ListItem {
	return {
		key: item.id,
		path: joinPath(directory, item.id),
		name: item.name,
		kind: item.kind,
		size: item.bytes,
		modifiedTime: item.deletedTime,
		attributes: 0,
		place: directoryName(item.path),
		deletedTime: item.deletedTime,
	};
}
