/** The page over the whole screen. There the browser hands over keys that it otherwise keeps, where it can. */

interface KeyboardLock {
	lock(keys?: readonly string[]): Promise<void>;
	unlock(): void;
}

function keyboardLock(): KeyboardLock | undefined {
	return (navigator as Navigator & { keyboard?: Partial<KeyboardLock> }).keyboard?.lock === undefined
		? undefined
		: (navigator as Navigator & { keyboard?: KeyboardLock }).keyboard;
}

/** Whether the browser can give the page Alt+Tab and the like while it is full screen. */
export function canLockKeyboard(): boolean {
	return keyboardLock() !== undefined;
}

export function isFullScreen(): boolean {
	return document.fullscreenElement !== null;
}

export async function toggleFullScreen(): Promise<void> {
	if (isFullScreen()) {
		keyboardLock()?.unlock();
		await document.exitFullscreen();
		return;
	}
	await document.documentElement.requestFullscreen();
	await keyboardLock()?.lock(['MetaLeft', 'MetaRight', 'AltLeft', 'Tab', 'Escape', 'F4', 'Space']);
}
