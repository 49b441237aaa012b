/** Figures as Task Manager shows them. */
import { formatSize } from '#base/format-size.ts';

export function formatRate(perSecond: number): string {
	return perSecond === 0 ? '0' : `${formatSize(perSecond)}/s`;
}

export function formatCalls(perSecond: number): string {
	return Math.round(perSecond).toLocaleString('en-GB');
}

/** `–` where it is not measured. */
export function formatPercent(percent: number | undefined): string {
	if (percent === undefined) return '–';
	return percent > 0 && percent < 1 ? '< 1 %' : `${Math.round(percent)} %`;
}

export function formatMemory(bytes: number | undefined): string {
	return bytes === undefined ? '–' : formatSize(bytes);
}
