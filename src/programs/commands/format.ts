/** How commands show sizes, times and columns. */
const units = ['', 'K', 'M', 'G', 'T', 'P'] as const;

/** `1536` as `1.5K`; rounded up, as `ls -h` and `du -h` do. */
export function formatSize(bytes: number): string {
	let value = bytes;
	let unit = 0;
	while (value >= 1024 && unit < units.length - 1) {
		value /= 1024;
		unit++;
	}
	if (unit === 0) return String(Math.ceil(value));
	return value < 9.95
		? `${(Math.ceil(value * 10) / 10).toFixed(1)}${units[unit]}`
		: `${Math.ceil(value)}${units[unit]}`;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** Local time as `2026-11-23 05:40`. */
export function formatTime(milliseconds: number): string {
	const date = new Date(milliseconds);
	return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** A table whose columns are as wide as their longest cell; those in `right` are aligned to the right. */
export function formatTable(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
	const widths: number[] = [];
	for (const row of rows)
		for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
	const pad = (cell: string, column: number): string =>
		right.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0);
	return rows.map((row) => `${row.map(pad).join('  ').trimEnd()}\n`).join('');
}

/** Names in columns, in order down and then across. */
export function formatColumns(names: readonly string[], width: number, shownWidth: (name: string) => number): string {
	const widths = names.map(shownWidth);
	const longest = Math.max(1, ...widths);
	const columns = Math.max(1, Math.floor((width + 2) / (longest + 2)));
	const rows = Math.ceil(names.length / columns);
	let text = '';
	for (let row = 0; row < rows; row++) {
		for (let index = row; index < names.length; index += rows) {
			const isLast = index + rows >= names.length;
			text += names[index] + (isLast ? '' : ' '.repeat(longest + 2 - (widths[index] ?? 0)));
		}
		text += '\n';
	}
	return text;
}
