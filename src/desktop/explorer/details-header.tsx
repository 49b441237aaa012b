/**
 * The row of column headers: a press sorts, the right edge is dragged to size. One tab stop: arrows walk it, Enter
 * sorts, Ctrl with an arrow changes the width.
 */
// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be virtualised; the roles follow the ARIA grid pattern
// biome-ignore-all lint/a11y/useFocusableInteractive: the row itself is no stop; its headers are
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import type { SortColumn, SortOrder } from '#desktop/files/name-order.ts';
import { type Column, minimumColumnWidth } from './columns.ts';

export interface DetailsHeaderProps {
	readonly columns: readonly Column[];
	readonly order: SortOrder;
	readonly width: number;
	readonly height: number;
	onSort(column: SortColumn): void;
	onWidth(column: Column, width: number): void;
}

const keyboardStep = 16;

export function DetailsHeader({ columns, order, width, height, onSort, onWidth }: DetailsHeaderProps) {
	const [current, setCurrent] = useState(0);
	const cells = useRef<(HTMLDivElement | null)[]>([]);
	const onKeyDown = (event: KeyboardEvent, column: Column, index: number) => {
		const direction = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
		if (event.key === 'Enter' || event.key === ' ') onSort(column.id);
		else if (direction !== 0 && event.ctrlKey) {
			onWidth(column, Math.max(minimumColumnWidth, column.width + direction * keyboardStep));
		} else if (direction !== 0) {
			const next = (index + direction + columns.length) % columns.length;
			setCurrent(next);
			cells.current[next]?.focus();
		} else return;
		event.preventDefault();
		event.stopPropagation();
	};
	return (
		<div role="rowgroup" className="details-header" style={{ width, height }}>
			<div role="row" aria-rowindex={1} className="details-header-row">
				{columns.map((column, index) => (
					<div
						key={column.id}
						ref={(element) => {
							cells.current[index] = element;
						}}
						role="columnheader"
						aria-colindex={index + 1}
						aria-sort={order.column !== column.id ? 'none' : order.descending ? 'descending' : 'ascending'}
						tabIndex={index === current ? 0 : -1}
						className={`details-heading details-cell-${column.align}`}
						style={{ width: column.width }}
						onFocus={() => setCurrent(index)}
						onClick={() => onSort(column.id)}
						onKeyDown={(event) => onKeyDown(event, column, index)}
					>
						<span className="details-heading-label">{column.label}</span>
						{order.column === column.id ? <SortMark descending={order.descending} /> : null}
						<ColumnEdge column={column} onWidth={onWidth} />
					</div>
				))}
			</div>
		</div>
	);
}

function SortMark({ descending }: { descending: boolean }) {
	return (
		<svg className="sort-mark" width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
			<path d={descending ? 'M1.5 3.5 5 7l3.5-3.5' : 'M1.5 6.5 5 3l3.5 3.5'} />
		</svg>
	);
}

function ColumnEdge({ column, onWidth }: { column: Column; onWidth(column: Column, width: number): void }) {
	const start = useRef<{ x: number; width: number } | undefined>(undefined);
	return (
		<span
			className="column-edge"
			aria-hidden="true"
			onClick={(event) => event.stopPropagation()}
			onPointerDown={(event: PointerEvent<HTMLSpanElement>) => {
				start.current = { x: event.clientX, width: column.width };
				event.currentTarget.setPointerCapture(event.pointerId);
				event.preventDefault();
			}}
			onPointerMove={(event) => {
				if (start.current === undefined) return;
				onWidth(column, Math.max(minimumColumnWidth, start.current.width + event.clientX - start.current.x));
			}}
			onPointerUp={() => {
				start.current = undefined;
			}}
		/>
	);
}
