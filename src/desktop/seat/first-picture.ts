/**
 * The page's own first picture of the logon screen, with a field that takes what is typed before any script is there. It
 * stands until the system has told who may log on; the screen that takes its place then reads it and takes it away, in one
 * step, so that no key is lost between the two.
 */
const find = (): HTMLElement | null => document.getElementById('first-logon');

export interface Typed {
	readonly text: string;
	/** Enter was pressed after it. */
	readonly isEntered: boolean;
}

/** What was typed; empty once the picture is gone. */
export function takeTyped(): Typed {
	const field = find()?.querySelector('input');
	const typed = { text: field?.value ?? '', isEntered: field?.readOnly ?? false };
	removeFirstPicture();
	return typed;
}

export function removeFirstPicture(): void {
	find()?.remove();
}
