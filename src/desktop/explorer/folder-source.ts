/** The content of a folder as a list. */
import { joinPath } from '#base/path.ts';
import { DirectoryModel, type DirectoryOptions } from '#desktop/files/directory-model.ts';
import type { SortOrder } from '#desktop/files/name-order.ts';
import type { System } from '#runtime/system.ts';
import type { ListItem, ListSnapshot, ListSource } from './list-source.ts';

export class FolderSource implements ListSource {
	readonly #model: DirectoryModel;
	#snapshot: ListSnapshot | undefined;

	constructor(system: System, path: string, options: DirectoryOptions) {
		this.#model = new DirectoryModel(system, path, options);
		this.#model.onChange(() => {
			this.#snapshot = undefined;
		});
	}

	get onChange() {
		return this.#model.onChange;
	}

	get snapshot(): ListSnapshot {
		this.#snapshot ??= this.#makeSnapshot();
		return this.#snapshot;
	}

	open(): Promise<void> {
		return this.#model.open();
	}

	reload(): Promise<void> {
		return this.#model.reload();
	}

	setOrder(order: SortOrder): void {
		this.#model.setOptions({ order });
	}

	setShowHidden(showHidden: boolean): void {
		this.#model.setOptions({ showHidden });
	}

	dispose(): void {
		this.#model.dispose();
	}

	#makeSnapshot(): ListSnapshot {
		const { path, state, error, entries, order, hiddenCount } = this.#model.snapshot;
		const keys = entries.map(({ name }) => name);
		const itemAt = (index: number): ListItem | undefined => {
			const entry = entries[index];
			return entry === undefined ? undefined : { ...entry, key: entry.name, path: joinPath(path, entry.name) };
		};
		return { state, error, keys, hiddenCount, order, itemAt };
	}
}
