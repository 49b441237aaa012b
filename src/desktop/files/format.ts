/** Sizes, dates, durations and counts as a person reads them, in the language of the browser. */
import { formatSize } from '#base/format-size.ts';

const dateFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const longDateFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });
const numberFormat = new Intl.NumberFormat();

export { formatSize };

/** Size with the exact number of bytes beside it. */
export function formatExactSize(bytes: number): string {
	return bytes < 1024 ? formatSize(bytes) : `${formatSize(bytes)} (${formatNumber(bytes)} bytes)`;
}

export function formatNumber(value: number): string {
	return numberFormat.format(value);
}

/** `3 files`, `1 file`. */
export function formatCount(count: number, singular: string, plural = `${singular}s`): string {
	return `${formatNumber(count)} ${count === 1 ? singular : plural}`;
}

export function formatDate(time: number): string {
	return dateFormat.format(time);
}

export function formatLongDate(time: number): string {
	return longDateFormat.format(time);
}

/** A coarse duration: `about 5 seconds`, `about 3 minutes`. */
export function formatTimeLeft(milliseconds: number): string {
	const seconds = Math.ceil(milliseconds / 1000);
	if (seconds < 5) return 'a few seconds left';
	if (seconds < 60) return `about ${Math.ceil(seconds / 5) * 5} seconds left`;
	const minutes = Math.round(seconds / 60);
	if (minutes < 60) return `about ${formatCount(minutes, 'minute')} left`;
	const hours = Math.round(minutes / 6) / 10;
	return `about ${hours} ${hours === 1 ? 'hour' : 'hours'} left`;
}
