/**
 * The files that were copied or cut, for every window of the desktop. Cut files stay where they are, shown dimmed,
 * until they are pasted.
 */
import { Emitter } from '#base/emitter.ts';
import { isWithin } from '#base/path.ts';
import type { FileOperations } from './file-operations.ts';
import type { Transfer } from './transfer.ts';

export interface ClipboardContent {
	readonly paths: readonly string[];
	readonly cut: boolean;
}

export class FileClipboard {
	readonly #changes = new Emitter<void>();
	#content: ClipboardContent | undefined;
	#cutPaths: ReadonlySet<string> = new Set();

	get onChange() {
		return this.#changes.event;
	}

	get content(): ClipboardContent | undefined {
		return this.#content;
	}

	copy(paths: readonly string[]): void {
		this.#set(paths.length === 0 ? undefined : { paths: [...paths], cut: false });
	}

	cut(paths: readonly string[]): void {
		this.#set(paths.length === 0 ? undefined : { paths: [...paths], cut: true });
	}

	clear(): void {
		this.#set(undefined);
	}

	/** Whether the file is cut and waits for its place. */
	isCut(path: string): boolean {
		return this.#cutPaths.has(path);
	}

	/** Whether something can be pasted into `directory`. */
	canPasteInto(directory: string): boolean {
		const content = this.#content;
		return content !== undefined && !content.paths.some((path) => isWithin(directory, path));
	}

	/** Copies or moves the content to `directory`; cut files can be pasted once. */
	paste(directory: string, operations: FileOperations): Transfer | undefined {
		const content = this.#content;
		if (content === undefined) return undefined;
		if (!content.cut) return operations.copy(content.paths, directory);
		this.clear();
		return operations.move(content.paths, directory);
	}

	#set(content: ClipboardContent | undefined): void {
		this.#content = content;
		this.#cutPaths = new Set(content?.cut ? content.paths : []);
		this.#changes.fire();
	}
}
