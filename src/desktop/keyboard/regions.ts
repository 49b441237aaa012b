/** The parts of the desktop that F6 walks: icons, the window on top, the taskbar, the notification area. */
import type { DesktopModel } from '../desktop-model.ts';
import { findInShownDesktop } from '../seat/shown-desktop.ts';

interface Region {
	readonly contains: (element: Element | null) => boolean;
	focus(): boolean;
}

function regionAt(selector: string, target: string): Region {
	const find = () => findInShownDesktop(selector);
	return {
		contains: (element) => find()?.contains(element) === true,
		focus: () => {
			const region = find();
			const element = region?.matches(target) === true ? region : region?.querySelector<HTMLElement>(target);
			element?.focus();
			return element !== null && element !== undefined;
		},
	};
}

function windowRegion(desktop: DesktopModel): Region {
	return {
		contains: (element) => element?.closest('.window') != null,
		focus: () => {
			const top = desktop.windows.recentWindows.find((window) => !window.minimized);
			if (top === undefined) return false;
			desktop.windows.blur();
			desktop.windows.focus(top.id);
			return true;
		},
	};
}

/** Moves the focus to the next part that can have it. */
export function focusRegion(desktop: DesktopModel, step: 1 | -1): void {
	const regions = [
		regionAt('.desktop-icons', '.desktop-icons'),
		windowRegion(desktop),
		regionAt('.taskbar-buttons', '.taskbar-stop'),
		regionAt('.notification-area', '.taskbar-stop'),
	];
	desktop.popups.close();
	const current = regions.findIndex((region) => region.contains(document.activeElement));
	for (let distance = 1; distance <= regions.length; distance++) {
		const index = (Math.max(current, 0) + step * distance + 2 * regions.length) % regions.length;
		if (regions[index]?.focus() === true) return;
	}
}
