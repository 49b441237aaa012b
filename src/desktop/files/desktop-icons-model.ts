/**
 * The icons of the desktop without their looks: the system's own and those of the Desktop folder, what is selected,
 * what is being renamed.
 */
import { type Disposable, DisposableStore } from '#base/disposable.ts';
import { Emitter } from '#base/emitter.ts';
import { baseName, joinPath } from '#base/path.ts';
import { watchDirectory } from '#runtime/watch-directory.ts';
import type { ArtworkName } from '#ui/artwork.ts';
import type { DesktopFiles } from './desktop-files.ts';
import { DirectoryModel } from './directory-model.ts';
import { isEncrypted } from './file-entry.ts';
import { iconOf } from './file-types.ts';
import { Selection } from './selection.ts';

export interface DesktopItem {
	/** Unique on the desktop, and under which its cell is remembered. */
	readonly key: string;
	readonly name: string;
	readonly path: string;
	readonly icon: ArtworkName;
	/** The system's own: it cannot be renamed, moved away or deleted. */
	readonly isSystem: boolean;
	readonly isFolder: boolean;
	readonly isEncrypted: boolean;
}

export class DesktopIconsModel implements Disposable {
	readonly files: DesktopFiles;
	readonly selection = new Selection();
	renaming: { readonly key: string; readonly error?: string | undefined } | undefined;
	items: readonly DesktopItem[] = [];
	binIsEmpty = true;
	readonly #directory: DirectoryModel;
	readonly #owned = new DisposableStore();
	readonly #changes = new Emitter<void>();
	#awaited: { readonly key: string; readonly rename: boolean } | undefined;
	#version = 0;

	constructor(files: DesktopFiles) {
		this.files = files;
		const { desktopOrder, showHidden } = files.settings.content;
		this.#directory = new DirectoryModel(files.system, files.folders.desktop, { order: desktopOrder, showHidden });
		this.#owned.add(this.#directory);
		this.#owned.add(this.#directory.onChange(() => this.#update()));
		this.#owned.add(files.clipboard.onChange(() => this.#changed()));
		this.#owned.add(files.settings.onChange(() => this.#settingsChanged()));
		this.#update();
	}

	get onChange() {
		return this.#changes.event;
	}

	/** Grows with every change. */
	get version(): number {
		return this.#version;
	}

	get isLoaded(): boolean {
		return this.#directory.snapshot.state !== 'loading';
	}

	get selectedItems(): DesktopItem[] {
		const { selected } = this.selection.snapshot;
		return this.items.filter(({ key }) => selected.has(key));
	}

	/** Paths of the files and folders selected, without the system's own. */
	get selectedPaths(): string[] {
		return this.selectedItems.filter(({ isSystem }) => !isSystem).map(({ path }) => path);
	}

	async open(): Promise<void> {
		await Promise.all([this.#directory.open(), this.#followBin()]);
	}

	reload(): Promise<void> {
		return this.#directory.reload();
	}

	startRename(): void {
		const { focus } = this.selection;
		if (this.items.some(({ key, isSystem }) => key === focus && !isSystem)) this.setRenaming(focus);
	}

	setRenaming(key: string | undefined, error?: string): void {
		this.renaming = key === undefined ? undefined : { key, error };
		this.#changed();
	}

	/** Selects the file of this name as soon as it is there. */
	expect(name: string): void {
		this.#awaited = { key: name, rename: false };
		this.#meetAwaited();
	}

	/** Selects the file and opens its name for typing as soon as it is there. */
	expectToRename(path: string): void {
		this.#awaited = { key: baseName(path), rename: true };
		this.#meetAwaited();
	}

	dispose(): void {
		this.#owned.dispose();
		this.#changes.dispose();
	}

	async #followBin(): Promise<void> {
		const { system, recycleBin } = this.files;
		const look = () => {
			recycleBin.isEmpty().then(
				(isEmpty) => this.#showBin(isEmpty),
				(error: unknown) => system.logWrite('warning', `The Recycle Bin cannot be read: ${String(error)}`),
			);
		};
		this.#owned.add(await watchDirectory(system, { path: recycleBin.directory, onChanges: look }));
		look();
	}

	#showBin(isEmpty: boolean): void {
		if (isEmpty === this.binIsEmpty) return;
		this.binIsEmpty = isEmpty;
		this.#update();
	}

	#settingsChanged(): void {
		const { desktopOrder, showHidden } = this.files.settings.content;
		this.#directory.setOptions({ order: desktopOrder, showHidden });
		this.#changed();
	}

	#update(): void {
		const { desktop, recycleBin, samples } = this.files.folders;
		const entries = this.#directory.snapshot.entries.map(
			(entry): DesktopItem => ({
				key: entry.name,
				name: entry.name,
				path: joinPath(desktop, entry.name),
				icon: entry.kind === 'directory' && entry.name === baseName(samples) ? 'folder-samples' : iconOf(entry),
				isSystem: false,
				isFolder: entry.kind === 'directory',
				isEncrypted: isEncrypted(entry),
			}),
		);
		const bin = this.binIsEmpty ? 'bin-empty' : 'bin-full';
		const shared = { isSystem: true, isFolder: true, isEncrypted: false };
		this.items = [
			{ key: '/', name: 'Computer', path: '/', icon: 'computer', ...shared },
			{ key: '/bin', name: 'Recycle Bin', path: recycleBin, icon: bin, ...shared },
			...entries,
		];
		this.selection.setKeys(this.items.map(({ key }) => key));
		this.#meetAwaited();
		this.#changed();
	}

	#meetAwaited(): void {
		const awaited = this.#awaited;
		if (awaited === undefined || this.selection.indexOf(awaited.key) < 0) return;
		this.#awaited = undefined;
		this.selection.select([awaited.key]);
		if (awaited.rename) this.setRenaming(awaited.key);
	}

	#changed(): void {
		this.#version++;
		this.#changes.fire();
	}
}
