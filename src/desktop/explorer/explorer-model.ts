/**
 * The state of one Explorer window: where it is, what it lists, what is selected, what is being renamed. The
 * components show it and pass on what the person does; they decide nothing.
 *
 * Rules of use: `go` and its kin return at once; the list fills as it loads. The interface reads the public fields
 * after each `onChange`.
 *
 * Invariant: there is always exactly one list source; leaving a place disposes of its source.
 */
import { type Disposable, DisposableStore } from '#base/disposable.ts';
import { Emitter } from '#base/emitter.ts';
import { recycleBins } from '#base/known-folders.ts';
import { baseName, directoryName, joinPath, normalizePath } from '#base/path.ts';
import type { DesktopFiles } from '#desktop/files/desktop-files.ts';
import type { FolderView } from '#desktop/files/file-settings.ts';
import type { SortColumn } from '#desktop/files/name-order.ts';
import { placeName } from '#desktop/files/place-name.ts';
import { Selection } from '#desktop/files/selection.ts';
import type { System } from '#runtime/system.ts';
import { FolderSource } from './folder-source.ts';
import type { ListItem, ListSnapshot, ListSource } from './list-source.ts';
import { NavigationHistory } from './navigation-history.ts';
import { RecycleBinSource } from './recycle-bin-source.ts';
import { SearchSource } from './search-source.ts';

export type ExplorerMode = 'folder' | 'recycle-bin' | 'search';

export interface Renaming {
	readonly key: string;
	readonly error?: string | undefined;
}

const iconSizes = [32, 48, 72, 96, 128] as const;

export class ExplorerModel implements Disposable {
	readonly selection = new Selection();
	readonly history: NavigationHistory;
	readonly system: System;
	readonly files: DesktopFiles;
	/** Prefix of the ids of its elements in the page. */
	readonly identifier: string;
	/** The item whose name is being typed. */
	renaming: Renaming | undefined;
	/** What is searched below the folder; empty for none. */
	query = '';
	/** Where the list is scrolled to; kept for coming back. */
	scrollTop = 0;
	readonly #changes = new Emitter<void>();
	readonly #owned = new DisposableStore();
	#source: ListSource;
	#awaited: { readonly key: string; readonly rename: boolean } | undefined;
	#restored: readonly string[] | undefined;
	/** The item that the list should bring into view. */
	#revealed: string | undefined;
	#version = 0;

	constructor(system: System, files: DesktopFiles, path: string) {
		this.system = system;
		this.files = files;
		this.identifier = `explorer-${crypto.randomUUID()}`;
		this.history = new NavigationHistory(placeOf(path, files));
		this.#source = this.#makeSource();
		this.#owned.add(files.settings.onChange(() => this.#settingsChanged()));
		this.#owned.add(files.clipboard.onChange(() => this.#changed()));
		this.#owned.add(files.history.onChange(() => this.#changed()));
		this.#load();
	}

	get onChange() {
		return this.#changes.event;
	}

	/** Grows with every change. */
	get version(): number {
		return this.#version;
	}

	get path(): string {
		return this.history.current.path;
	}

	get mode(): ExplorerMode {
		if (this.path === this.files.folders.recycleBin) return 'recycle-bin';
		return this.query === '' ? 'folder' : 'search';
	}

	get title(): string {
		return placeName(this.path);
	}

	get list(): ListSnapshot {
		return this.#source.snapshot;
	}

	get source(): ListSource {
		return this.#source;
	}

	/** What a search found is shown in details: where each thing stands matters. */
	get view(): FolderView {
		const view = this.files.settings.viewOf(this.path);
		return this.mode === 'search' ? { ...view, kind: 'details' } : view;
	}

	get selectedItems(): ListItem[] {
		return this.selection.selectedKeys
			.map((key) => this.list.itemAt(this.selection.indexOf(key)))
			.filter((item) => item !== undefined);
	}

	/** Paths of what is selected, in the order of the list. */
	get selectedPaths(): string[] {
		return this.selectedItems.map(({ path }) => path);
	}

	go(path: string, selected: readonly string[] = []): void {
		const target = placeOf(path, this.files);
		this.#leave();
		this.history.go(target, selected);
		this.#arrive();
		this.#revealed = selected[0];
	}

	back(): void {
		this.travel(-1);
	}

	forward(): void {
		this.travel(1);
	}

	/** Moves along the history by some steps. */
	travel(steps: number): void {
		this.#leave();
		if (this.history.move(steps) === undefined) return;
		this.#arrive();
		this.#revealed = undefined;
	}

	up(): void {
		if (this.path === '/') return;
		if (this.mode === 'recycle-bin') this.go('/');
		else this.go(directoryName(this.path), [baseName(this.path)]);
	}

	search(query: string): void {
		if (query === this.query) return;
		this.query = query;
		this.selection.clear();
		this.#replaceSource();
	}

	refresh(): void {
		if (this.list.state === 'failed') this.#replaceSource();
		else void this.#source.reload();
	}

	setView(change: Partial<FolderView>): void {
		this.files.settings.setViewOf(this.path, change);
	}

	/** Sorts by the column; by the same column again turns the order round. */
	sortBy(column: SortColumn): void {
		const { order } = this.list;
		const newestFirst = column === 'modified' || column === 'deleted' || column === 'size';
		const descending = order.column === column ? !order.descending : newestFirst;
		this.setView({ order: { column, descending } });
	}

	/** Next larger or smaller way to show items: details, then icons of growing size. */
	stepSize(by: 1 | -1): void {
		const { kind, iconSize } = this.view;
		const at = kind === 'details' ? -1 : iconSizes.findIndex((size) => size >= iconSize);
		const next = Math.min(Math.max(at + by, -1), iconSizes.length - 1);
		if (next < 0) this.setView({ kind: 'details' });
		else this.setView({ kind: 'icons', iconSize: iconSizes[next] ?? 48 });
	}

	startRename(key: string | undefined = this.selection.focus): void {
		if (key === undefined || this.mode === 'recycle-bin') return;
		this.renaming = { key };
		this.#changed();
	}

	failRename(key: string, error: string): void {
		this.renaming = { key, error };
		this.#changed();
	}

	endRename(): void {
		this.renaming = undefined;
		this.#changed();
	}

	/** Selects the item of this name as soon as it is in the list, and opens its name for typing when asked. */
	expect(path: string, rename: boolean): void {
		const key = this.mode === 'search' ? path : baseName(path);
		this.#awaited = { key, rename };
		this.#meetAwaited();
	}

	/** Position of the item to bring into view, told once, when it is in the list. */
	takeRevealed(): number | undefined {
		const index = this.#revealed === undefined ? -1 : this.selection.indexOf(this.#revealed);
		if (index < 0 || this.list.state === 'loading') return undefined;
		this.#revealed = undefined;
		return index;
	}

	dispose(): void {
		this.#source.dispose();
		this.#owned.dispose();
		this.#changes.dispose();
	}

	#leave(): void {
		const { scrollTop } = this;
		const { selectedKeys, focus } = this.selection;
		this.history.leave({ scrollTop, selected: selectedKeys, focus });
	}

	#arrive(): void {
		const { scrollTop, selected } = this.history.current;
		this.query = '';
		this.scrollTop = scrollTop;
		this.renaming = undefined;
		this.#restored = selected;
		this.selection.setKeys([]);
		this.#replaceSource();
	}

	#replaceSource(): void {
		this.#source.dispose();
		this.#source = this.#makeSource();
		this.#load();
		this.#changed();
	}

	#makeSource(): ListSource {
		const { system, files, path } = this;
		const { order } = this.view;
		if (this.mode === 'recycle-bin') return new RecycleBinSource(system, files.recycleBin, order);
		if (this.mode === 'search') {
			return new SearchSource(system, {
				directory: path,
				query: this.query,
				without: files.folders.recycleBin,
				order,
			});
		}
		return new FolderSource(system, path, { order, showHidden: files.settings.content.showHidden });
	}

	#load(): void {
		const source = this.#source;
		source.onChange(() => {
			if (source === this.#source) this.#listChanged();
		});
		void source.open();
	}

	#listChanged(): void {
		const { list } = this;
		this.selection.setKeys(list.keys);
		if (list.state === 'ready' && this.#restored !== undefined) {
			this.selection.select(this.#restored, this.history.current.focus);
			this.#restored = undefined;
		}
		this.#meetAwaited();
		this.#changed();
	}

	#meetAwaited(): void {
		const awaited = this.#awaited;
		if (awaited === undefined || this.selection.indexOf(awaited.key) < 0) return;
		this.#awaited = undefined;
		this.selection.select([awaited.key]);
		this.#revealed = awaited.key;
		if (awaited.rename) this.renaming = { key: awaited.key };
		this.#changed();
	}

	#settingsChanged(): void {
		const { order } = this.view;
		if (order !== this.list.order) this.#source.setOrder(order);
		this.#source.setShowHidden(this.files.settings.content.showHidden);
		this.#changed();
	}

	#changed(): void {
		this.#version++;
		this.#changes.fire();
	}
}

/** Where a path leads in an Explorer: the folder of all recycle bins to one's own. */
function placeOf(path: string, { folders }: DesktopFiles): string {
	const place = normalizePath(path);
	return place === recycleBins ? folders.recycleBin : place;
}

/** Path of the item `key` of a folder. */
export function pathOfKey(model: ExplorerModel, key: string): string {
	return model.list.itemAt(model.selection.indexOf(key))?.path ?? joinPath(model.path, key);
}
