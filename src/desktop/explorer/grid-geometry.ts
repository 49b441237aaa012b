/**
 * Where the items of a folder view stand: a list of rows (details) or rows of cells (icons). Coordinates are CSS
 * pixels from the upper left of the items, scrolling included; indices count items in order.
 *
 * Everything about positions is arithmetic, so a folder of any size costs only what is in view.
 */

import type { BandGeometry, Rectangle } from '#desktop/files/rubber-band.ts';

export interface GridShape {
	readonly count: number;
	/** Width for the items. */
	readonly width: number;
	readonly cellHeight: number;
	/** Width of a cell; 0 for one cell a row over the whole width. */
	readonly cellWidth: number;
}

export class GridGeometry implements BandGeometry {
	readonly count: number;
	readonly columns: number;
	readonly cellWidth: number;
	readonly cellHeight: number;

	constructor({ count, width, cellHeight, cellWidth }: GridShape) {
		this.count = count;
		this.cellHeight = cellHeight;
		this.columns = cellWidth === 0 ? 1 : Math.max(1, Math.floor(width / cellWidth));
		this.cellWidth = cellWidth === 0 ? width : Math.floor(width / this.columns);
	}

	get rows(): number {
		return Math.ceil(this.count / this.columns);
	}

	get height(): number {
		return this.rows * this.cellHeight;
	}

	rowOf(index: number): number {
		return Math.floor(index / this.columns);
	}

	rectangleOf(index: number): Rectangle {
		const left = (index % this.columns) * this.cellWidth;
		const top = this.rowOf(index) * this.cellHeight;
		return { left, top, right: left + this.cellWidth, bottom: top + this.cellHeight };
	}

	/** Rows in view, `margin` rows more on both sides; `end` is the row after the last. */
	rowsInView(scrollTop: number, viewHeight: number, margin: number): { start: number; end: number } {
		const start = Math.max(0, Math.floor(scrollTop / this.cellHeight) - margin);
		const end = Math.min(this.rows, Math.ceil((scrollTop + viewHeight) / this.cellHeight) + margin);
		return { start: Math.min(start, end), end };
	}

	/** Indices of the items that a rectangle touches, each seen as its cell shrunk by `inset`. */
	*indicesIn(area: Rectangle, inset = 0): Iterable<number> {
		const firstRow = Math.max(0, Math.floor(area.top / this.cellHeight));
		const lastRow = Math.min(this.rows - 1, Math.floor(area.bottom / this.cellHeight));
		for (let row = firstRow; row <= lastRow; row++) {
			for (let column = 0; column < this.columns; column++) {
				const index = row * this.columns + column;
				if (index < this.count && touches(area, this.rectangleOf(index), inset)) yield index;
			}
		}
	}

	/** Scroll position that brings the item into view, as near to `scrollTop` as possible. */
	scrollTopFor(index: number, scrollTop: number, viewHeight: number): number {
		const { top, bottom } = this.rectangleOf(index);
		if (top < scrollTop) return top;
		if (bottom > scrollTop + viewHeight) return bottom - viewHeight;
		return scrollTop;
	}

	/** Where a key takes the focus from item `index`; `undefined` for keys that do not move it. */
	step(key: string, index: number, pageRows: number): number | undefined {
		const last = this.count - 1;
		if (last < 0) return undefined;
		const across = this.columns > 1 ? 1 : 0;
		const moves: Readonly<Record<string, number>> = {
			ArrowUp: -this.columns,
			ArrowDown: this.columns,
			ArrowLeft: -across,
			ArrowRight: across,
			PageUp: -this.columns * Math.max(1, pageRows),
			PageDown: this.columns * Math.max(1, pageRows),
			Home: -this.count,
			End: this.count,
		};
		const move = moves[key];
		if (move === undefined || move === 0) return undefined;
		if (index < 0) return key === 'End' ? last : 0;
		const target = index + move;
		if (key === 'ArrowUp' && target < 0) return index;
		if (key === 'ArrowDown' && target > last) return this.rowOf(index) === this.rows - 1 ? index : last;
		if (key === 'PageUp' && target < 0) return index % this.columns;
		return Math.min(Math.max(target, 0), last);
	}
}

function touches(area: Rectangle, cell: Rectangle, inset: number): boolean {
	return (
		area.left < cell.right - inset &&
		area.right > cell.left + inset &&
		area.top < cell.bottom - inset &&
		area.bottom > cell.top + inset
	);
}
