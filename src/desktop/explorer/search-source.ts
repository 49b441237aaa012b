/** What a search by name finds below a folder, as a list; the key of an item is its path. */
import { Emitter } from '#base/emitter.ts';
import { baseName, directoryName } from '#base/path.ts';
import { comparisonOf, type SortOrder } from '#desktop/files/name-order.ts';
import type { System } from '#runtime/system.ts';
import { type ListItem, type ListSnapshot, type ListSource, snapshotOf } from './list-source.ts';

const mostHits = 5_000;

export class SearchSource implements ListSource {
	readonly #system: System;
	readonly #directory: string;
	readonly #query: string;
	/** Below this nothing is found: deleted files are no files of the person. */
	readonly #without: string;
	readonly #changes = new Emitter<void>();
	#order: SortOrder;
	#items: ListItem[] = [];
	#snapshot: ListSnapshot;

	constructor(system: System, search: { directory: string; query: string; without: string; order: SortOrder }) {
		this.#system = system;
		this.#directory = search.directory;
		this.#query = search.query;
		this.#without = search.without;
		this.#order = search.order;
		this.#snapshot = snapshotOf([], { state: 'loading', error: undefined, order: search.order });
	}

	get onChange() {
		return this.#changes.event;
	}

	get snapshot(): ListSnapshot {
		return this.#snapshot;
	}

	open(): Promise<void> {
		return this.reload();
	}

	async reload(): Promise<void> {
		try {
			const hits = await this.#system.pathSearch(this.#directory, this.#query, mostHits);
			this.#items = hits
				.filter(({ path }) => !path.startsWith(`${this.#without}/`))
				.map((hit) => ({
					key: hit.path,
					path: hit.path,
					name: baseName(hit.path),
					kind: hit.kind,
					size: hit.size,
					modifiedTime: hit.modifiedTime,
					attributes: 0,
					place: directoryName(hit.path),
				}));
			this.#publish('ready');
		} catch (error) {
			this.#publish('failed', error);
		}
	}

	setOrder(order: SortOrder): void {
		this.#order = order;
		this.#publish(this.#snapshot.state);
	}

	setShowHidden(): void {
		// A search finds hidden files too.
	}

	dispose(): void {
		this.#changes.dispose();
	}

	#publish(state: ListSnapshot['state'], error?: unknown): void {
		const items = this.#items.toSorted(comparisonOf(this.#order));
		this.#snapshot = snapshotOf(items, {
			state,
			error,
			order: this.#order,
			truncated: items.length >= mostHits,
		});
		this.#changes.fire();
	}
}
