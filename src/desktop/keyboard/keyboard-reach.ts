/** How far the keyboard of this page reaches now. */
import { canLockKeyboard, isFullScreen } from '../shell/full-screen.ts';
import type { KeyboardReach } from '../shortcuts.ts';

interface LayoutMap {
	get(code: string): string | undefined;
}

let layout: LayoutMap | undefined;

/** Learns what the person's layout prints on its keys, where the browser tells. */
export async function learnKeyboardLayout(): Promise<void> {
	const { keyboard } = navigator as Navigator & { keyboard?: { getLayoutMap?(): Promise<LayoutMap> } };
	layout = await keyboard?.getLayoutMap?.();
}

export function keyboardReach(wholePc: boolean): KeyboardReach {
	const lockable = canLockKeyboard();
	return {
		wholePc,
		everything: wholePc || (lockable && isFullScreen()),
		inFullScreen: lockable,
		printed: (code) => layout?.get(code),
	};
}
