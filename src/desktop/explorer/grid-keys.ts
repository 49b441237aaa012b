/** The keys that move the focus and select in a grid of items, as they do on every desktop. */
import type { KeyboardEvent } from 'react';
import type { Selection } from '#desktop/files/selection.ts';
import type { GridGeometry } from './grid-geometry.ts';

export interface GridKeyContext {
	readonly selection: Selection;
	readonly geometry: GridGeometry;
	readonly pageRows: number;
	nameAt(index: number): string;
}

export function pageRowsIn(height: number, rowHeight: number): number {
	return Math.max(1, Math.floor(height / rowHeight) - 1);
}

/** Acts on the key; returns whether it was one of the grid's. */
export function selectByKey(event: KeyboardEvent, { selection, geometry, pageRows, nameAt }: GridKeyContext): boolean {
	if (event.altKey || event.metaKey) return false;
	const { key, ctrlKey, shiftKey } = event;
	const target = geometry.step(key, selection.focusIndex, pageRows);
	if (target !== undefined) {
		if (ctrlKey && !shiftKey) selection.moveFocus(target);
		else selection.choose(target, { toggle: ctrlKey, extend: shiftKey });
		return true;
	}
	const now = event.timeStamp;
	if (key === ' ' && !selection.isTyping(now)) {
		selection.choose(Math.max(0, selection.focusIndex), { toggle: ctrlKey, extend: shiftKey });
		return true;
	}
	if (ctrlKey) return selectByCommand(key.toLowerCase(), shiftKey, selection);
	if (key === 'Escape' && selection.count > 0) {
		selection.clear();
		return true;
	}
	if ([...key].length !== 1 || event.nativeEvent.isComposing) return false;
	selection.type(key, now, (typed) => nameAt(selection.indexOf(typed)));
	return true;
}

function selectByCommand(key: string, shiftKey: boolean, selection: Selection): boolean {
	if (key === 'a' && !shiftKey) selection.selectAll();
	else if (key === 'i' && shiftKey) selection.invert();
	else return false;
	return true;
}
