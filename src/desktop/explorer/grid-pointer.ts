/**
 * What presses of the pointer select in a grid of items.
 *
 * - On an item that is not selected: it is chosen at once, so that a drag carries it.
 * - On one that is selected: chosen alone (or with Ctrl taken out) only when the button comes up without a drag.
 * - In an empty place, and in details beside the name of an item: a rubber band begins.
 */
import type { MouseEvent, PointerEvent } from 'react';
import { itemIndexAt } from '#desktop/files/item-index.ts';
import type { RubberBand } from '#desktop/files/rubber-band.ts';
import type { Selection } from '#desktop/files/selection.ts';

export interface GridPointerContext {
	readonly keys: readonly string[];
	readonly selection: Selection;
	readonly band: RubberBand;
	readonly isDetails: boolean;
}

const alone = { toggle: false, extend: false };

export class GridPointer {
	context: GridPointerContext | undefined;
	/** The item under the last press, when it was selected before it. */
	#pressedSelected: string | undefined;

	press(event: PointerEvent<HTMLElement>): void {
		const { context } = this;
		const target = event.target as Element;
		if (context === undefined || target.closest('.details-header, .name-editor') !== null) return;
		if (isOnScrollBar(event)) return;
		const { keys, selection } = context;
		const index = itemIndexAt(target);
		const key = keys[index];
		const isSelected = key !== undefined && selection.snapshot.selected.has(key);
		this.#pressedSelected = isSelected ? key : undefined;
		// A selected row is dragged by any part of it; in others a drag beside the name draws a rubber band.
		if (context.isDetails) setDraggable(target, isSelected);
		if (event.button !== 0) {
			if (key === undefined) selection.clear();
			else if (!isSelected) selection.choose(index, alone);
			return;
		}
		const onHandle = isSelected || !context.isDetails || target.closest('.file-name') !== null;
		if (key === undefined || (!onHandle && event.pointerType === 'mouse')) this.#pressBeside(event, index, context);
		else if (!isSelected || event.shiftKey) {
			selection.choose(index, { toggle: event.ctrlKey, extend: event.shiftKey });
		}
	}

	/** The button came up without a drag. */
	click(event: MouseEvent<HTMLElement>): void {
		const { context } = this;
		const index = itemIndexAt(event.target);
		const key = context?.keys[index];
		if (context === undefined || key === undefined || event.shiftKey || event.detail > 1) return;
		if (this.#pressedSelected !== key) return;
		context.selection.choose(index, { toggle: event.ctrlKey, extend: false });
	}

	/** A press in an empty place, or on a row of details beside the name. */
	#pressBeside(event: PointerEvent<HTMLElement>, index: number, { selection, band }: GridPointerContext): void {
		const modified = event.ctrlKey || event.shiftKey;
		if (index >= 0 && modified) {
			selection.choose(index, { toggle: event.ctrlKey, extend: event.shiftKey });
			return;
		}
		band.begin(event);
		if (index >= 0) selection.choose(index, alone);
	}
}

function setDraggable(target: Element, draggable: boolean): void {
	const row = target.closest<HTMLElement>('.details-row');
	if (row !== null) row.draggable = draggable;
}

function isOnScrollBar(event: PointerEvent<HTMLElement>): boolean {
	const { left, top } = event.currentTarget.getBoundingClientRect();
	const { clientWidth, clientHeight } = event.currentTarget;
	return event.clientX > left + clientWidth || event.clientY > top + clientHeight;
}
