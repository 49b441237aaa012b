/** The rows of the grid that are in view. */
// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be virtualised; the roles follow the ARIA grid pattern
import { type ReactNode, useCallback, useLayoutEffect, useRef } from 'react';
import { iconOfPath } from '#desktop/files/file-types.ts';
import type { SelectionSnapshot } from '#desktop/files/selection.ts';
import { useEvent } from '#desktop/files/use-event.ts';
import type { FileGridProps } from './file-grid.tsx';
import { DetailsRow, type GridCell, IconRow } from './file-grid-rows.tsx';
import type { GridGeometry } from './grid-geometry.ts';
import type { Thumbnails } from './thumbnails.ts';

export interface FileGridBodyProps extends FileGridProps {
	readonly chosen: SelectionSnapshot;
	readonly geometry: GridGeometry;
	readonly rows: { readonly start: number; readonly end: number };
	readonly width: number;
}

export function FileGridBody(props: FileGridBodyProps) {
	const { view, geometry, rows, model, width, columns } = props;
	useThumbnailArrivals(props.thumbnails);
	const onCommit = useNewest(props.onCommitRename);
	const onCancel = useCallback(() => model.endRename(), [model]);
	const drawn: ReactNode[] = [];
	// A row that scrolls out lends its elements to one that scrolls in: changing a text is cheaper than making elements.
	const slots = powerOfTwoFrom(rows.end - rows.start);
	for (let row = rows.start; row < rows.end; row++) {
		const cells = cellsOfRow(props, row);
		const [first] = cells;
		if (first === undefined) continue;
		const place = { row, top: row * geometry.cellHeight, height: geometry.cellHeight };
		const shared = { ...place, onCommit, onCancel };
		drawn.push(
			view.kind === 'details' ? (
				<DetailsRow key={row % slots} cell={first} columns={columns} width={width} {...shared} />
			) : (
				<IconRow key={row % slots} cells={cells} cellWidth={geometry.cellWidth} iconSize={view.iconSize} {...shared} />
			),
		);
	}
	return (
		<div
			role="rowgroup"
			className="file-grid-canvas"
			style={{ height: geometry.height, width: view.kind === 'details' ? width : undefined }}
		>
			{drawn}
		</div>
	);
}

/** Grows by steps, so that the slots of rows hardly ever change. */
function powerOfTwoFrom(count: number): number {
	return 2 ** Math.ceil(Math.log2(Math.max(1, count)));
}

function cellsOfRow(props: FileGridBodyProps, row: number): GridCell[] {
	const { list, geometry, model, chosen } = props;
	const first = row * geometry.columns;
	const cells: GridCell[] = [];
	for (let index = first; index < Math.min(first + geometry.columns, geometry.count); index++) {
		const item = list.itemAt(index);
		if (item === undefined) continue;
		cells.push({
			item,
			icon: iconOfPath(item.path, item, model.files.folders),
			index,
			id: `${model.identifier}-${index}`,
			selected: chosen.selected.has(item.key),
			focused: chosen.focus === item.key,
			cut: props.isCut(item.path),
			dropTarget: props.dropTarget === item.path,
			thumbnail: props.thumbnails.find(item),
			renaming: model.renaming?.key === item.key ? model.renaming : undefined,
		});
	}
	return cells;
}

/** Renders again when thumbnails have come. */
function useThumbnailArrivals(thumbnails: Thumbnails): void {
	useEvent(thumbnails.onChange, () => thumbnails.version);
}

/** A function of always the same identity that calls the newest one, so that rows need not be drawn again. */
function useNewest<A extends unknown[]>(callback: (...parameters: A) => void): (...parameters: A) => void {
	const newest = useRef(callback);
	useLayoutEffect(() => {
		newest.current = callback;
	});
	return useCallback((...parameters: A) => newest.current(...parameters), []);
}
