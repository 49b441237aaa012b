/** Finds parts of the desktop that is shown. The desktops of others who are logged on stand hidden in the same page. */
export function findInShownDesktop(selector: string): HTMLElement | null {
	return document.querySelector<HTMLElement>(`.session-desktop:not([hidden]) ${selector}`);
}
