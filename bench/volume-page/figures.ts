/** What the page measures: milliseconds, or megabytes a second, by key. */
export interface VolumeFigures {
	readonly open: number;
	readonly creates: number;
	readonly groupedCreates: number;
	readonly write: number;
	readonly read: number;
	readonly list: number;
	readonly search: number;
}

export interface SystemFigures {
	readonly systemCreates: number;
	readonly systemPipelined: number;
	readonly systemWrite: number;
}

/** Milliseconds that an action takes. */
export async function timeOf(action: () => unknown): Promise<number> {
	const start = performance.now();
	await action();
	return performance.now() - start;
}

export const fileCount = 5000;
export const largeMegabytes = 256;

export function someBytes(length: number): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(length);
	for (let at = 0; at < length; at++) bytes[at] = at * 7 + (at >>> 8);
	return bytes;
}
