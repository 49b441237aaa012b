/** How commands show sizes, times and columns. */

const units = ['', 'K', 'M', 'G', 'T', 'P'] as const;

/** `1536` as `1.5K`. */
export function formatSize(bytes: number): string {
	let value = bytes;
	let unit = 0;
	while (value >= 1024 && unit < units.length - 1) {
		value /= 1024;
		unit++;
	}
	return unit === 0 || value >= 10 ? `${Math.round(value)}${units[unit]}` : `${value.toFixed(1)}${units[unit]}`;
}

/** Local time as `2026-11-23 05:40`. */
export function formatTime(milliseconds: number): string {
	const date = new Date(milliseconds);
	const two = (value: number) => String(value).padStart(2, '0');
	const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
	return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** A table whose columns are as wide as their longest cell; those in `right` are aligned to the right. */
export function formatTable(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
	const widths: number[] = [];
	for (const row of rows) {
		for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
	}
	const pad = (cell: string, column: number) =>
		right.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0);
	return rows.map((row) => `${row.map(pad).join('  ').trimEnd()}\n`).join('');
}
