/**
 * Moving the keyboard focus: what Tab can reach in a part of the page, and keeping it in there.
 */

const tabbableSelector = [
	'a[href]',
	'button:not([disabled])',
	'input:not([disabled]):not([type="hidden"])',
	'select:not([disabled])',
	'textarea:not([disabled])',
	'[contenteditable="true"]',
	'[tabindex]',
].join(',');

function isTabbable(element: HTMLElement): boolean {
	return element.tabIndex >= 0 && element.closest('[inert]') === null && element.checkVisibility();
}

/** In the order of the document, which is the order of Tab here: nobody sets a positive `tabindex`. */
export function tabbableElements(root: HTMLElement): HTMLElement[] {
	return [...root.querySelectorAll<HTMLElement>(tabbableSelector)].filter(isTabbable);
}

export interface TabKeyEvent {
	readonly key: string;
	readonly shiftKey: boolean;
	readonly ctrlKey: boolean;
	readonly altKey: boolean;
	readonly metaKey: boolean;
	readonly defaultPrevented: boolean;
	preventDefault(): void;
}

/** On Tab at the end of `root` goes on at its other end, so that the focus never leaves it. */
export function wrapTabFocus(event: TabKeyEvent, root: HTMLElement): void {
	if (event.key !== 'Tab' || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
	const elements = tabbableElements(root);
	const first = elements[0];
	const last = elements.at(-1);
	if (first === undefined || last === undefined) {
		event.preventDefault();
		return;
	}
	const active = root.ownerDocument.activeElement;
	if (event.shiftKey && (active === first || active === root)) {
		event.preventDefault();
		last.focus();
	} else if (!event.shiftKey && active === last) {
		event.preventDefault();
		first.focus();
	}
}

/**
 * Gives the focus to what has become ready only now, when its window still has it or nobody has: the person may have
 * gone on to another window meanwhile, and what they type belongs there.
 */
export function focusInOwnWindow(element: HTMLElement): void {
	const active = document.activeElement;
	const frame = element.closest('[role="dialog"], [role="alertdialog"]');
	if (active === null || active === document.body || frame?.contains(active) === true) element.focus();
}

/** Walks the elements of one toolbar or list with arrows, Home and End. Returns whether the key was one of these. */
export function moveRovingFocus(
	event: { readonly key: string; preventDefault(): void },
	elements: readonly HTMLElement[],
	orientation: 'horizontal' | 'vertical' | 'both' = 'horizontal',
): boolean {
	const current = elements.indexOf(document.activeElement as HTMLElement);
	const forward = orientation === 'vertical' ? ['ArrowDown'] : ['ArrowRight'];
	const backward = orientation === 'vertical' ? ['ArrowUp'] : ['ArrowLeft'];
	if (orientation === 'both') {
		forward.push('ArrowDown');
		backward.push('ArrowUp');
	}
	let next: number;
	if (forward.includes(event.key)) next = (current + 1) % elements.length;
	else if (backward.includes(event.key)) next = (current - 1 + elements.length) % elements.length;
	else if (event.key === 'Home') next = 0;
	else if (event.key === 'End') next = elements.length - 1;
	else return false;
	event.preventDefault();
	elements[next]?.focus();
	return true;
}
