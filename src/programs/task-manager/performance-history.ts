/** What the performance page draws: the figures of the last minute, newest last. */
import type { VolumeStatus } from '#abi/structures.generated.ts';
import type { Totals } from './process-sampler.ts';

export const historySeconds = 60;

export interface PerformanceSample extends Totals {
	/** JavaScript heap of the page in bytes, where the browser tells it. */
	readonly heapBytes: number | undefined;
	readonly heapLimitBytes: number | undefined;
	readonly volume: VolumeStatus | undefined;
	/** What the browser lets this origin store, in bytes. */
	readonly quotaBytes: number | undefined;
}

export function appendSample(history: readonly PerformanceSample[], sample: PerformanceSample): PerformanceSample[] {
	return [...history, sample].slice(-historySeconds);
}

/** Chromium's figure for the whole page; no other browser has one. */
export function readHeap(): { usedJSHeapSize: number; jsHeapSizeLimit: number } | undefined {
	return (performance as { memory?: { usedJSHeapSize: number; jsHeapSizeLimit: number } }).memory;
}

/** The top of a graph: the next round number above everything in it. */
export function roundUp(value: number, least: number): number {
	const target = Math.max(value, least);
	const magnitude = 10 ** Math.floor(Math.log10(target));
	const step = [1, 2, 5, 10].find((factor) => factor * magnitude >= target) ?? 10;
	return step * magnitude;
}

const byteSteps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1024];

/** As `roundUp`, round when written in KB, MB and GB. */
export function roundUpBytes(value: number, least: number): number {
	const target = Math.max(value, least, 1);
	const unit = 1024 ** Math.floor(Math.log2(target) / 10);
	return unit * (byteSteps.find((step) => step * unit >= target) ?? 1024);
}
