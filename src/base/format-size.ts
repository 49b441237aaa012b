/** Sizes of data as a person reads them, everywhere alike: steps of 1,024, three digits that matter. */

const units = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

/** `1536` as `1.5 KB`, in the language of the browser. */
export function formatSize(bytes: number): string {
	if (bytes < 1024) return bytes === 1 ? '1 byte' : `${Math.round(bytes)} bytes`;
	let unit = 0;
	let value = bytes;
	while (value >= 1024 && unit < units.length - 1) {
		value /= 1024;
		unit++;
	}
	const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
	return `${new Intl.NumberFormat(undefined, { maximumFractionDigits: digits }).format(value)} ${units[unit]}`;
}
