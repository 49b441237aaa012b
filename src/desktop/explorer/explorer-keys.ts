/** The keys of an Explorer window that are not the list's own. */
import type { KeyboardEvent } from 'react';
import type { FileCommands } from '#desktop/files/file-commands.ts';
import type { ExplorerActions } from './explorer-actions.ts';
import type { ExplorerModel } from './explorer-model.ts';

export interface ExplorerKeyContext {
	readonly model: ExplorerModel;
	readonly commands: FileCommands;
	readonly actions: ExplorerActions;
	editAddress(): void;
	focusSearch(): void;
	/** Opens the context menu at the item with the focus. */
	showMenu(): void;
}

type Keys = Readonly<Record<string, (context: ExplorerKeyContext) => void>>;

const everywhere: Keys = {
	'alt+arrowleft': ({ model }) => model.back(),
	'alt+arrowright': ({ model }) => model.forward(),
	'alt+arrowup': ({ model }) => model.up(),
	'alt+d': ({ editAddress }) => editAddress(),
	'ctrl+l': ({ editAddress }) => editAddress(),
	f4: ({ editAddress }) => editAddress(),
	f5: ({ model }) => model.refresh(),
	'ctrl+f': ({ focusSearch }) => focusSearch(),
	'ctrl+e': ({ focusSearch }) => focusSearch(),
	f3: ({ focusSearch }) => focusSearch(),
	'ctrl+shift+n': ({ model, actions }) => {
		if (model.mode === 'folder') void actions.newFolder();
	},
	'ctrl+h': ({ model }) => model.files.settings.update({ showHidden: !model.files.settings.content.showHidden }),
};

/** Only when the list has the focus, so that they keep their meaning in fields. */
const inList: Keys = {
	enter: ({ actions }) => actions.open(),
	'alt+enter': ({ model, actions }) => {
		if (model.mode === 'recycle-bin') actions.open();
		else actions.showProperties();
	},
	backspace: ({ model }) => model.back(),
	f2: ({ model }) => model.startRename(),
	delete: ({ actions }) => actions.remove(false),
	'shift+delete': ({ actions }) => actions.remove(true),
	'ctrl+c': ({ model, commands }) => commands.copy(copyable(model)),
	'ctrl+x': ({ model, commands }) => commands.cut(copyable(model)),
	'ctrl+v': ({ model, commands }) => {
		if (model.mode === 'folder') commands.paste(model.path);
	},
	'ctrl+z': ({ commands }) => commands.undo(),
	'ctrl+y': ({ commands }) => commands.redo(),
	'ctrl+shift+z': ({ commands }) => commands.redo(),
	contextmenu: ({ showMenu }) => showMenu(),
	'shift+f10': ({ showMenu }) => showMenu(),
	escape: ({ model }) => {
		// What was copied stays: it does no harm where it is.
		if (model.files.clipboard.content?.cut) model.files.clipboard.clear();
		model.search('');
	},
};

/** Things in the Recycle Bin are restored, not copied out. */
function copyable(model: ExplorerModel): string[] {
	return model.mode === 'recycle-bin' ? [] : model.selectedPaths;
}

/** Acts on the key; returns whether it was one of the window's. */
export function explorerKey(event: KeyboardEvent, isInList: boolean, context: ExplorerKeyContext): boolean {
	const parts = [event.ctrlKey && 'ctrl', event.altKey && 'alt', event.shiftKey && 'shift', event.key.toLowerCase()];
	const name = parts.filter(Boolean).join('+');
	const action = everywhere[name] ?? (isInList ? inList[name] : undefined);
	action?.(context);
	return action !== undefined;
}
