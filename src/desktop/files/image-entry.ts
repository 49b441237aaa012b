/** The entry *Write to a stick…* of the context menus of Explorer and the desktop, on a PC of its own. */
import { extensionName } from '#base/path.ts';
import type { MenuEntry } from '#ui/menu-entry.ts';
import type { FileCommands } from './file-commands.ts';

/** For one file alone that is an image by its name. */
export function imageEntries(commands: FileCommands, path: string | undefined): MenuEntry[] {
	if (path === undefined || !commands.canWriteSticks || extensionName(path) !== '.iso') return [];
	return [
		{
			id: 'write-image',
			label: 'Write to a stick…',
			icon: 'hard-drives',
			onSelect: () => void commands.writeToStick(path),
		},
	];
}
