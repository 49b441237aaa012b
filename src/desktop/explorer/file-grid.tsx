/**
 * The list of an Explorer window, as details or icons: a `grid` named by the folder, of which only the rows in view
 * are in the page.
 *
 * Rules of use:
 * - The grid is one tab stop; `aria-activedescendant` names the item with the focus.
 * - It moves the focus and selects by itself; what the items do (open, rename, menus, drags) it passes on.
 */
// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be virtualised; the roles follow the ARIA grid pattern
import { type DragEvent, type KeyboardEvent, type RefObject, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { FolderView } from '#desktop/files/file-settings.ts';
import { itemIndexAt } from '#desktop/files/item-index.ts';
import { type Rectangle, RubberBand } from '#desktop/files/rubber-band.ts';
import { useEvent } from '#desktop/files/use-event.ts';
import { type Column, minimumColumnWidth } from './columns.ts';
import { DetailsHeader } from './details-header.tsx';
import type { ExplorerModel } from './explorer-model.ts';
import { FileGridBody } from './file-grid-body.tsx';
import { GridGeometry } from './grid-geometry.ts';
import { pageRowsIn, selectByKey } from './grid-keys.ts';
import { GridPointer } from './grid-pointer.ts';
import type { ListItem, ListSnapshot } from './list-source.ts';
import type { Thumbnails } from './thumbnails.ts';
import { useViewport } from './use-viewport.ts';
import './file-grid.css';

export interface FileGridProps {
	readonly model: ExplorerModel;
	readonly label: string;
	readonly list: ListSnapshot;
	readonly view: FolderView;
	readonly columns: readonly Column[];
	readonly thumbnails: Thumbnails;
	readonly gridRef: RefObject<HTMLDivElement | null>;
	/** Path of the folder that a drop would go into now. */
	readonly dropTarget: string | undefined;
	isCut(path: string): boolean;
	onOpen(): void;
	onMenu(position: { x: number; y: number }, onItem: boolean): void;
	onColumnWidth(column: Column, width: number): void;
	onCommitRename(key: string, name: string, next: 'stay' | 'next' | 'previous'): void;
	onDragStart(event: DragEvent): void;
	/** `folder` is the folder item under the pointer, if any. */
	onDragOver(event: DragEvent, folder: ListItem | undefined): void;
	onDrop(event: DragEvent, folder: ListItem | undefined): void;
	onDragEnd(event: DragEvent): void;
}

const rowHeight = 28;
const headerHeight = 30;
const iconsPadding = 8;
const marginRows = 6;

/** How the grid is laid out in this view. */
interface GridMeasures {
	readonly isDetails: boolean;
	readonly cellWidth: number;
	readonly cellHeight: number;
	/** Height above the items. */
	readonly top: number;
}

function measuresOf({ kind, iconSize }: FolderView): GridMeasures {
	if (kind === 'details') return { isDetails: true, cellWidth: 0, cellHeight: rowHeight, top: headerHeight };
	return { isDetails: false, cellWidth: Math.max(100, iconSize + 40), cellHeight: iconSize + 58, top: iconsPadding };
}

/** Width of the items: in details that of the columns, or all there is. */
function widthOf({ isDetails }: GridMeasures, columns: readonly Column[], viewWidth: number): number {
	if (!isDetails) return Math.max(0, viewWidth - 2 * iconsPadding);
	return columns.reduce((sum, column) => sum + Math.max(minimumColumnWidth, column.width), 0);
}

export function FileGrid(props: FileGridProps) {
	const { model, list, columns, gridRef } = props;
	const { selection } = model;
	const measures = measuresOf(props.view);
	const { isDetails, cellWidth, cellHeight, top } = measures;
	const viewport = useViewport(gridRef, cellHeight);
	const chosen = useEvent(selection.onChange, () => selection.snapshot);
	const width = widthOf(measures, columns, viewport.width);
	const count = list.keys.length;
	const geometry = useMemo(
		() => new GridGeometry({ count, width, cellWidth, cellHeight }),
		[count, width, cellWidth, cellHeight],
	);
	const pointer = useGridPointer(props, geometry, measures);
	const reveal = useReveal(gridRef, geometry, top);
	useKeepScroll(model, gridRef, list);
	useRevealWanted(model, reveal);
	const rows = geometry.rowsInView(viewport.scrollTop, viewport.height, marginRows);
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.target !== event.currentTarget) return;
		const pageRows = pageRowsIn(viewport.height - top, cellHeight);
		const nameAt = (index: number) => list.itemAt(index)?.name ?? '';
		if (!selectByKey(event, { selection, geometry, pageRows, nameAt })) return;
		event.preventDefault();
		event.stopPropagation();
		reveal(selection.focusIndex);
	};
	return (
		<GridElement
			{...props}
			attributes={gridAttributes(props, geometry, isDetails)}
			pointer={pointer}
			rows={rows}
			geometry={geometry}
			onKeyDown={onKeyDown}
		>
			{isDetails ? (
				<DetailsHeader
					columns={columns}
					order={list.order}
					width={Math.max(width, viewport.width)}
					height={headerHeight}
					onSort={(column) => model.sortBy(column)}
					onWidth={props.onColumnWidth}
				/>
			) : null}
			<FileGridBody
				{...props}
				chosen={chosen}
				geometry={geometry}
				rows={rows}
				width={isDetails ? Math.max(width, viewport.width) : width}
			/>
			{pointer.area === undefined ? null : (
				<BandShape area={pointer.area} top={top} left={isDetails ? 0 : iconsPadding} />
			)}
		</GridElement>
	);
}

type GridPointerState = ReturnType<typeof useGridPointer>;

interface GridElementProps extends FileGridProps {
	readonly children: React.ReactNode;
	readonly attributes: React.AriaAttributes;
	readonly pointer: GridPointerState;
	readonly geometry: GridGeometry;
	readonly rows: { readonly start: number; readonly end: number };
	onKeyDown(event: KeyboardEvent): void;
}

function GridElement({ model, list, view, gridRef, pointer, geometry, rows, ...props }: GridElementProps) {
	const folderUnder = (event: DragEvent): ListItem | undefined => {
		const item = list.itemAt(itemIndexAt(event.target));
		return item?.kind === 'directory' ? item : undefined;
	};
	const focusRow = geometry.rowOf(model.selection.focusIndex);
	return (
		<div
			ref={gridRef}
			role="grid"
			tabIndex={0}
			className={`file-grid file-grid-${view.kind}`}
			{...props.attributes}
			aria-activedescendant={focusRow >= rows.start && focusRow < rows.end ? idOfFocus(model) : undefined}
			onKeyDown={props.onKeyDown}
			{...pointer.handlers}
			onDoubleClick={(event) => {
				if (itemIndexAt(event.target) >= 0) props.onOpen();
			}}
			onContextMenu={(event) => {
				event.preventDefault();
				// The menu key gives no place; it is handled with the other keys.
				if (event.button !== 2) return;
				props.onMenu({ x: event.clientX, y: event.clientY }, itemIndexAt(event.target) >= 0);
			}}
			onScroll={(event) => {
				model.scrollTop = event.currentTarget.scrollTop;
			}}
			onDragStart={props.onDragStart}
			onDragOver={(event) => props.onDragOver(event, folderUnder(event))}
			onDrop={(event) => props.onDrop(event, folderUnder(event))}
			onDragEnd={props.onDragEnd}
		>
			{props.children}
		</div>
	);
}

function idOfFocus(model: ExplorerModel): string | undefined {
	const index = model.selection.focusIndex;
	return index < 0 ? undefined : `${model.identifier}-${index}`;
}

function gridAttributes(
	{ label, columns }: FileGridProps,
	geometry: GridGeometry,
	isDetails: boolean,
): React.AriaAttributes {
	return {
		'aria-label': label,
		'aria-multiselectable': true,
		'aria-rowcount': geometry.rows + (isDetails ? 1 : 0),
		'aria-colcount': isDetails ? columns.length : geometry.columns,
	};
}

function BandShape({ area, top, left }: { area: Rectangle; top: number; left: number }) {
	return (
		<div
			className="rubber-band"
			style={{
				left: area.left + left,
				top: area.top + top,
				width: area.right - area.left,
				height: area.bottom - area.top,
			}}
		/>
	);
}

function useGridPointer(props: FileGridProps, geometry: GridGeometry, { isDetails, top }: GridMeasures) {
	const { model, list, gridRef } = props;
	const [area, setArea] = useState<Rectangle | undefined>();
	const [{ band, pointer }] = useState(() => ({ band: new RubberBand(setArea), pointer: new GridPointer() }));
	useLayoutEffect(() => {
		const { selection } = model;
		pointer.context = { keys: list.keys, selection, band, isDetails };
		const scroller = gridRef.current;
		if (scroller === null) return;
		band.surface = { scroller, headerHeight: top, geometry, selection, inset: isDetails ? 2 : 10 };
	});
	return {
		/** The rubber band, in coordinates of the items. */
		area,
		handlers: {
			onPointerDown: (event: React.PointerEvent<HTMLElement>) => pointer.press(event),
			onPointerMove: (event: React.PointerEvent<HTMLElement>) => band.move(event),
			onPointerUp: () => band.end(),
			onPointerCancel: () => band.end(),
			onClick: (event: React.MouseEvent<HTMLElement>) => pointer.click(event),
		},
	};
}

/** Scrolls to where the folder was left, once it is there. */
function useKeepScroll(model: ExplorerModel, grid: RefObject<HTMLElement | null>, list: ListSnapshot): void {
	const shown = useRef<unknown>(undefined);
	useLayoutEffect(() => {
		if (grid.current === null || shown.current === model.source || list.state === 'loading') return;
		shown.current = model.source;
		grid.current.scrollTop = model.scrollTop;
	});
}

function useReveal(grid: RefObject<HTMLElement | null>, geometry: GridGeometry, top: number) {
	return (index: number) => {
		const scroller = grid.current;
		if (scroller === null || index < 0) return;
		scroller.scrollTop = geometry.scrollTopFor(index, scroller.scrollTop, scroller.clientHeight - top);
	};
}

/** What is new, newly named, being named, or come from is brought into view. */
function useRevealWanted(model: ExplorerModel, reveal: (index: number) => void): void {
	const key = model.renaming?.key;
	const newest = useRef(reveal);
	useLayoutEffect(() => {
		newest.current = reveal;
		const index = model.takeRevealed();
		if (index !== undefined) reveal(index);
	});
	useLayoutEffect(() => {
		if (key !== undefined) newest.current(model.selection.indexOf(key));
	}, [key, model]);
}
