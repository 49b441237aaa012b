/** The keys of the desktop's icons. */
import type { KeyboardEvent } from 'react';
import type { DesktopIconsModel } from './desktop-icons-model.ts';
import { neighbourOf } from './desktop-layout.ts';
import type { FileCommands } from './file-commands.ts';
import type { IconCell } from './file-settings.ts';

export interface DesktopKeyContext {
	readonly model: DesktopIconsModel;
	readonly commands: FileCommands;
	readonly cells: ReadonlyMap<string, IconCell>;
}

/** Acts on the key; returns whether it was one of the desktop's. */
export function desktopKey(event: KeyboardEvent, context: DesktopKeyContext): boolean {
	if (event.altKey) return propertiesByKey(event, context);
	if (event.ctrlKey || event.metaKey) return commandByKey(event, context);
	return moveByKey(event, context) || actByKey(event, context) || typeByKey(event, context);
}

function propertiesByKey({ key }: KeyboardEvent, { model }: DesktopKeyContext): boolean {
	if (key !== 'Enter' || model.selectedPaths.length === 0) return false;
	model.files.propertiesWanted.fire({ paths: model.selectedPaths });
	return true;
}

function commandByKey({ key, shiftKey }: KeyboardEvent, { model, commands }: DesktopKeyContext): boolean {
	const { desktop } = model.files.folders;
	const actions: Readonly<Record<string, () => void>> = {
		a: () => model.selection.selectAll(),
		c: () => commands.copy(model.selectedPaths),
		x: () => commands.cut(model.selectedPaths),
		v: () => commands.paste(desktop),
		z: () => commands.undo(),
		y: () => commands.redo(),
	};
	const action = shiftKey ? undefined : actions[key.toLowerCase()];
	action?.();
	return action !== undefined;
}

function moveByKey({ key, shiftKey }: KeyboardEvent, { model, cells }: DesktopKeyContext): boolean {
	const { selection, items } = model;
	const isArrow = key.startsWith('Arrow');
	if (!isArrow && key !== 'Home' && key !== 'End') return false;
	const from = selection.focus;
	let target = key === 'End' ? items.at(-1)?.key : items[0]?.key;
	if (isArrow && from !== undefined) target = neighbourOf(cells, from, key) ?? from;
	if (target !== undefined) selection.choose(selection.indexOf(target), { toggle: shiftKey, extend: false });
	return true;
}

function actByKey({ key, shiftKey }: KeyboardEvent, { model, commands }: DesktopKeyContext): boolean {
	const paths = model.selectedPaths;
	switch (key) {
		case 'Enter':
			void commands.open(model.selectedItems.map(({ path }) => path));
			return true;
		case 'F2':
			model.startRename();
			return true;
		case 'F5':
			void model.reload();
			return true;
		case 'Delete':
			if (shiftKey) void commands.deleteForGood(paths);
			else commands.recycle(paths);
			return true;
		case 'Escape':
			model.selection.clear();
			return true;
		default:
			return false;
	}
}

function typeByKey(event: KeyboardEvent, { model }: DesktopKeyContext): boolean {
	if ([...event.key].length !== 1 || event.nativeEvent.isComposing) return false;
	const names = new Map(model.items.map(({ key, name }) => [key, name]));
	model.selection.type(event.key, event.timeStamp, (key) => names.get(key) ?? '');
	return true;
}
