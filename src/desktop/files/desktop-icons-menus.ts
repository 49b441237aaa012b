/** The context menus of the desktop: of its icons, of its own two, and of the empty desktop. */
import type { MenuEntry } from '#ui/menu-entry.ts';
import type { DesktopIconsModel, DesktopItem } from './desktop-icons-model.ts';
import { encryptionEntries } from './encryption-entry.ts';
import type { FileCommands } from './file-commands.ts';
import { imageEntries } from './image-entry.ts';
import type { SortColumn } from './name-order.ts';

export interface DesktopMenuContext {
	readonly model: DesktopIconsModel;
	readonly commands: FileCommands;
	personalise(): void;
	chooseProgram(path: string): void;
}

const separator = { separator: true } as const;

/** Only where there is a browser that could. */
export function saveEntry(commands: FileCommands, paths: readonly string[]): MenuEntry {
	return {
		id: 'save',
		label: 'Save to your computer…',
		icon: 'download-simple',
		onSelect: () => commands.saveToComputer(paths),
	};
}

export function menuOfSelection({ model, commands, chooseProgram }: DesktopMenuContext): MenuEntry[] {
	const items = model.selectedItems;
	const paths = model.selectedPaths;
	const [only] = items;
	if (only?.isSystem) return menuOfSystemItem(only, model, commands);
	const file = items.length === 1 && only !== undefined && !only.isFolder ? only : undefined;
	return [
		{ id: 'open', label: 'Open', isDefault: true, shortcut: 'Enter', onSelect: () => void commands.open(paths) },
		...(file === undefined ? [] : [{ id: 'open-with', label: 'Open with…', onSelect: () => chooseProgram(file.path) }]),
		...imageEntries(commands, file?.path),
		separator,
		{ id: 'cut', label: 'Cut', icon: 'scissors', shortcut: 'Ctrl+X', onSelect: () => commands.cut(paths) },
		{ id: 'copy', label: 'Copy', icon: 'copy', shortcut: 'Ctrl+C', onSelect: () => commands.copy(paths) },
		separator,
		...(model.files.canSaveToComputer ? [saveEntry(commands, paths)] : []),
		...encryptionEntries(
			commands,
			paths,
			items.filter(({ isSystem }) => !isSystem).map(({ isEncrypted }) => isEncrypted),
		),
		separator,
		{ id: 'delete', label: 'Delete', icon: 'trash', shortcut: 'Del', onSelect: () => commands.recycle(paths) },
		{ id: 'rename', label: 'Rename', icon: 'pencil-simple', shortcut: 'F2', onSelect: () => model.startRename() },
		separator,
		{
			id: 'properties',
			label: 'Properties',
			shortcut: 'Alt+Enter',
			onSelect: () => model.files.propertiesWanted.fire({ paths }),
		},
	];
}

function menuOfSystemItem(item: DesktopItem, model: DesktopIconsModel, commands: FileCommands): MenuEntry[] {
	const open: MenuEntry = {
		id: 'open',
		label: 'Open',
		isDefault: true,
		shortcut: 'Enter',
		onSelect: () => void commands.open([item.path]),
	};
	if (item.path !== model.files.folders.recycleBin) return [open];
	const empty: MenuEntry = {
		id: 'empty',
		label: 'Empty Recycle Bin',
		icon: 'broom',
		disabled: model.binIsEmpty,
		onSelect: () => void commands.emptyRecycleBin(),
	};
	return [open, separator, empty];
}

const iconSizes = [
	{ size: 64, label: 'Large icons' },
	{ size: 48, label: 'Medium icons' },
	{ size: 32, label: 'Small icons' },
] as const;

const orders: readonly { column: SortColumn; label: string }[] = [
	{ column: 'name', label: 'Name' },
	{ column: 'size', label: 'Size' },
	{ column: 'type', label: 'Type' },
	{ column: 'modified', label: 'Date modified' },
];

export function menuOfDesktop({ model, commands, personalise }: DesktopMenuContext): MenuEntry[] {
	const { folders, clipboard, history } = model.files;
	const { desktop } = folders;
	const make = (made: Promise<string | undefined>) =>
		void made.then((path) => (path === undefined ? undefined : model.expectToRename(path)));
	return [
		{ id: 'view', label: 'View', icon: 'squares-four', submenu: viewMenu(model) },
		{ id: 'sort', label: 'Sort by', icon: 'sort-ascending', submenu: sortMenu(model) },
		{ id: 'refresh', label: 'Refresh', icon: 'arrow-clockwise', onSelect: () => void model.reload() },
		separator,
		{
			id: 'paste',
			label: 'Paste',
			icon: 'clipboard',
			shortcut: 'Ctrl+V',
			disabled: !clipboard.canPasteInto(desktop),
			onSelect: () => commands.paste(desktop),
		},
		{
			id: 'undo',
			label: history.nextUndo === undefined ? 'Undo' : `Undo: ${history.nextUndo.title}`,
			icon: 'arrow-u-up-left',
			shortcut: 'Ctrl+Z',
			disabled: history.nextUndo === undefined,
			onSelect: () => commands.undo(),
		},
		separator,
		{ id: 'new-folder', label: 'New folder', icon: 'folder-plus', onSelect: () => make(commands.newFolder(desktop)) },
		{
			id: 'new-text',
			label: 'New text file',
			icon: 'file-plus',
			onSelect: () => make(commands.newTextFile(desktop)),
		},
		separator,
		{
			id: 'bring-files',
			label: 'Bring in files…',
			icon: 'upload-simple',
			onSelect: () => void commands.bringIn(desktop, 'files'),
		},
		{ id: 'bring-folder', label: 'Bring in a folder…', onSelect: () => void commands.bringIn(desktop, 'folder') },
		separator,
		{ id: 'personalise', label: 'Personalise', icon: 'paint-brush', onSelect: personalise },
	];
}

function viewMenu({ files: { settings } }: DesktopIconsModel): MenuEntry[] {
	const { desktopIconSize, desktopAutoArrange } = settings.content;
	return [
		...iconSizes.map(({ size, label }) => ({
			id: label,
			label,
			checked: desktopIconSize === size,
			onSelect: () => settings.update({ desktopIconSize: size }),
		})),
		separator,
		{
			id: 'auto',
			label: 'Arrange icons automatically',
			checked: desktopAutoArrange,
			onSelect: () => settings.update({ desktopAutoArrange: !desktopAutoArrange }),
		},
	];
}

/** Sorting takes the icons from where they were put. */
function sortMenu({ files: { settings } }: DesktopIconsModel): MenuEntry[] {
	const { column: current, descending } = settings.content.desktopOrder;
	return orders.map(({ column, label }) => ({
		id: column,
		label,
		checked: current === column,
		onSelect: () =>
			settings.update({
				desktopOrder: { column, descending: current === column ? !descending : false },
				desktopCells: {},
			}),
	}));
}
