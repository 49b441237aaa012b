/** The context menus of an Explorer window, as data. */
import { saveEntry } from '#desktop/files/desktop-icons-menus.ts';
import { encryptionEntries } from '#desktop/files/encryption-entry.ts';
import type { FileCommands } from '#desktop/files/file-commands.ts';
import { isEncrypted } from '#desktop/files/file-entry.ts';
import { imageEntries } from '#desktop/files/image-entry.ts';
import type { SortColumn } from '#desktop/files/name-order.ts';
import type { MenuEntry } from '#ui/menu-entry.ts';
import type { ExplorerActions } from './explorer-actions.ts';
import type { ExplorerModel } from './explorer-model.ts';

export interface ExplorerMenuContext {
	readonly model: ExplorerModel;
	readonly commands: FileCommands;
	readonly actions: ExplorerActions;
}

const separator = { separator: true } as const;

export function menuOfItems(context: ExplorerMenuContext): MenuEntry[] {
	const { model, commands, actions } = context;
	if (model.mode === 'recycle-bin') return menuOfDeleted(context);
	const paths = model.selectedPaths;
	const only = model.selection.count === 1 ? model.selectedItems[0] : undefined;
	const folder = only?.kind === 'directory' ? only : undefined;
	const file = only?.kind === 'file' ? only : undefined;
	return [
		{ id: 'open', label: 'Open', isDefault: true, shortcut: 'Enter', onSelect: () => actions.open() },
		...(folder === undefined
			? []
			: [{ id: 'new-window', label: 'Open in new window', onSelect: () => void commands.openInNewWindow(paths) }]),
		...(file === undefined
			? []
			: [{ id: 'open-with', label: 'Open with…', onSelect: () => actions.chooseProgram(file.path) }]),
		...imageEntries(commands, file?.path),
		...(model.mode === 'search' && only !== undefined
			? [{ id: 'open-place', label: 'Open its folder', onSelect: () => model.go(only.place ?? '/', [only.name]) }]
			: []),
		separator,
		{ id: 'cut', label: 'Cut', icon: 'scissors', shortcut: 'Ctrl+X', onSelect: () => commands.cut(paths) },
		{ id: 'copy', label: 'Copy', icon: 'copy', shortcut: 'Ctrl+C', onSelect: () => commands.copy(paths) },
		{ id: 'copy-path', label: 'Copy as path', onSelect: () => void commands.copyPaths(paths) },
		separator,
		...(model.files.canSaveToComputer ? [saveEntry(commands, paths)] : []),
		...encryptionEntries(commands, paths, model.selectedItems.map(isEncrypted)),
		separator,
		{ id: 'delete', label: 'Delete', icon: 'trash', shortcut: 'Del', onSelect: () => commands.recycle(paths) },
		{ id: 'rename', label: 'Rename', icon: 'pencil-simple', shortcut: 'F2', onSelect: () => model.startRename() },
		separator,
		...(only === undefined
			? []
			: [
					{
						...{ id: 'versions', label: 'Previous versions', icon: 'clock-counter-clockwise' as const },
						onSelect: () => actions.showProperties([only.path], 'versions'),
					},
				]),
		{ id: 'properties', label: 'Properties', shortcut: 'Alt+Enter', onSelect: () => actions.showProperties() },
	];
}

function menuOfDeleted({ actions }: ExplorerMenuContext): MenuEntry[] {
	return [
		{ id: 'restore', label: 'Restore', isDefault: true, icon: 'arrow-u-up-left', onSelect: () => actions.restore() },
		separator,
		{ id: 'delete', label: 'Delete for good', icon: 'trash', shortcut: 'Del', onSelect: () => actions.remove(false) },
	];
}

export function menuOfFolder(context: ExplorerMenuContext): MenuEntry[] {
	const { model, commands, actions } = context;
	const { history, clipboard } = model.files;
	const view: MenuEntry[] = [
		{ id: 'view', label: 'View', icon: 'squares-four', submenu: viewEntries(model) },
		{ id: 'sort', label: 'Sort by', icon: 'sort-ascending', submenu: sortEntries(model) },
		{ id: 'refresh', label: 'Refresh', icon: 'arrow-clockwise', shortcut: 'F5', onSelect: () => model.refresh() },
		separator,
	];
	if (model.mode === 'recycle-bin') return [...view, ...binEntries(context)];
	return [
		...view,
		{
			id: 'paste',
			label: 'Paste',
			icon: 'clipboard',
			shortcut: 'Ctrl+V',
			disabled: !clipboard.canPasteInto(model.path),
			onSelect: () => commands.paste(model.path),
		},
		...undoEntries(history, commands),
		separator,
		...newEntries(actions),
		separator,
		...bringInEntries(actions),
		separator,
		{ id: 'properties', label: 'Properties', onSelect: () => actions.showProperties([model.path]) },
	];
}

function undoEntries(history: ExplorerModel['files']['history'], commands: FileCommands): MenuEntry[] {
	const entry = (id: 'undo' | 'redo', label: string, title: string | undefined): MenuEntry => ({
		id,
		label: title === undefined ? label : `${label}: ${title}`,
		icon: id === 'undo' ? 'arrow-u-up-left' : 'arrow-u-up-right',
		shortcut: id === 'undo' ? 'Ctrl+Z' : 'Ctrl+Y',
		disabled: title === undefined,
		onSelect: () => commands[id](),
	});
	const redo = history.nextRedo === undefined ? [] : [entry('redo', 'Redo', history.nextRedo.title)];
	return [entry('undo', 'Undo', history.nextUndo?.title), ...redo];
}

export function newEntries(actions: ExplorerActions): MenuEntry[] {
	return [
		{
			id: 'new-folder',
			label: 'New folder',
			icon: 'folder-plus',
			shortcut: 'Ctrl+Shift+N',
			onSelect: () => void actions.newFolder(),
		},
		{ id: 'new-text', label: 'New text file', icon: 'file-plus', onSelect: () => void actions.newTextFile() },
	];
}

export function bringInEntries(actions: ExplorerActions): MenuEntry[] {
	return [
		{ id: 'bring-files', label: 'Bring in files…', icon: 'upload-simple', onSelect: () => actions.bringIn('files') },
		{ id: 'bring-folder', label: 'Bring in a folder…', onSelect: () => actions.bringIn('folder') },
	];
}

function binEntries({ model, commands, actions }: ExplorerMenuContext): MenuEntry[] {
	const isEmpty = model.list.keys.length === 0;
	return [
		{ id: 'restore-all', label: 'Restore all', disabled: isEmpty, onSelect: () => actions.restoreAll() },
		{
			id: 'empty',
			label: 'Empty Recycle Bin',
			icon: 'broom',
			disabled: isEmpty,
			onSelect: () => void commands.emptyRecycleBin(),
		},
	];
}

const views = [
	{ id: 'xl', label: 'Extra large icons', iconSize: 128 },
	{ id: 'l', label: 'Large icons', iconSize: 96 },
	{ id: 'm', label: 'Medium icons', iconSize: 48 },
	{ id: 's', label: 'Small icons', iconSize: 32 },
] as const;

export function viewEntries(model: ExplorerModel): MenuEntry[] {
	const { kind, iconSize } = model.view;
	const { settings } = model.files;
	const { showHidden, showNavigation } = settings.content;
	return [
		...views.map(({ id, label, iconSize: size }) => ({
			id,
			label,
			checked: kind === 'icons' && iconSize === size,
			onSelect: () => model.setView({ kind: 'icons', iconSize: size }),
		})),
		{
			id: 'details',
			label: 'Details',
			checked: kind === 'details',
			onSelect: () => model.setView({ kind: 'details' }),
		},
		separator,
		{
			id: 'navigation',
			label: 'Show folders at the side',
			checked: showNavigation,
			onSelect: () => settings.update({ showNavigation: !showNavigation }),
		},
		{
			id: 'hidden',
			label: 'Show hidden files',
			shortcut: 'Ctrl+H',
			checked: showHidden,
			onSelect: () => settings.update({ showHidden: !showHidden }),
		},
	];
}

const orders: Readonly<Record<ExplorerModel['mode'], readonly [SortColumn, string][]>> = {
	folder: [
		['name', 'Name'],
		['modified', 'Date modified'],
		['type', 'Type'],
		['size', 'Size'],
	],
	search: [
		['name', 'Name'],
		['place', 'Folder'],
		['modified', 'Date modified'],
		['type', 'Type'],
		['size', 'Size'],
	],
	'recycle-bin': [
		['name', 'Name'],
		['place', 'Original location'],
		['deleted', 'Date deleted'],
		['size', 'Size'],
		['type', 'Type'],
	],
};

export function sortEntries(model: ExplorerModel): MenuEntry[] {
	const { order } = model.list;
	return [
		...orders[model.mode].map(([column, label]) => ({
			id: column,
			label,
			checked: order.column === column,
			onSelect: () => model.setView({ order: { ...order, column } }),
		})),
		separator,
		{
			id: 'ascending',
			label: 'Ascending',
			checked: !order.descending,
			onSelect: () => model.setView({ order: { ...order, descending: false } }),
		},
		{
			id: 'descending',
			label: 'Descending',
			checked: order.descending,
			onSelect: () => model.setView({ order: { ...order, descending: true } }),
		},
	];
}
