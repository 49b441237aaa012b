/** Where the focus goes when what had it is gone: to the window in use, else to where it was before, else to the icons. */
import { findInShownDesktop } from '../seat/shown-desktop.ts';
import type { WindowManager } from '../windows/window-manager.ts';

const shellPopups = '.start-menu, .flyout, .task-previews, .menu-popover';

export function returnFocus(windows: WindowManager, before: HTMLElement | null): void {
	// Something that was opened meanwhile may have it already.
	if (document.activeElement !== document.body && document.activeElement !== null) return;
	if (windows.focusedId !== undefined) windows.focus(windows.focusedId);
	else if (before?.isConnected === true && before !== document.body) before.focus();
	else findInShownDesktop('.desktop-icons')?.focus();
}

/** A part of the shell that somebody is using; a window that opens meanwhile does not take the focus from it. */
export function isInShellPopup(element: Element | null): boolean {
	return element?.closest(shellPopups) != null;
}

/** The keyboard is on its way there, or there. */
export function isShellPopupOpen(): boolean {
	return document.querySelector(shellPopups) !== null;
}
