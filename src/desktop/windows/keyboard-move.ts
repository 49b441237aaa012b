/**
 * Moving and sizing a window with the arrows, as the system menu offers: Enter keeps, Escape undoes, Ctrl makes the
 * steps small. Ends by itself when the window is used in another way.
 */
import { type Rectangle, resizedBounds } from './geometry.ts';
import type { WindowManager } from './window-manager.ts';

const stepPx = 24;
const fineStepPx = 2;

const directions: Readonly<Record<string, readonly [number, number]>> = {
	ArrowLeft: [-1, 0],
	ArrowRight: [1, 0],
	ArrowUp: [0, -1],
	ArrowDown: [0, 1],
};

export function beginKeyboardMove(manager: WindowManager, id: string, what: 'move' | 'size'): void {
	const window = manager.find(id);
	if (window === undefined) return;
	if (window.placement !== 'normal') manager.move(id, window.bounds);
	const ended = new AbortController();
	const onKey = (event: KeyboardEvent) => {
		const current = manager.find(id);
		if (current === undefined || event.key === 'Enter' || event.key === 'Escape') {
			ended.abort();
			if (event.key === 'Escape') restore(manager, id, window.normalBounds, window.placement);
		} else {
			const direction = directions[event.key];
			if (direction === undefined) return;
			const step = event.ctrlKey ? fineStepPx : stepPx;
			const delta = { x: direction[0] * step, y: direction[1] * step };
			const { bounds } = current;
			if (what === 'move') manager.move(id, { ...bounds, x: bounds.x + delta.x, y: bounds.y + delta.y });
			else
				manager.move(id, resizedBounds(bounds, 'se', delta, { minimum: current.minimumSize, area: manager.workArea }));
		}
		event.preventDefault();
		event.stopPropagation();
	};
	const options = { capture: true, signal: ended.signal };
	document.addEventListener('keydown', onKey, options);
	document.addEventListener('pointerdown', () => ended.abort(), options);
}

function restore(
	manager: WindowManager,
	id: string,
	normalBounds: Rectangle,
	placement: Parameters<WindowManager['place']>[1],
): void {
	manager.move(id, normalBounds);
	manager.place(id, placement);
}
