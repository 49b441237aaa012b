/** Selecting icons of the desktop with the pointer: presses, and a rubber band from the empty desktop. */
import { type MouseEvent, type PointerEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { type DesktopLayout, rectangleOfCell } from './desktop-icon.tsx';
import type { DesktopIconsModel } from './desktop-icons-model.ts';
import { itemIndexAt } from './item-index.ts';
import { type BandGeometry, type Rectangle, RubberBand } from './rubber-band.ts';

export function useDesktopPointer(
	model: DesktopIconsModel,
	list: RefObject<HTMLElement | null>,
	layout: DesktopLayout,
) {
	const [area, setArea] = useState<Rectangle | undefined>();
	const [band] = useState(() => new RubberBand(setArea));
	const pressedSelected = useRef(-1);
	const { selection } = model;
	useLayoutEffect(() => {
		const scroller = list.current;
		if (scroller === null) return;
		band.surface = { scroller, headerHeight: 0, geometry: geometryOf(model, layout), selection, inset: 12 };
	});
	const onPointerDown = (event: PointerEvent<HTMLElement>) => {
		if ((event.target as Element).closest('.name-editor') !== null) return;
		const index = itemIndexAt(event.target);
		const key = model.items[index]?.key;
		const isSelected = key !== undefined && selection.snapshot.selected.has(key);
		pressedSelected.current = isSelected ? index : -1;
		if (key === undefined && event.button === 0) band.begin(event);
		else if (key === undefined) selection.clear();
		else if (!isSelected) selection.choose(index, { toggle: event.ctrlKey, extend: false });
	};
	/** What was selected already is chosen alone only when the button comes up: until then it may be a drag. */
	const onClick = (event: MouseEvent<HTMLElement>) => {
		const index = itemIndexAt(event.target);
		if (index < 0 || event.detail > 1 || pressedSelected.current !== index) return;
		selection.choose(index, { toggle: event.ctrlKey, extend: false });
	};
	return {
		area,
		handlers: {
			onPointerDown,
			onClick,
			onPointerMove: (event: PointerEvent<HTMLElement>) => band.move(event),
			onPointerUp: () => band.end(),
			onPointerCancel: () => band.end(),
		},
	};
}

function geometryOf({ items }: DesktopIconsModel, layout: DesktopLayout): BandGeometry {
	return {
		height: Number.POSITIVE_INFINITY,
		*indicesIn(area, inset) {
			for (const [index, { key }] of items.entries()) {
				const cell = layout.cells.get(key);
				if (cell === undefined) continue;
				const { left, top, right, bottom } = rectangleOfCell(cell, layout);
				const touches =
					area.left < right - inset &&
					area.right > left + inset &&
					area.top < bottom - inset &&
					area.bottom > top + inset;
				if (touches) yield index;
			}
		},
	};
}
