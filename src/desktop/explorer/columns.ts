/** The columns of the details view: what they show and how wide they start. */
import { typeName } from '#desktop/files/file-types.ts';
import { formatDate, formatSize } from '#desktop/files/format.ts';
import type { SortColumn } from '#desktop/files/name-order.ts';
import type { ExplorerMode } from './explorer-model.ts';
import type { ListItem } from './list-source.ts';

export interface Column {
	readonly id: SortColumn;
	readonly label: string;
	readonly width: number;
	readonly align: 'start' | 'end';
	textOf(item: ListItem): string;
}

const name: Column = { id: 'name', label: 'Name', width: 270, align: 'start', textOf: (item) => item.name };
const modified: Column = {
	id: 'modified',
	label: 'Date modified',
	width: 164,
	align: 'start',
	textOf: (item) => formatDate(item.modifiedTime),
};
const type: Column = { id: 'type', label: 'Type', width: 136, align: 'start', textOf: typeName };
const size: Column = {
	id: 'size',
	label: 'Size',
	width: 88,
	align: 'end',
	textOf: (item) => (item.kind === 'directory' ? '' : formatSize(item.size)),
};
const binSize: Column = { ...size, textOf: (item) => formatSize(item.size) };
const folder: Column = {
	id: 'place',
	label: 'Folder',
	width: 240,
	align: 'start',
	textOf: (item) => item.place ?? '',
};
const origin: Column = { ...folder, label: 'Original location' };
const deleted: Column = {
	id: 'deleted',
	label: 'Date deleted',
	width: 164,
	align: 'start',
	textOf: (item) => formatDate(item.deletedTime ?? 0),
};

const columnsByMode: Readonly<Record<ExplorerMode, readonly Column[]>> = {
	folder: [name, modified, type, size],
	search: [name, folder, modified, type, size],
	'recycle-bin': [name, origin, deleted, binSize, type],
};

export const minimumColumnWidth = 56;

/** The columns with the widths that the person gave them. */
export function columnsOf(mode: ExplorerMode, widths: Readonly<Record<string, number>>): Column[] {
	return columnsByMode[mode].map((column) => ({ ...column, width: widths[`${mode} ${column.id}`] ?? column.width }));
}
