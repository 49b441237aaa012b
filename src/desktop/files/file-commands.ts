/**
 * What a person can do with files, with the questions that belong to it: shared by Explorer and the desktop.
 *
 * Rules of use: one per window; questions are modal to the window of `shell`. Nothing here throws: what fails is
 * told to the person.
 */
import { OsError } from '#abi/errors.ts';
import { baseName, directoryName } from '#base/path.ts';
import type { Shell } from '#runtime/window-program.ts';
import type { DesktopFiles } from './desktop-files.ts';
import { explainError } from './failure-words.ts';
import { describePaths } from './file-operations.ts';
import { formatCount, formatDate, formatSize } from './format.ts';
import { pickHostItems } from './host-picker.ts';
import type { RecycledItem } from './recycle-bin.ts';

/** The part of the shell that the commands need; the desktop itself has one without a window. */
export type CommandShell = Pick<Shell, 'open' | 'startProgram' | 'ask'>;

/** Opening more than this at once is probably a slip. */
const openWithoutAsking = 15;

export class FileCommands {
	readonly #files: DesktopFiles;
	readonly #shell: CommandShell;

	constructor(files: DesktopFiles, shell: CommandShell) {
		this.#files = files;
		this.#shell = shell;
	}

	async open(paths: readonly string[]): Promise<void> {
		if (paths.length > openWithoutAsking) {
			const answer = await this.#shell.ask({
				title: 'Open files',
				message: `Open ${formatCount(paths.length, 'item')} at once?`,
				kind: 'question',
				buttons: ['Open all', 'Cancel'],
			});
			if (answer !== 'Open all') return;
		}
		for (const path of paths) await this.#attempt(`“${baseName(path)}” cannot be opened`, () => this.#shell.open(path));
	}

	openInNewWindow(paths: readonly string[]): Promise<void> {
		return this.#attempt('The window cannot be opened', async () => {
			for (const path of paths) await this.#shell.startProgram('explorer', [path]);
		});
	}

	recycle(paths: readonly string[]): void {
		if (paths.length > 0) this.#files.operations.recycle(paths);
	}

	async deleteForGood(paths: readonly string[]): Promise<void> {
		if (paths.length === 0) return;
		const sure = await this.#confirmDeletion('Delete for good', `Delete ${describePaths(paths)} for good?`);
		if (sure) this.#files.operations.deleteForGood(paths);
	}

	async deleteFromBin(items: readonly RecycledItem[]): Promise<void> {
		if (items.length === 0) return;
		const names = items.length === 1 ? `“${items[0]?.name}”` : formatCount(items.length, 'item');
		const sure = await this.#confirmDeletion('Delete for good', `Delete ${names} for good?`);
		if (sure) this.#files.operations.emptyRecycleBin(items.map(({ id }) => id));
	}

	/** Tells what the deleted thing was, and offers to put it back. */
	async offerRestore(item: RecycledItem): Promise<void> {
		const answer = await this.#shell.ask({
			title: 'Recycle Bin',
			message: `Restore “${item.name}” to ${directoryName(item.path)}?`,
			detail: `${formatSize(item.bytes)}, deleted ${formatDate(item.deletedTime)}.`,
			kind: 'question',
			buttons: ['Restore', 'Cancel'],
		});
		if (answer === 'Restore') this.#files.operations.restore([item.id]);
	}

	async emptyRecycleBin(): Promise<void> {
		await this.#attempt('The Recycle Bin cannot be emptied', async () => {
			const items = await this.#files.recycleBin.list();
			if (items.length === 0) return;
			const bytes = items.reduce((sum, item) => sum + item.bytes, 0);
			const what = `${formatCount(items.length, 'item')} (${formatSize(bytes)})`;
			const sure = await this.#confirmDeletion('Empty the Recycle Bin', `Delete the ${what} in it for good?`);
			if (sure) this.#files.operations.emptyRecycleBin(items.map(({ id }) => id));
		});
	}

	cut(paths: readonly string[]): void {
		this.#files.clipboard.cut(paths);
	}

	copy(paths: readonly string[]): void {
		this.#files.clipboard.copy(paths);
	}

	paste(directory: string): void {
		this.#files.clipboard.paste(directory, this.#files.operations);
	}

	copyPaths(paths: readonly string[]): Promise<void> {
		return this.#attempt('The path cannot be copied', () => navigator.clipboard.writeText(paths.join('\n')));
	}

	undo(): void {
		this.#files.operations.undo();
	}

	redo(): void {
		this.#files.operations.redo();
	}

	/** Makes a folder; returns its path, or nothing when that failed and was told. */
	newFolder(directory: string): Promise<string | undefined> {
		return this.#attempt('A folder cannot be made here', () => this.#files.operations.makeFolder(directory));
	}

	newTextFile(directory: string): Promise<string | undefined> {
		return this.#attempt('A file cannot be made here', () =>
			this.#files.operations.makeFile(directory, 'New text file.txt'),
		);
	}

	/** Renames; returns what was wrong with the name, for the field to show, or nothing. */
	async rename(path: string, name: string): Promise<string | undefined> {
		try {
			await this.#files.operations.rename(path, name);
			return undefined;
		} catch (error) {
			const taken = error instanceof OsError && error.code === 'EEXIST';
			return taken ? `There is already something named “${name}” here.` : explainError(error);
		}
	}

	/** Gives all of them the name typed for the first: `x (1)`, `x (2)`… */
	renameAll(paths: readonly string[], name: string): void {
		const dot = name.lastIndexOf('.');
		this.#files.operations.renameMany(paths, dot > 0 ? name.slice(0, dot) : name);
	}

	/** Whether files can be encrypted here. */
	get canEncrypt(): boolean {
		return this.#files.encryption.isSupported;
	}

	/** Encrypts or decrypts, with all that is in folders. */
	async setEncrypted(paths: readonly string[], isEncrypted: boolean): Promise<void> {
		const what = `${describePaths(paths)} cannot be ${isEncrypted ? 'encrypted' : 'decrypted'}`;
		const change = isEncrypted ? 'encrypt' : 'decrypt';
		await this.#attempt(what, () => this.#files.encryption.change(paths, { change, below: true }));
	}

	/** Whether there are sticks that images can be written to. */
	get canWriteSticks(): boolean {
		return this.#files.canWriteSticks;
	}

	writeToStick(image: string): Promise<void> {
		return this.#attempt('The window cannot be opened', async () => {
			await this.#shell.startProgram('install', ['write', image]);
		});
	}

	saveToComputer(paths: readonly string[]): void {
		if (paths.length > 0) this.#files.saveToComputer(paths);
	}

	async bringIn(directory: string, what: 'files' | 'folder'): Promise<void> {
		const items = await pickHostItems(what);
		if (items.length > 0) this.#files.bringIn(items, directory);
	}

	async openFolderOf(path: string): Promise<void> {
		await this.openInNewWindow([directoryName(path)]);
	}

	async #confirmDeletion(title: string, message: string): Promise<boolean> {
		const answer = await this.#shell.ask({
			title,
			message,
			detail: 'This cannot be undone.',
			kind: 'warning',
			buttons: ['Delete', 'Cancel'],
			defaultButton: 'Delete',
		});
		return answer === 'Delete';
	}

	async #attempt<T>(failure: string, task: () => Promise<T>): Promise<T | undefined> {
		try {
			return await task();
		} catch (error) {
			await this.#shell.ask({ title: failure, message: explainError(error), kind: 'error', buttons: ['OK'] });
			return undefined;
		}
	}
}
