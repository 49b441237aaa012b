/**
 * Notepad without its interface: one document, its file, and what a person does with both.
 *
 * Rules of use:
 * - The interface subscribes and reads `view`, a new object after each change.
 * - Whatever would lose unsaved text goes through `confirmLoss` or another question first.
 *
 * Invariants:
 * - A document is changed when its text, encoding or line ends differ from what was last read or written.
 * - A document whose bytes would not come back as they were cannot be edited until the person says so.
 */
import type { Text } from '@codemirror/state';
import { type ErrorName, errorTable, OsError } from '#abi/errors.ts';
import type { Disposable } from '#base/disposable.ts';
import { baseName, directoryName } from '#base/path.ts';
import { findRefusalReason } from '#runtime/refusal-reason.ts';
import type { System } from '#runtime/system.ts';
import { watchDirectory } from '#runtime/watch-directory.ts';
import type { MessageDialog, ProgramWindow, Shell } from '#runtime/window-program.ts';
import type { Editor } from './editor.ts';
import { type EncodingId, encodingLabel } from './encodings.ts';
import { textExtensions } from './file-types.ts';
import type { LineEnd } from './line-ends.ts';
import { readTextFile, type TextContent, writeTextFile } from './text-file.ts';

export type Notice = 'partial' | 'inexact' | 'mixed-line-ends' | 'changed-outside' | 'removed-outside';

export interface NotepadView {
	/** Absent for a document that has no file yet. */
	readonly path: string | undefined;
	readonly name: string;
	readonly changed: boolean;
	readonly encoding: EncodingId;
	readonly lineEnd: LineEnd;
	readonly notice: Notice | undefined;
	readonly readOnly: boolean;
	readonly sizeBytes: number;
	readonly line: number;
	readonly column: number;
	readonly lines: number;
	readonly selected: number;
	readonly busy: boolean;
}

const emptyView: NotepadView = {
	...{ path: undefined, name: 'Untitled', changed: false, encoding: 'utf-8', lineEnd: 'crlf', notice: undefined },
	...{ readOnly: false, sizeBytes: 0, line: 1, column: 1, lines: 1, selected: 0, busy: false },
};

interface Saved {
	readonly document: Text;
	readonly encoding: EncodingId;
	readonly lineEnd: LineEnd;
	readonly modifiedTime: number;
}

export interface NotepadOptions {
	readonly system: System;
	readonly shell: Shell;
	readonly window: ProgramWindow;
	readonly editor: Editor;
}

export class Notepad {
	readonly editor: Editor;
	readonly #system: System;
	readonly #shell: Shell;
	readonly #window: ProgramWindow;
	readonly #listeners = new Set<() => void>();
	#view = emptyView;
	#saved: Saved;
	#suggestedName = '';
	#watch: Disposable | undefined;
	#saving = false;
	/** The file that comes back with the session. */
	#restartPath: string | undefined;
	#disposed = false;

	constructor(options: NotepadOptions) {
		this.editor = options.editor;
		this.#system = options.system;
		this.#shell = options.shell;
		this.#window = options.window;
		this.#saved = { document: this.editor.document, encoding: 'utf-8', lineEnd: 'crlf', modifiedTime: 0 };
		this.#window.setCloseGuard(() => this.confirmLoss());
		this.#show({});
	}

	get view(): NotepadView {
		return this.#view;
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	};

	dispose(): void {
		this.#disposed = true;
		this.#watch?.dispose();
		this.#listeners.clear();
	}

	/** Called by the editor. */
	editorChanged({ text }: { readonly text: boolean }): void {
		if (text || this.#view.changed) this.#show({});
		else this.#showPosition();
	}

	/** `true` when the text is safe or the person gives it up. */
	async confirmLoss(): Promise<boolean> {
		if (!this.#view.changed) return true;
		const answer = await this.#ask({
			title: 'Notepad',
			message: `Save the changes to ${this.#view.name}?`,
			detail: this.#view.path,
			kind: 'question',
			buttons: ['Save', 'Don’t save', 'Cancel'],
		});
		if (answer === 'Save') return this.save();
		return answer === 'Don’t save';
	}

	async create(): Promise<void> {
		if (!(await this.confirmLoss())) return;
		this.#follow(undefined);
		this.editor.load('', false);
		this.#remember('utf-8', 'crlf', 0);
		this.#suggestedName = '';
		this.#show({ path: undefined, name: 'Untitled', notice: undefined, readOnly: false, sizeBytes: 0 });
	}

	async chooseAndOpen(): Promise<void> {
		if (!(await this.confirmLoss())) return;
		const path = await this.#shell.pickFile({ title: 'Open', directory: this.#directory, extensions: textExtensions });
		this.#focusText();
		if (path !== undefined) await this.#load(path);
	}

	async open(path: string): Promise<void> {
		if (await this.confirmLoss()) await this.#load(path);
	}

	/** Text that came from elsewhere, such as a file of the host computer: a new document with this name, not saved yet. */
	async openText(name: string, content: TextContent): Promise<void> {
		if (!(await this.confirmLoss())) return;
		this.#follow(undefined);
		this.editor.load('', false);
		this.#remember(content.encoding, content.lineEnd, 0);
		this.editor.load(content.text, !content.exact);
		this.#suggestedName = name;
		const notice = noticeOf(content);
		this.#show({ path: undefined, name, notice, readOnly: !content.exact, sizeBytes: 0 });
	}

	async reopenWith(encoding: EncodingId): Promise<void> {
		const { path } = this.#view;
		if (path !== undefined && (await this.confirmLoss())) await this.#load(path, encoding);
	}

	/** Reads the file again, as another program has left it. */
	async reload(): Promise<void> {
		const { path, encoding } = this.#view;
		if (path !== undefined && (await this.#confirmReload())) await this.#load(path, encoding);
	}

	/** Not `confirmLoss`: to save now would destroy what the other program has written. */
	async #confirmReload(): Promise<boolean> {
		if (!this.#view.changed) return true;
		const answer = await this.#ask({
			title: 'Notepad',
			message: `Give up your changes to ${this.#view.name}?`,
			detail: 'Reload shows the file as the other program has left it. “Save as” keeps your text under another name.',
			kind: 'warning',
			buttons: ['Reload', 'Cancel'],
			defaultButton: 'Cancel',
		});
		return answer === 'Reload';
	}

	async save(): Promise<boolean> {
		const { path, readOnly } = this.#view;
		if (path === undefined || readOnly) return this.saveAs();
		if (this.#view.notice === 'changed-outside' && !(await this.#confirmOverwrite())) return false;
		return this.#write(path, this.#view.encoding);
	}

	async saveAs(): Promise<boolean> {
		const { path, name, encoding, notice } = this.#view;
		if (notice === 'partial') {
			await this.#tell('Only a part of this file is shown, so it cannot be saved from here.', 'warning');
			return false;
		}
		const proposed = path === undefined ? this.#suggestedName || 'Untitled.txt' : name;
		const target = await this.#shell.pickSavePath({ title: 'Save as', directory: this.#directory, name: proposed });
		this.#focusText();
		return target === undefined ? false : this.#write(target, encoding);
	}

	setEncoding(encoding: EncodingId): void {
		this.#focusText();
		this.#show({ encoding });
	}

	setLineEnd(lineEnd: LineEnd): void {
		const notice = this.#view.notice === 'mixed-line-ends' ? undefined : this.#view.notice;
		this.#focusText();
		this.#show({ lineEnd, notice });
	}

	/** The person knows what the notice says. */
	dismissNotice(): void {
		if (this.#view.notice === 'inexact') {
			this.editor.setReadOnly(false);
			this.#show({ notice: undefined, readOnly: false });
		} else this.#show({ notice: undefined });
	}

	get #directory(): string {
		return this.#view.path === undefined ? this.#shell.folders.documents : directoryName(this.#view.path);
	}

	async #load(path: string, encoding?: EncodingId): Promise<void> {
		this.#show({ busy: true });
		try {
			const file = await readTextFile(this.#system, path, encoding);
			if (this.#disposed) return;
			const readOnly = file.partial || !file.exact;
			this.editor.load(file.text, readOnly);
			this.#remember(file.encoding, file.lineEnd, file.modifiedTime);
			const notice = file.partial ? 'partial' : noticeOf(file);
			this.#show({ path, name: baseName(path), notice, readOnly, sizeBytes: file.sizeBytes });
			this.#follow(path);
		} catch (error) {
			if (!this.#disposed) await this.#tell(`${baseName(path)} could not be opened. ${describeUnread(error)}`, 'error');
		} finally {
			this.#show({ busy: false });
		}
	}

	async #write(path: string, encoding: EncodingId): Promise<boolean> {
		const { lineEnd } = this.#view;
		const { document } = this.editor;
		this.#saving = true;
		this.#show({ busy: true });
		try {
			const result = await writeTextFile(this.#system, path, { text: this.editor.text, encoding, lineEnd });
			if (result.kind === 'unencodable') return await this.#offerUnicode(path, encoding, result);
			if (this.#disposed) return true;
			this.#saved = { document, encoding, lineEnd, modifiedTime: result.modifiedTime };
			const moved = path !== this.#view.path;
			const parts = { path, name: baseName(path), encoding, sizeBytes: result.sizeBytes };
			this.#show({ ...parts, notice: undefined, readOnly: false });
			this.editor.setReadOnly(false);
			if (moved) this.#follow(path);
			return true;
		} catch (error) {
			if (this.#disposed) return false;
			await this.#tell(`${baseName(path)} could not be saved. ${describeUnsaved(error)}`, 'error');
			return false;
		} finally {
			this.#saving = false;
			this.#show({ busy: false });
		}
	}

	/** Nothing has been written. */
	async #offerUnicode(
		path: string,
		encoding: EncodingId,
		place: { readonly character: string; readonly index: number },
	): Promise<boolean> {
		const line = this.editor.document.lineAt(place.index).number;
		const answer = await this.#ask({
			title: 'Notepad',
			message: `${encodingLabel(encoding)} has no character “${place.character}”, which stands in line ${line}.`,
			detail: 'Nothing has been saved yet. UTF-8 can hold every character; an old program may not be able to read it.',
			kind: 'warning',
			buttons: ['Save as UTF-8', 'Show the character', 'Cancel'],
		});
		if (answer === 'Save as UTF-8') return this.#write(path, 'utf-8');
		if (answer === 'Show the character') this.editor.select(place.index, place.index + place.character.length);
		return false;
	}

	async #confirmOverwrite(): Promise<boolean> {
		const answer = await this.#ask({
			title: 'Notepad',
			message: `${this.#view.name} was changed by another program. Replace it with your text?`,
			kind: 'warning',
			buttons: ['Replace', 'Cancel'],
			defaultButton: 'Cancel',
		});
		return answer === 'Replace';
	}

	/** Asks, and gives the keyboard back to the text. */
	async #ask(dialog: MessageDialog): Promise<string> {
		const answer = await this.#shell.ask(dialog);
		this.#focusText();
		return answer;
	}

	#focusText(): void {
		// The dialog takes its own focus back when it goes, which is after this.
		requestAnimationFrame(() => {
			if (!this.#disposed) this.editor.view.focus();
		});
	}

	async #tell(message: string, kind: 'warning' | 'error'): Promise<void> {
		await this.#ask({ title: 'Notepad', message, kind, buttons: ['OK'] });
	}

	#remember(encoding: EncodingId, lineEnd: LineEnd, modifiedTime: number): void {
		this.#saved = { document: this.editor.document, encoding, lineEnd, modifiedTime };
		this.#view = { ...this.#view, encoding, lineEnd };
	}

	/** Watches the folder of `path` for what other programs do to the file. */
	#follow(path: string | undefined): void {
		this.#watch?.dispose();
		this.#watch = undefined;
		if (path === undefined) return;
		const opening = watchDirectory(this.#system, {
			path: directoryName(path),
			onChanges: (changes) => {
				if (changes.some((change) => change.path === path || change.kind === 'overflow'))
					void this.#compareWithFile(path);
			},
		});
		opening.then(
			(watch) => {
				if (this.#disposed || this.#view.path !== path) watch.dispose();
				else this.#watch = watch;
			},
			// A folder that cannot be watched still has files that can be edited.
			(error: unknown) => {
				if (!(error instanceof OsError)) throw error;
			},
		);
	}

	async #compareWithFile(path: string): Promise<void> {
		const time = await this.#system.pathStat(path).then(
			(stat) => stat.modifiedTime,
			() => undefined,
		);
		if (this.#saving || this.#disposed || this.#view.path !== path) return;
		if (time === undefined) this.#show({ notice: 'removed-outside' });
		else if (time !== this.#saved.modifiedTime) this.#show({ notice: 'changed-outside' });
		else if (this.#view.notice === 'removed-outside') this.#show({ notice: undefined });
	}

	#show(parts: Partial<NotepadView>): void {
		if (this.#disposed) return;
		const next = { ...this.#view, ...parts };
		const { document, encoding, lineEnd } = this.#saved;
		const same = this.editor.document.eq(document) && next.encoding === encoding && next.lineEnd === lineEnd;
		this.#view = { ...next, changed: !same };
		if (next.path !== this.#restartPath) {
			this.#restartPath = next.path;
			this.#window.setRestartArguments(next.path === undefined ? [] : [next.path]);
		}
		this.#window.setTitle(`${same ? '' : '*'}${next.name} – Notepad`);
		this.#showPosition();
	}

	#showPosition(): void {
		const { main } = this.editor.view.state.selection;
		this.#view = {
			...this.#view,
			...this.editor.position,
			lines: this.editor.document.lines,
			selected: main.to - main.from,
		};
		for (const listener of this.#listeners) listener();
	}
}

function noticeOf(content: TextContent): Notice | undefined {
	if (!content.exact) return 'inexact';
	return content.mixedLineEnds ? 'mixed-line-ends' : undefined;
}

const unsavedSentences: Partial<Record<ErrorName, string>> = {
	EACCES: 'It is read-only. “Save as” keeps your text under another name.',
	ENOSPC: 'The disk is full. Empty the Recycle Bin or delete something, then try again.',
};

/** The path stands in the title; nobody has to read it again. */
function describeUnsaved(error: unknown): string {
	return (error instanceof OsError ? unsavedSentences[error.code] : undefined) ?? describeUnread(error);
}

function describeUnread(error: unknown): string {
	if (!(error instanceof OsError)) return error instanceof Error ? error.message : String(error);
	const reason = findRefusalReason(error);
	return reason === undefined ? errorTable[error.code].sentence : `You do not have permission to do this: ${reason}.`;
}
