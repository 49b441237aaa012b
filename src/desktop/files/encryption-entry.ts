/** The entry *Encrypt* or *Decrypt* of the context menus of Explorer and the desktop, on a system that encrypts. */
import type { MenuEntry } from '#ui/menu-entry.ts';
import type { FileCommands } from './file-commands.ts';

/** Decrypts when all of them are encrypted. */
export function encryptionEntries(
	commands: FileCommands,
	paths: readonly string[],
	areEncrypted: readonly boolean[],
): MenuEntry[] {
	if (!commands.canEncrypt) return [];
	const isEncrypted = areEncrypted.length > 0 && areEncrypted.every(Boolean);
	const entry: MenuEntry = {
		id: 'encrypt',
		label: isEncrypted ? 'Decrypt' : 'Encrypt',
		icon: isEncrypted ? 'lock-open' : 'lock',
		onSelect: () => void commands.setEncrypted(paths, !isEncrypted),
	};
	return [entry];
}
