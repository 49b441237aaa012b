/**
 * On a PC of its own the desktop has every key: what no program wanted reaches no browser either, whose windows, dialogs
 * and menus a person must never meet.
 *
 * Rules of use: `keepKeysFromBrowser` listens last, so that a program sees each key as it would in a tab.
 */
import { type Disposable, toDisposable } from '#base/disposable.ts';

export interface PressedKey {
	readonly key: string;
	readonly ctrlKey: boolean;
	readonly shiftKey: boolean;
	readonly altKey: boolean;
	readonly metaKey: boolean;
	getModifierState(name: string): boolean;
}

/** What a text field does with Ctrl and one of these is the person's, not the browser's. */
const editingKeys: ReadonlySet<string> = new Set([
	...['a', 'c', 'v', 'x', 'y', 'z'],
	...['arrowleft', 'arrowright', 'arrowup', 'arrowdown', 'home', 'end', 'backspace', 'delete', 'insert', 'enter'],
]);

/** With Shift most of these are the browser's own (its tools, its data): what is left redoes, selects and pastes as text. */
const shiftedEditingKeys: ReadonlySet<string> = new Set([
	...['z', 'v', 'arrowleft', 'arrowright', 'arrowup', 'arrowdown', 'home', 'end', 'enter'],
]);

/** Keys whose names say what they are for, such as BrowserBack or LaunchMail. */
const namedKeys = /^(Browser|Launch|Zoom)|^(ContextMenu|Print|Save|Open|New|Close|Help|Find|MailReply|MailSend)$/;

/** Whether a browser would do something of its own at this key. */
export function isBrowserKey(event: PressedKey): boolean {
	if (/^F\d+$/.test(event.key) || namedKeys.test(event.key)) return true;
	// The browser has a task manager of its own, with a button that ends the desktop.
	if (event.key === 'Escape' && event.shiftKey) return true;
	// AltGr writes characters on many layouts, and is told as Ctrl with Alt on some.
	if (event.getModifierState('AltGraph')) return false;
	if (event.altKey || event.metaKey || event.key === 'Alt' || event.key === 'Meta') return true;
	const left = event.shiftKey ? shiftedEditingKeys : editingKeys;
	return event.ctrlKey && !left.has(event.key.toLowerCase());
}

/** Links of ours lead to places in the desktop, which programs open themselves; one that saves a file leads nowhere. */
function keepLink(event: Event): void {
	if (event.target instanceof Element && event.target.closest('a[href]:not([download])') !== null)
		event.preventDefault();
}

/** The desktop is left by nobody: what would stand there is an empty page of the browser's. It may begin anew. */
function keepPage(event: NavigateEvent): void {
	const { origin, pathname } = new URL(event.destination.url);
	const isHere = origin === location.origin && pathname === location.pathname;
	if (!isHere && event.cancelable) event.preventDefault();
}

/** Listens until disposed. */
export function keepKeysFromBrowser(): Disposable {
	const ended = new AbortController();
	const { signal } = ended;
	const prevent = (event: Event) => event.preventDefault();
	for (const type of ['keydown', 'keyup'] as const)
		addEventListener(type, (event) => isBrowserKey(event) && event.preventDefault(), { signal });
	// Its menu, its zoom, and the middle button's scrolling and opening.
	addEventListener('contextmenu', prevent, { signal });
	addEventListener('wheel', (event) => event.ctrlKey && event.preventDefault(), { signal, passive: false });
	addEventListener('mousedown', (event) => event.button === 1 && event.preventDefault(), { signal });
	addEventListener('auxclick', (event) => event.button === 1 && event.preventDefault(), { signal });
	navigation.addEventListener('navigate', keepPage, { signal });
	addEventListener('click', keepLink, { signal, capture: true });
	for (const type of ['dragover', 'drop']) addEventListener(type, prevent, { signal });
	return toDisposable(() => ended.abort());
}
