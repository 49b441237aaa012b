/**
 * What a benchmark gives, and how it is told: the median of its rounds beside the target of the product.
 *
 * Rules of use:
 * - A file of `bench/` that measures exports `benchmark: Benchmark`; `bench/run.ts` lists it.
 * - A measurement carries every sample, so that the spread is seen; the median alone is judged.
 */

export interface Target {
	/** The median must be at most this. */
	readonly most?: number;
	/** The median must be at least this. */
	readonly least?: number;
}

export interface Measurement {
	readonly title: string;
	/** `ms`, `KB`, `MB/s`, `frames/s`, … as printed. */
	readonly unit: string;
	readonly samples: readonly number[];
	readonly target?: Target | undefined;
	/** What others reach in the same run, where they were measured. */
	readonly peers?: Readonly<Record<string, number>>;
}

export interface BenchmarkContext {
	/** How often to measure; five, or fewer for a quick look. */
	readonly rounds: number;
	/** Tells what is being done, for whoever waits. */
	say(words: string): void;
	/** Whether the figures of this run are to be kept in the repository. */
	readonly record: boolean;
}

export type Benchmark = (context: BenchmarkContext) => Promise<Measurement[]>;

export function median(samples: readonly number[]): number {
	if (samples.length === 0) throw new Error('There is no median of nothing.');
	const sorted = [...samples].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] as number;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

export function meetsTarget({ samples, target }: Measurement): boolean | undefined {
	if (target === undefined) return undefined;
	const value = median(samples);
	return (target.most === undefined || value <= target.most) && (target.least === undefined || value >= target.least);
}

/** Runs `measure` once a round; returns one measurement for each key that it gave. */
export async function measureRounds<Key extends string>(
	context: BenchmarkContext,
	measure: (round: number) => Promise<Readonly<Record<Key, number>>>,
): Promise<ReadonlyMap<Key, number[]>> {
	const samples = new Map<Key, number[]>();
	for (let round = 0; round < context.rounds; round++) {
		const results = await measure(round);
		for (const key of Object.keys(results) as Key[]) {
			const list = samples.get(key) ?? [];
			list.push(results[key]);
			samples.set(key, list);
		}
	}
	return samples;
}

/** One line: `First paint        121 ms   (110–140)   target ≤ 150   met`. */
export function formatMeasurement(measurement: Measurement): string {
	const { title, unit, samples, target } = measurement;
	const range = `(${round(Math.min(...samples))}–${round(Math.max(...samples))})`;
	const wanted =
		target === undefined ? '' : target.most !== undefined ? `≤ ${round(target.most)}` : `≥ ${round(target.least ?? 0)}`;
	const met = meetsTarget(measurement);
	const verdict = met === undefined ? '' : met ? 'met' : 'NOT MET';
	const value = `${round(median(samples))} ${unit}`;
	const line =
		`  ${title.padEnd(52)} ${value.padStart(14)}  ${range.padEnd(18)} ${wanted.padEnd(10)} ${verdict}`.trimEnd();
	return [line, ...formatPeers(measurement)].join('\n');
}

/** `beside wasmer 0.8 µs (× 4.2), bjorn3 0.1 µs (× 0.6)`: above × 1 we are better. */
function formatPeers({ unit, samples, peers = {} }: Measurement): string[] {
	const own = median(samples);
	const isRate = unit.includes('/');
	const parts = Object.entries(peers).map(
		([name, value]) => `${name} ${round(value)} ${unit} (× ${round(isRate ? own / value : value / own)})`,
	);
	return parts.length === 0 ? [] : [`    beside ${parts.join(', ')}`];
}

/** Three figures that count. */
function round(value: number): string {
	if (Math.abs(value) >= 100) return value.toFixed(0);
	return Number(value.toPrecision(3)).toString();
}
