/** What a person can do in one Explorer window: commands on what is selected in it, and what follows from them. */
import { baseName, directoryName, joinPath } from '#base/path.ts';
import type { FileCommands } from '#desktop/files/file-commands.ts';
import type { PropertiesPageId } from '#desktop/properties/properties-page.ts';
import { type ExplorerModel, pathOfKey } from './explorer-model.ts';
import { RecycleBinSource } from './recycle-bin-source.ts';

export class ExplorerActions {
	readonly #model: ExplorerModel;
	readonly #commands: FileCommands;
	readonly chooseProgram: (path: string) => void;

	constructor(model: ExplorerModel, commands: FileCommands, chooseProgram: (path: string) => void) {
		this.#model = model;
		this.#commands = commands;
		this.chooseProgram = chooseProgram;
	}

	/** One folder opens in this window; everything else as a double-click does. */
	open(): void {
		const items = this.#model.selectedItems;
		const [only] = items;
		const { source } = this.#model;
		if (source instanceof RecycleBinSource) {
			const [deleted] = source.itemsOf(only === undefined ? [] : [only.key]);
			if (deleted !== undefined) void this.#commands.offerRestore(deleted);
			return;
		}
		if (items.length === 1 && only?.kind === 'directory') this.#model.go(only.path);
		else void this.#commands.open(items.map(({ path }) => path));
	}

	remove(forGood: boolean): void {
		const { source } = this.#model;
		if (source instanceof RecycleBinSource) {
			void this.#commands.deleteFromBin(source.itemsOf(this.#model.selection.selectedKeys));
			return;
		}
		const paths = this.#model.selectedPaths;
		if (forGood) void this.#commands.deleteForGood(paths);
		else this.#commands.recycle(paths);
	}

	restore(): void {
		this.#restore(this.#model.selection.selectedKeys);
	}

	restoreAll(): void {
		this.#restore(this.#model.list.keys);
	}

	async newFolder(): Promise<void> {
		this.#expectNamed(await this.#commands.newFolder(this.#model.path));
	}

	async newTextFile(): Promise<void> {
		this.#expectNamed(await this.#commands.newTextFile(this.#model.path));
	}

	bringIn(what: 'files' | 'folder'): void {
		void this.#commands.bringIn(this.#model.path, what);
	}

	showProperties(paths: readonly string[] = this.#model.selectedPaths, page?: PropertiesPageId): void {
		this.#model.files.propertiesWanted.fire({ paths: paths.length === 0 ? [this.#model.path] : paths, page });
	}

	/** Takes a name that was typed; with several selected, names them all after it. */
	async commitRename(key: string, name: string, next: 'stay' | 'next' | 'previous'): Promise<boolean> {
		const model = this.#model;
		const path = pathOfKey(model, key);
		const { selectedKeys } = model.selection;
		if (next === 'stay' && selectedKeys.length > 1 && selectedKeys.includes(key) && name !== baseName(path)) {
			this.#commands.renameAll(model.selectedPaths, name);
			model.endRename();
			return true;
		}
		const neighbour = model.list.keys[model.selection.indexOf(key) + (next === 'previous' ? -1 : 1)];
		const problem = name === baseName(path) ? undefined : await this.#commands.rename(path, name);
		if (problem !== undefined) {
			model.failRename(key, problem);
			return false;
		}
		if (next !== 'stay' && neighbour !== undefined) {
			model.selection.select([neighbour]);
			model.startRename(neighbour);
			return false;
		}
		model.endRename();
		model.expect(joinPath(directoryName(path), name), false);
		return true;
	}

	#restore(ids: readonly string[]): void {
		if (this.#model.mode === 'recycle-bin' && ids.length > 0) this.#model.files.operations.restore(ids);
	}

	#expectNamed(path: string | undefined): void {
		if (path !== undefined) this.#model.expect(path, true);
	}
}
