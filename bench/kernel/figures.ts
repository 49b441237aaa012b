/** What is measured of a system, by key. Times in microseconds, rates in megabytes a second, unless a name says more. */

/** The programs that are run, as bytes. */
export interface Programs {
	readonly files: Uint8Array<ArrayBuffer>;
	readonly pipe: Uint8Array<ArrayBuffer>;
	readonly start: Uint8Array<ArrayBuffer>;
	readonly writers: Uint8Array<ArrayBuffer>;
}

/** How much is done; a slice of it shows that everything runs. */
export interface Extent {
	/** Arguments of `files`: small operations, megabytes, passes, small files. */
	readonly files: readonly string[];
	readonly pipeMegabytes: number;
	readonly spawns: number;
	readonly kills: number;
	/** Numbers of processes that write at once. */
	readonly crowds: readonly number[];
	/** Calls of all of them together. */
	readonly crowdCalls: number;
}

export const wholeExtent: Extent = {
	files: ['200000', '8', '3', '2000'],
	pipeMegabytes: 512,
	spawns: 40,
	kills: 40,
	crowds: [1, 4, 16, 64],
	crowdCalls: 32_768,
};

export const sliceExtent: Extent = {
	files: ['100', '1', '1', '10'],
	pipeMegabytes: 1,
	spawns: 2,
	kills: 2,
	crowds: [1, 4],
	crowdCalls: 64,
};

/** Figures by key: those that `files` and `pipe` print, and those of `system-figures.ts`. */
export type Figures = Readonly<Record<string, number>>;

/** Reads lines `NAME FIGURE`; throws when there is none: then the program failed. */
export function readFigures(text: string): Figures {
	const figures: Record<string, number> = {};
	for (const [, name, value] of text.matchAll(/^(\w+) ([\d.]+)$/gm)) figures[name as string] = Number(value);
	if (Object.keys(figures).length === 0) throw new Error(`It told no figure: ${JSON.stringify(text)}`);
	return figures;
}

/** The value below which `share` of the samples lie. */
export function quantile(samples: ArrayLike<number>, share: number): number {
	const sorted = Float64Array.from(samples).sort();
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
