/** Figures as Task Manager shows them. */
import { formatSize } from '#base/format-size.ts';

export function formatRate(perSecond: number): string {
	return perSecond === 0 ? '0' : `${formatSize(perSecond)}/s`;
}

export function formatCalls(perSecond: number): string {
	return Math.round(perSecond).toLocaleString('en-GB');
}

export function formatLogTime(milliseconds: number): string {
	return new Date(milliseconds).toLocaleTimeString('en-GB', { hour12: false });
}
