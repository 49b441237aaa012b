/**
 * Everything about files that the windows of the desktop share: operations with undo, the clipboard, the Recycle
 * Bin, transfers under way, view settings, and what is being dragged.
 *
 * Rules of use:
 * - The desktop makes one over its own process (`DesktopModel.files`); so a copy goes on when the Explorer window
 *   that started it is closed, and undo works in every window.
 * - `open` once before use; it removes what an interrupted copy of the last time left behind.
 */
import { OsError } from '#abi/errors.ts';
import type { Disposable } from '#base/disposable.ts';
import { Emitter } from '#base/emitter.ts';
import { joinPath } from '#base/path.ts';
import type { System } from '#runtime/system.ts';
import type { KnownFolders } from '#runtime/window-program.ts';
import { EncryptionActions } from '../encryption/encryption-actions.ts';
import type { PropertiesPageId } from '../properties/properties-page.ts';
import { FileClipboard } from './file-clipboard.ts';
import { describePaths, FileOperations } from './file-operations.ts';
import { FileSettings } from './file-settings.ts';
import { formatCount } from './format.ts';
import type { HostItem } from './host-items.ts';
import { placeName } from './place-name.ts';
import { RecycleBin } from './recycle-bin.ts';
import { Staging } from './staging.ts';
import type { Transfer } from './transfer.ts';
import { TransferQueue } from './transfer-queue.ts';
import { UndoHistory } from './undo-history.ts';

export interface PropertiesWish {
	readonly paths: readonly string[];
	/** The tab to begin with; the first one when absent. */
	readonly page?: PropertiesPageId | undefined;
}

export class DesktopFiles implements Disposable {
	readonly system: System;
	readonly folders: KnownFolders;
	readonly transfers = new TransferQueue();
	readonly clipboard = new FileClipboard();
	readonly history = new UndoHistory();
	readonly recycleBin: RecycleBin;
	readonly settings: FileSettings;
	readonly operations: FileOperations;
	readonly encryption: EncryptionActions;
	/** Somebody wants to see properties; the desktop opens the window. */
	readonly propertiesWanted = new Emitter<PropertiesWish>();
	/** Paths that a drag carries, from its start to its end; the browser hides them from the places it passes. */
	dragged: readonly string[] | undefined;
	/** Whether there is a browser that could save to the computer that it runs on. */
	readonly canSaveToComputer: boolean;
	/** Whether there is a PC whose sticks can be written. */
	readonly canWriteSticks: boolean;
	readonly #staging: Staging;

	constructor(system: System, folders: KnownFolders, { hasWholePc = false } = {}) {
		this.canSaveToComputer = !hasWholePc;
		this.canWriteSticks = hasWholePc;
		this.system = system;
		this.folders = folders;
		this.recycleBin = new RecycleBin(system, folders.recycleBin);
		this.settings = new FileSettings(system, joinPath(folders.settings, 'files.json'), {
			[folders.pictures]: { kind: 'icons', iconSize: 96, order: { column: 'name', descending: false } },
			[folders.recycleBin]: { kind: 'details', iconSize: 48, order: { column: 'deleted', descending: true } },
		});
		this.#staging = new Staging(system, joinPath(folders.settings, 'Unfinished copies'));
		this.operations = new FileOperations({
			system,
			queue: this.transfers,
			recycleBin: this.recycleBin,
			history: this.history,
			staging: this.#staging,
		});
		this.encryption = new EncryptionActions(system, this.operations);
	}

	async open(): Promise<void> {
		await Promise.all([this.settings.load(), this.encryption.open(), this.#clearStaging()]);
	}

	/** What cannot be removed takes room; it must not keep the person from the desktop. */
	async #clearStaging(): Promise<void> {
		try {
			await this.#staging.clear();
		} catch (error) {
			if (!(error instanceof OsError)) throw error;
			await this.system.logWrite('warning', `Unfinished copies could not be removed: ${error.message}`);
		}
	}

	/** Copies files and folders of the host computer into `directory`. */
	bringIn(items: readonly HostItem[], directory: string): Transfer {
		const [only] = items;
		const what = items.length === 1 && only !== undefined ? `“${only.name}”` : formatCount(items.length, 'item');
		const title = `Copying ${what} from your computer to ${placeName(directory)}`;
		return this.operations.run(title, `Copy of ${what} from your computer`, async (services) => {
			const { HostImport } = await import('./host-import.ts');
			await new HostImport(services, this.#staging).bringIn(items, directory);
		});
	}

	/** Saves to the host computer by the browser's download: a file as it is, a folder or several files as a ZIP. */
	saveToComputer(paths: readonly string[]): Transfer {
		return this.operations.run(`Saving ${describePaths(paths)} to your computer`, '', async ({ transfer }) => {
			const [{ HostExport }, { download }] = await Promise.all([import('./host-export.ts'), import('./download.ts')]);
			download(await new HostExport(this.system, transfer).export(paths));
		});
	}

	dispose(): void {
		this.transfers.cancelAll();
		this.propertiesWanted.dispose();
		this.encryption.dispose();
	}
}
