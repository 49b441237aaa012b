/** The table of processes, and ending one. */
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { Cell, Column, Row, Table, TableBody, TableHeader } from 'react-aria-components';
import { Button } from '#ui/controls/button.tsx';
import { Icon } from '#ui/icon.tsx';
import { type ProcessRow, type SortColumn, type Sorting, sortRows } from './process-sampler.ts';
import { formatCalls, formatMemory, formatPercent, formatRate } from './units.ts';

interface ColumnDefinition {
	readonly id: SortColumn;
	readonly label: string;
	readonly number?: boolean;
	cell(row: ProcessRow): string;
}

const stateLabels = { starting: 'Starting', running: 'Running', stopped: 'Stopped', exited: 'Ended' } as const;

const columns: readonly ColumnDefinition[] = [
	{ id: 'title', label: 'Name', cell: (row) => row.title },
	{ id: 'program', label: 'Program', cell: (row) => row.program },
	{ id: 'user', label: 'User', cell: (row) => row.user },
	{ id: 'pid', label: 'PID', number: true, cell: (row) => String(row.pid) },
	{ id: 'state', label: 'State', cell: (row) => stateLabels[row.state] },
	{ id: 'processorPercent', label: 'Processor', number: true, cell: (row) => formatPercent(row.processorPercent) },
	{ id: 'memoryBytes', label: 'Memory', number: true, cell: (row) => formatMemory(row.memoryBytes) },
	{ id: 'callsPerSecond', label: 'Calls/s', number: true, cell: (row) => formatCalls(row.callsPerSecond) },
	{ id: 'readPerSecond', label: 'Read', number: true, cell: (row) => formatRate(row.readPerSecond) },
	{ id: 'writtenPerSecond', label: 'Written', number: true, cell: (row) => formatRate(row.writtenPerSecond) },
	{ id: 'handles', label: 'Handles', number: true, cell: (row) => String(row.handles) },
];

export interface ProcessesPageProps {
	readonly rows: readonly ProcessRow[];
	onEnd(row: ProcessRow): void;
}

export function ProcessesPage({ rows, onEnd }: ProcessesPageProps) {
	const [sorting, setSorting] = useState<Sorting>({ column: 'title', descending: false });
	const [selected, setSelected] = useState<number>();
	const sorted = useMemo(() => sortRows(rows, sorting), [rows, sorting]);
	const row = rows.find(({ pid }) => pid === selected);
	const end = () => {
		if (row !== undefined) onEnd(row);
	};
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.key !== 'Delete') return;
		event.preventDefault();
		end();
	};
	const page = useRef<HTMLDivElement>(null);
	const filled = rows.length > 0;
	// The table had the focus while it had no row to show it on.
	useEffect(() => {
		if (!filled) return;
		const request = requestAnimationFrame(() => {
			const table = page.current?.querySelector('[role="grid"]');
			if (document.activeElement === table) table?.querySelector<HTMLElement>('tbody [role="row"]')?.focus();
		});
		return () => cancelAnimationFrame(request);
	}, [filled]);
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: Delete in the table does what the button below it does
		<div ref={page} className="task-page" onKeyDown={onKeyDown}>
			<div className="task-scroll">
				<Table
					aria-label="Processes"
					data-autofocus
					className="task-table"
					selectionMode="single"
					selectionBehavior="replace"
					disallowEmptySelection
					selectedKeys={row === undefined ? [] : [row.pid]}
					onSelectionChange={(keys) => setSelected(keys === 'all' ? undefined : Number([...keys][0]))}
					sortDescriptor={{ column: sorting.column, direction: sorting.descending ? 'descending' : 'ascending' }}
					onSortChange={({ column, direction }) =>
						setSorting({ column: column as SortColumn, descending: direction === 'descending' })
					}
				>
					<TableHeader columns={[...columns]} dependencies={[sorting]}>
						{(column) => (
							<Column
								id={column.id}
								allowsSorting
								isRowHeader={column.id === 'title'}
								className={`task-column ${column.number ? 'task-number' : ''}`}
							>
								{column.label}
								{sorting.column === column.id ? (
									<Icon name={sorting.descending ? 'caret-down' : 'caret-up'} size={12} />
								) : null}
							</Column>
						)}
					</TableHeader>
					<TableBody items={sorted} dependencies={[rows]}>
						{(item) => (
							<Row id={item.pid} columns={[...columns]} className="task-row">
								{(column) => (
									<Cell className={`task-cell ${column.number ? 'task-number' : ''}`}>{column.cell(item)}</Cell>
								)}
							</Row>
						)}
					</TableBody>
				</Table>
			</div>
			<div className="task-foot">
				<span role="status">{rows.length} processes</span>
				<Button kind="neutral" disabled={row === undefined} onPress={end}>
					End task
				</Button>
			</div>
		</div>
	);
}
