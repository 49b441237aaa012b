/**
 * The page's own first picture of the logon screen, with a field that takes what is typed before any script is there. The
 * screen that takes its place reads it when it is made, and takes it away when it stands.
 */
const find = (): HTMLElement | null => document.getElementById('first-logon');

/** What was typed; empty once the picture is gone. */
export function readTyped(): string {
	return find()?.querySelector('input')?.value ?? '';
}

export function removeFirstPicture(): void {
	find()?.remove();
}
