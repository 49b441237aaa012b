/**
 * Moving and resizing a window with the pointer, outside React: while it lasts only the frame's own style changes,
 * once a frame of the screen; the window manager learns the result at the end.
 *
 * Escape or a lost pointer brings the window back to where it was.
 */

import { applyBounds } from './frame-style.ts';
import {
	type Edge,
	type Placement,
	type Point,
	placementAtEdge,
	type Rectangle,
	resizedBounds,
	unsnappedBounds,
} from './geometry.ts';
import type { SnapPreview } from './snap-preview.ts';
import type { WindowManager } from './window-manager.ts';

export interface DragContext {
	readonly manager: WindowManager;
	readonly preview: SnapPreview;
	readonly frame: HTMLElement;
	readonly id: string;
}

/** Movement below this is a click. */
const thresholdPx = 4;

interface Drag {
	/** Called at most once a frame of the screen, with the newest pointer. */
	update(pointer: Point): void;
	commit(pointer: Point): void;
	cancel(): void;
}

/** Follows the pointer from its press to its release. `begin` is called when it has moved far enough. */
function followPointer(down: PointerEvent, frame: HTMLElement, begin: (start: Point) => Drag): void {
	const start = { x: down.clientX, y: down.clientY };
	const ended = new AbortController();
	const { signal } = ended;
	let drag: Drag | undefined;
	let pointer: Point = start;
	let frameRequest = 0;

	const finish = (how: 'commit' | 'cancel') => {
		if (signal.aborted) return;
		ended.abort();
		cancelAnimationFrame(frameRequest);
		delete document.documentElement.dataset.dragging;
		if (how === 'commit') drag?.commit(pointer);
		else drag?.cancel();
	};
	const onMove = (event: PointerEvent) => {
		pointer = { x: event.clientX, y: event.clientY };
		if (drag === undefined) {
			if (Math.hypot(pointer.x - start.x, pointer.y - start.y) < thresholdPx) return;
			document.documentElement.dataset.dragging = 'true';
			// Only now: a captured pointer would take clicks and double-clicks from what lies under it.
			frame.setPointerCapture(down.pointerId);
			drag = begin(start);
		}
		if (frameRequest !== 0) return;
		frameRequest = requestAnimationFrame(() => {
			frameRequest = 0;
			drag?.update(pointer);
		});
	};
	const onKey = (event: KeyboardEvent) => {
		if (event.key !== 'Escape' || drag === undefined) return;
		event.preventDefault();
		event.stopPropagation();
		finish('cancel');
	};
	document.addEventListener('pointermove', onMove, { signal });
	document.addEventListener('pointerup', () => finish('commit'), { signal });
	document.addEventListener('pointercancel', () => finish('cancel'), { signal });
	document.addEventListener('keydown', onKey, { signal, capture: true });
}

/** Takes a maximised or snapped window off its place, under the pointer; gives the bounds to move from. */
function takeOff(context: DragContext, start: Point): Rectangle | undefined {
	const { manager, id } = context;
	const window = manager.find(id);
	if (window === undefined) return undefined;
	if (window.placement === 'normal') return window.bounds;
	const bounds = unsnappedBounds(window.bounds, window.normalBounds, start);
	manager.move(id, bounds);
	return bounds;
}

/** Starts with the press on a title bar. */
export function beginMove(down: PointerEvent, context: DragContext): void {
	const { manager, preview, frame, id } = context;
	const before = manager.find(id);
	if (before === undefined || before.placement === 'full-screen') return;
	followPointer(down, frame, (start) => {
		const origin = takeOff(context, start) ?? before.bounds;
		let placement: Placement | undefined;
		const boundsAt = (pointer: Point): Rectangle => ({
			...origin,
			x: origin.x + pointer.x - start.x,
			y: Math.max(manager.workArea.y, origin.y + pointer.y - start.y),
		});
		return {
			update(pointer) {
				applyBounds(frame, boundsAt(pointer));
				placement = before.resizable ? placementAtEdge(pointer, manager.workArea) : undefined;
				preview.show(placement);
			},
			commit(pointer) {
				preview.show(undefined);
				placement = before.resizable ? placementAtEdge(pointer, manager.workArea) : undefined;
				if (placement === undefined) manager.move(id, boundsAt(pointer));
				else manager.place(id, placement);
				applyBounds(frame, manager.find(id)?.bounds ?? origin);
			},
			cancel() {
				preview.show(undefined);
				manager.move(id, before.normalBounds);
				manager.place(id, before.placement);
				applyBounds(frame, manager.find(id)?.bounds ?? before.bounds);
			},
		};
	});
}

/** Starts with the press on an edge or a corner. */
export function beginResize(down: PointerEvent, edge: Edge, context: DragContext): void {
	const { manager, frame, id } = context;
	const window = manager.find(id);
	if (window === undefined) return;
	followPointer(down, frame, (start) => {
		const limits = { minimum: window.minimumSize, area: manager.workArea };
		const boundsAt = (pointer: Point): Rectangle =>
			resizedBounds(window.bounds, edge, { x: pointer.x - start.x, y: pointer.y - start.y }, limits);
		return {
			update: (pointer) => applyBounds(frame, boundsAt(pointer)),
			commit: (pointer) => manager.move(id, boundsAt(pointer)),
			cancel: () => applyBounds(frame, window.bounds),
		};
	});
}
