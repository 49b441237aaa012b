/** Notepad's menus as data. */
import { deleteCharForward, redo, redoDepth, selectAll, undo, undoDepth } from '@codemirror/commands';
import { findNext, findPrevious, openSearchPanel } from '@codemirror/search';
import type { MenuEntry } from '#ui/controls/menu.tsx';
import type { MenuBarMenu } from '#ui/controls/menu-bar.tsx';
import { type EncodingId, encodings } from './encodings.ts';
import { type LineEnd, lineEndLabels } from './line-ends.ts';
import type { Notepad, NotepadView } from './notepad.ts';

export interface NotepadActions {
	newWindow(): void;
	close(): void;
	findAndReplace(): void;
	goToLine(): void;
	cut(): void;
	copy(): void;
	paste(): void;
	setWrap(on: boolean): void;
	zoom(step: number): void;
}

export interface MenuContext {
	readonly notepad: Notepad;
	readonly view: NotepadView;
	readonly actions: NotepadActions;
	readonly wraps: boolean;
}

export function createMenus(context: MenuContext): MenuBarMenu[] {
	return [
		{ label: 'File', entries: fileMenu(context) },
		{ label: 'Edit', entries: editMenu(context) },
		{ label: 'Format', entries: formatMenu(context) },
		{ label: 'View', entries: viewMenu(context) },
	];
}

function fileMenu({ notepad, view, actions }: MenuContext): MenuEntry[] {
	return [
		{ id: 'new', label: 'New', icon: 'file-plus', onSelect: () => void notepad.create() },
		{ id: 'window', label: 'New window', icon: 'app-window', onSelect: actions.newWindow },
		{
			id: 'open',
			label: 'Open…',
			icon: 'folder-open',
			shortcut: 'Ctrl+O',
			onSelect: () => void notepad.chooseAndOpen(),
		},
		{
			...{ id: 'reopen', label: 'Reopen with encoding', disabled: view.path === undefined },
			submenu: encodingEntries(view.encoding, (id) => void notepad.reopenWith(id)),
		},
		{ separator: true },
		{ id: 'save', label: 'Save', icon: 'floppy-disk', shortcut: 'Ctrl+S', onSelect: () => void notepad.save() },
		{ id: 'save-as', label: 'Save as…', shortcut: 'Ctrl+Shift+S', onSelect: () => void notepad.saveAs() },
		{ separator: true },
		{ id: 'close', label: 'Close', shortcut: 'Alt+F4', onSelect: actions.close },
	];
}

function editMenu({ notepad, view, actions }: MenuContext): MenuEntry[] {
	const { view: editor } = notepad.editor;
	const { readOnly } = view;
	const run = (command: (target: typeof editor) => boolean) => () => {
		editor.focus();
		command(editor);
	};
	const nothing = view.selected === 0;
	return [
		{
			id: 'undo',
			label: 'Undo',
			icon: 'arrow-bend-up-left',
			shortcut: 'Ctrl+Z',
			disabled: undoDepth(editor.state) === 0,
			onSelect: run(undo),
		},
		{
			id: 'redo',
			label: 'Redo',
			icon: 'arrow-bend-up-right',
			shortcut: 'Ctrl+Y',
			disabled: redoDepth(editor.state) === 0,
			onSelect: run(redo),
		},
		{ separator: true },
		{
			id: 'cut',
			label: 'Cut',
			icon: 'scissors',
			shortcut: 'Ctrl+X',
			disabled: nothing || readOnly,
			onSelect: actions.cut,
		},
		{ id: 'copy', label: 'Copy', icon: 'copy', shortcut: 'Ctrl+C', disabled: nothing, onSelect: actions.copy },
		{ id: 'paste', label: 'Paste', icon: 'clipboard', shortcut: 'Ctrl+V', disabled: readOnly, onSelect: actions.paste },
		{
			id: 'delete',
			label: 'Delete',
			icon: 'trash',
			shortcut: 'Del',
			disabled: nothing || readOnly,
			onSelect: run(deleteCharForward),
		},
		{ id: 'all', label: 'Select all', icon: 'selection-all', shortcut: 'Ctrl+A', onSelect: run(selectAll) },
		{ separator: true },
		{ id: 'find', label: 'Find…', icon: 'magnifying-glass', shortcut: 'Ctrl+F', onSelect: run(openSearchPanel) },
		{ id: 'next', label: 'Find next', shortcut: 'F3', onSelect: run(findNext) },
		{ id: 'previous', label: 'Find previous', shortcut: 'Shift+F3', onSelect: run(findPrevious) },
		{ id: 'replace', label: 'Replace…', shortcut: 'Ctrl+H', disabled: readOnly, onSelect: actions.findAndReplace },
		{ id: 'line', label: 'Go to line…', shortcut: 'Ctrl+G', onSelect: actions.goToLine },
		{ separator: true },
		{
			id: 'time',
			label: 'Insert time and date',
			shortcut: 'F5',
			disabled: readOnly,
			onSelect: () => notepad.editor.insert(timeAndDate()),
		},
	];
}

export function timeAndDate(): string {
	return new Date().toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'short' });
}

function formatMenu({ notepad, view, actions, wraps }: MenuContext): MenuEntry[] {
	return [
		{ id: 'wrap', label: 'Word wrap', shortcut: 'Alt+Z', checked: wraps, onSelect: () => actions.setWrap(!wraps) },
		{ separator: true },
		{
			id: 'encoding',
			label: 'Save with encoding',
			submenu: encodingEntries(view.encoding, (id) => notepad.setEncoding(id)),
		},
		{ id: 'line-ends', label: 'Line ends', submenu: lineEndEntries(notepad, view) },
	];
}

export function lineEndEntries(notepad: Notepad, view: NotepadView): MenuEntry[] {
	return (Object.keys(lineEndLabels) as LineEnd[]).map((id) => ({
		...{ id, label: lineEndLabels[id], checked: view.lineEnd === id },
		onSelect: () => notepad.setLineEnd(id),
	}));
}

export function encodingEntries(current: EncodingId, choose: (id: EncodingId) => void): MenuEntry[] {
	return encodings.map(({ id, label }) => ({ id, label, checked: id === current, onSelect: () => choose(id) }));
}

function viewMenu({ actions }: MenuContext): MenuEntry[] {
	return [
		{ id: 'in', label: 'Zoom in', icon: 'magnifying-glass-plus', shortcut: 'Ctrl++', onSelect: () => actions.zoom(1) },
		{
			id: 'out',
			label: 'Zoom out',
			icon: 'magnifying-glass-minus',
			shortcut: 'Ctrl+-',
			onSelect: () => actions.zoom(-1),
		},
		{ id: 'reset', label: 'Standard size', shortcut: 'Ctrl+0', onSelect: () => actions.zoom(0) },
	];
}
