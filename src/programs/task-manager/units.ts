/** Figures as Task Manager shows them. */

const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** `1536` as `1.5 KB`. */
export function formatBytes(bytes: number): string {
	let value = bytes;
	let unit = 0;
	while (value >= 1024 && unit < units.length - 1) {
		value /= 1024;
		unit++;
	}
	return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

export function formatRate(perSecond: number): string {
	return perSecond === 0 ? '0' : `${formatBytes(perSecond)}/s`;
}

export function formatCalls(perSecond: number): string {
	return Math.round(perSecond).toLocaleString('en-GB');
}

export function formatLogTime(milliseconds: number): string {
	return new Date(milliseconds).toLocaleTimeString('en-GB', { hour12: false });
}
