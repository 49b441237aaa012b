/**
 * Keeps the browser from leaving the page by accident: a file let go beside every place that takes it would be opened
 * in the page's stead, and the side buttons of a mouse would go back in the history of the tab.
 */
import { type Disposable, toDisposable } from '#base/disposable.ts';

const sideButtons: ReadonlySet<number> = new Set([3, 4]);

export function keepPageOpen(): Disposable {
	const refuseDrop = (event: DragEvent) => {
		if (event.defaultPrevented || event.dataTransfer === null) return;
		event.preventDefault();
		event.dataTransfer.dropEffect = 'none';
	};
	const refuseTravel = (event: MouseEvent) => {
		if (sideButtons.has(event.button)) event.preventDefault();
	};
	const listeners = new AbortController();
	const { signal } = listeners;
	document.addEventListener('dragover', refuseDrop, { signal });
	document.addEventListener('drop', refuseDrop, { signal });
	document.addEventListener('mousedown', refuseTravel, { signal });
	document.addEventListener('mouseup', refuseTravel, { signal });
	return toDisposable(() => listeners.abort());
}
