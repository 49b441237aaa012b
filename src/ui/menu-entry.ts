/** Menus as data: what a menu shows, independent of how it is drawn. */
import type { IconName } from './icon.tsx';

export interface MenuItem {
	readonly id: string;
	readonly label: string;
	readonly icon?: IconName;
	/** Shown at the right edge; the menu does not listen for it. */
	readonly shortcut?: string;
	readonly disabled?: boolean;
	/** `true` or `false` makes it an item that can be checked. */
	readonly checked?: boolean;
	/** The item that a double-click would take; drawn strong. */
	readonly isDefault?: boolean;
	readonly submenu?: readonly MenuEntry[];
	onSelect?(): void;
}

export interface MenuSeparator {
	readonly separator: true;
}

export type MenuEntry = MenuItem | MenuSeparator;

export function isSeparator(entry: MenuEntry): entry is MenuSeparator {
	return 'separator' in entry;
}

/** Entries without separators at the ends or next to each other, as parts left out may leave them. */
export function tidyEntries(entries: readonly MenuEntry[]): MenuEntry[] {
	const tidy: MenuEntry[] = [];
	for (const entry of entries) {
		const last = tidy.at(-1);
		if (isSeparator(entry) && (last === undefined || isSeparator(last))) continue;
		tidy.push(entry);
	}
	if (tidy.length > 0 && isSeparator(tidy.at(-1) as MenuEntry)) tidy.pop();
	return tidy;
}
