/** How builtins show names and tables. */
import { textWidth } from './text-width.ts';

/** Names in columns, as wide as the terminal allows, in order down and then across. */
export function formatColumns(names: readonly string[], width: number): string {
	if (names.length === 0) return '';
	const longest = Math.max(...names.map((name) => textWidth(name)));
	const columns = Math.max(1, Math.floor((width + 1) / (longest + 2)));
	const rows = Math.ceil(names.length / columns);
	let text = '';
	for (let row = 0; row < rows; row++) {
		const cells: string[] = [];
		for (let index = row; index < names.length; index += rows) {
			const name = names[index] as string;
			const isLast = index + rows >= names.length;
			cells.push(isLast ? name : name + ' '.repeat(longest + 2 - textWidth(name)));
		}
		text += `${cells.join('')}\n`;
	}
	return text;
}

/** A table whose columns are as wide as their longest cell; those in `right` are aligned to the right. */
export function formatTable(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
	const widths: number[] = [];
	for (const row of rows)
		for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, textWidth(cell));
	const pad = (cell: string, column: number): string => {
		const blanks = ' '.repeat((widths[column] ?? 0) - textWidth(cell));
		return right.includes(column) ? blanks + cell : cell + blanks;
	};
	return rows.map((row) => `${row.map(pad).join('  ').trimEnd()}\n`).join('');
}
