/**
 * Which cell of the desktop each icon stands in. Cells count in columns from the left and rows from the top.
 *
 * Invariants: two icons never share a cell; an icon whose remembered cell is off the screen or taken goes to the
 * first free one, column by column, and comes back to its own when there is room again.
 */
import type { IconCell } from './file-settings.ts';

export interface DesktopGrid {
	readonly columns: number;
	readonly rows: number;
}

export function gridOf(width: number, height: number, cell: { width: number; height: number }): DesktopGrid {
	return {
		columns: Math.max(1, Math.floor(width / cell.width)),
		rows: Math.max(1, Math.floor(height / cell.height)),
	};
}

/** A cell for each key, in the order of `keys`. */
export function layOut(
	keys: readonly string[],
	remembered: Readonly<Record<string, IconCell>>,
	grid: DesktopGrid,
): Map<string, IconCell> {
	const cells = new Map<string, IconCell>();
	const taken = new Set<string>();
	for (const key of keys) {
		const cell = remembered[key];
		if (cell === undefined || cell.column >= grid.columns || cell.row >= grid.rows) continue;
		if (taken.has(nameOfCell(cell))) continue;
		taken.add(nameOfCell(cell));
		cells.set(key, cell);
	}
	let next = 0;
	for (const key of keys) {
		if (cells.has(key)) continue;
		let cell = cellNumber(next, grid);
		while (taken.has(nameOfCell(cell))) cell = cellNumber(++next, grid);
		taken.add(nameOfCell(cell));
		cells.set(key, cell);
	}
	return cells;
}

/** The nearest other icon in the direction of an arrow key, or `undefined`. */
export function neighbourOf(cells: ReadonlyMap<string, IconCell>, from: string, key: string): string | undefined {
	const start = cells.get(from);
	const direction = directions[key];
	if (start === undefined || direction === undefined) return undefined;
	let best: { key: string; distance: number } | undefined;
	for (const [candidate, cell] of cells) {
		const across = cell.column - start.column;
		const down = cell.row - start.row;
		const ahead = across * direction.column + down * direction.row;
		const aside = Math.abs(across * direction.row) + Math.abs(down * direction.column);
		if (ahead <= 0) continue;
		const distance = ahead + aside * 4;
		if (best === undefined || distance < best.distance) best = { key: candidate, distance };
	}
	return best?.key;
}

/**
 * Where icons go that are dragged so that `anchor` stands in `target`: together, each by the same step; those whose
 * cell is taken by an icon that stays, or off the screen, go to a free one.
 */
export function moveCells(
	cells: ReadonlyMap<string, IconCell>,
	moved: readonly string[],
	step: { readonly columns: number; readonly rows: number },
	grid: DesktopGrid,
): Record<string, IconCell> {
	const staying = [...cells].filter(([key]) => !moved.includes(key));
	const taken = new Set(staying.map(([, cell]) => nameOfCell(cell)));
	const result: Record<string, IconCell> = Object.fromEntries(staying);
	for (const key of moved) {
		const from = cells.get(key);
		if (from === undefined) continue;
		const wanted = {
			column: Math.min(Math.max(from.column + step.columns, 0), grid.columns - 1),
			row: Math.min(Math.max(from.row + step.rows, 0), grid.rows - 1),
		};
		const cell = nearestFree(wanted, taken, grid);
		taken.add(nameOfCell(cell));
		result[key] = cell;
	}
	return result;
}

const directions: Readonly<Record<string, IconCell>> = {
	ArrowUp: { column: 0, row: -1 },
	ArrowDown: { column: 0, row: 1 },
	ArrowLeft: { column: -1, row: 0 },
	ArrowRight: { column: 1, row: 0 },
};

function nearestFree(wanted: IconCell, taken: ReadonlySet<string>, grid: DesktopGrid): IconCell {
	let best = wanted;
	let bestDistance = Number.POSITIVE_INFINITY;
	for (let number = 0; number < grid.columns * grid.rows; number++) {
		const cell = cellNumber(number, grid);
		const distance = Math.hypot(cell.column - wanted.column, cell.row - wanted.row);
		if (distance >= bestDistance || taken.has(nameOfCell(cell))) continue;
		[best, bestDistance] = [cell, distance];
	}
	return best;
}

/** The cells column by column; more than fit go on to the right of the screen. */
function cellNumber(number: number, grid: DesktopGrid): IconCell {
	return { column: Math.floor(number / grid.rows), row: number % grid.rows };
}

function nameOfCell({ column, row }: IconCell): string {
	return `${column} ${row}`;
}
