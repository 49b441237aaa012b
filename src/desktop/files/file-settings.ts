/**
 * What the desktop remembers about showing files: the view of each folder and where the desktop icons stand.
 * Kept as one JSON file in the person's Settings folder, through system calls like anybody's file.
 *
 * Rules of use: `load` once; read the fields; change them by `update`, which saves a moment later.
 */
import { OsError } from '#abi/errors.ts';
import { Emitter } from '#base/emitter.ts';
import { directoryName } from '#base/path.ts';
import type { System } from '#runtime/system.ts';
import { fieldsOf } from '../settings/settings-file.ts';
import type { SortOrder } from './name-order.ts';
import { ensureDirectory } from './staging.ts';

export type FolderViewKind = 'icons' | 'details';

export interface FolderView {
	readonly kind: FolderViewKind;
	/** Width of an icon in CSS pixels. */
	readonly iconSize: number;
	readonly order: SortOrder;
}

/** Where a desktop icon stands: column from the left, row from the top. */
export interface IconCell {
	readonly column: number;
	readonly row: number;
}

export interface FileSettingsContent {
	readonly showHidden: boolean;
	/** By path; the least recently changed are forgotten. */
	readonly folderViews: Readonly<Record<string, FolderView>>;
	readonly columnWidths: Readonly<Record<string, number>>;
	readonly desktopCells: Readonly<Record<string, IconCell>>;
	readonly desktopAutoArrange: boolean;
	readonly desktopOrder: SortOrder;
	readonly desktopIconSize: number;
	readonly showNavigation: boolean;
}

const saveDelayMs = 400;
const folderViewsKept = 300;

const defaults: FileSettingsContent = {
	showHidden: false,
	folderViews: {},
	columnWidths: {},
	desktopCells: {},
	desktopAutoArrange: false,
	desktopOrder: { column: 'name', descending: false },
	desktopIconSize: 48,
	showNavigation: true,
};

const defaultFolderView: FolderView = {
	kind: 'details',
	iconSize: 48,
	order: { column: 'name', descending: false },
};

export class FileSettings {
	readonly #system: System;
	readonly #path: string;
	readonly #initialViews: Readonly<Record<string, FolderView>>;
	readonly #changes = new Emitter<void>();
	#content = defaults;
	#saving: Promise<void> | undefined;

	/** `initialViews` are those of folders that the person has not changed. */
	constructor(system: System, path: string, initialViews: Readonly<Record<string, FolderView>> = {}) {
		this.#system = system;
		this.#path = path;
		this.#initialViews = initialViews;
	}

	get onChange() {
		return this.#changes.event;
	}

	get content(): FileSettingsContent {
		return this.#content;
	}

	/** Reads the file; one that is absent or damaged leaves the defaults. */
	async load(): Promise<void> {
		try {
			const bytes = await this.#system.pathRead(this.#path, 4 << 20);
			this.#content = parseContent(JSON.parse(new TextDecoder().decode(bytes)));
		} catch (error) {
			if (!(error instanceof OsError) && !(error instanceof SyntaxError)) throw error;
			const isMissing = error instanceof OsError && error.code === 'ENOENT';
			if (!isMissing) await this.#system.logWrite('warning', `${this.#path} could not be read: ${error.message}`);
		}
		this.#changes.fire();
	}

	update(change: Partial<FileSettingsContent>): void {
		this.#content = { ...this.#content, ...change };
		this.#changes.fire();
		this.#saving ??= new Promise((resolve) => setTimeout(resolve, saveDelayMs)).then(() => this.#save());
	}

	viewOf(directory: string): FolderView {
		return this.#content.folderViews[directory] ?? this.#initialViews[directory] ?? defaultFolderView;
	}

	setViewOf(directory: string, change: Partial<FolderView>): void {
		const { [directory]: current, ...others } = this.#content.folderViews;
		const kept = Object.entries(others).slice(-folderViewsKept);
		const view = { ...(current ?? this.viewOf(directory)), ...change };
		this.update({ folderViews: Object.fromEntries([...kept, [directory, view]]) });
	}

	/** Resolves when the last change is stored. */
	async saved(): Promise<void> {
		while (this.#saving !== undefined) await this.#saving;
	}

	async #save(): Promise<void> {
		this.#saving = undefined;
		const bytes = new TextEncoder().encode(JSON.stringify(this.#content, undefined, '\t'));
		try {
			await ensureDirectory(this.#system, directoryName(this.#path));
			await this.#system.pathWrite(this.#path, bytes, 'open-or-create');
		} catch (error) {
			// Not worth a message to the person (the disk may be full): the view is simply not remembered.
			await this.#system.logWrite('warning', `The view settings of files were not saved: ${String(error)}`);
		}
	}
}

/** Fields of another form than their defaults are left out: the person may have edited the file. */
function parseContent(json: unknown): FileSettingsContent {
	const fields = fieldsOf(json);
	const usable = Object.entries(defaults).map(([name, value]) => {
		const isUsable =
			typeof value === 'object' ? fieldsOf(fields[name]) === fields[name] : typeof fields[name] === typeof value;
		return [name, isUsable ? fields[name] : value];
	});
	const content = Object.fromEntries(usable) as unknown as FileSettingsContent;
	const views = Object.entries(content.folderViews).map(([path, view]) => [
		path,
		{ ...defaultFolderView, ...fieldsOf(view) },
	]);
	return { ...content, folderViews: Object.fromEntries(views) };
}
