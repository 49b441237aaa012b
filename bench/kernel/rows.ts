/** What is told of the figures, and the bounds of the product: each a number, or a multiple of what peers reach. */
import { type Measurement, median, type Target } from '../measurement.ts';
import type { PeerName } from './peers.ts';
import type { HostSamples } from './samples.ts';

interface Bound {
	/** Our rate is at least so many times the peer's, or the peer's time so many times ours. */
	readonly times?: number;
	readonly of?: PeerName;
	/** Our time is at most so many times that of the best peer. */
	readonly ofBest?: number;
	readonly most?: number;
	readonly least?: number;
}

export interface Row {
	readonly key: string;
	readonly title: string;
	readonly unit: 'µs' | 'MB/s' | '×';
	readonly bound?: Bound;
}

export const rows: readonly Row[] = [
	{ key: 'fstat', title: '`fstat`', unit: 'µs', bound: { times: 3, of: 'wasmer' } },
	{ key: 'pread16', title: '`pread` of 16 bytes', unit: 'µs', bound: { times: 3, of: 'wasmer' } },
	{ key: 'pwrite16', title: '`pwrite` of 16 bytes', unit: 'µs', bound: { times: 1, of: 'wasmer' } },
	{
		key: 'write64k',
		title: 'a new file of 8 MB, written by 64 KiB and closed',
		unit: 'MB/s',
		bound: { times: 3, of: 'wasmer' },
	},
	{ key: 'read64k', title: 'the same file read by 64 KiB', unit: 'MB/s', bound: { times: 2, of: 'wasmer' } },
	{ key: 'read64k_first', title: 'and read for the first time after it was opened', unit: 'MB/s' },
	{ key: 'create1k', title: 'create, write 1 KB, close', unit: 'µs', bound: { ofBest: 1.2 } },
	{ key: 'open_read1k', title: 'open, read 1 KB, close', unit: 'µs' },
	{ key: 'stat', title: '`stat`', unit: 'µs' },
	{ key: 'spawn_main', title: 'start of a cached program, to its `main`', unit: 'µs', bound: { most: 2000 } },
	{ key: 'spawn_end', title: 'start of a cached program, to its end', unit: 'µs', bound: { most: 2000 } },
	{
		key: 'kill_end',
		title: 'kill of a program in an endless loop, to the end that is seen',
		unit: 'µs',
		bound: { most: 5000 },
	},
	{ key: 'kill_end_p99', title: 'and at p99', unit: 'µs' },
	{ key: 'pipe64k', title: 'a pipe between two processes, by 64 KiB', unit: 'MB/s', bound: { least: 2000 } },
	{
		key: 'ask_64_spread',
		title: '64 processes write to one file: p99 of a call ÷ p50',
		unit: '×',
		bound: { most: 20 },
	},
	{
		key: 'keep_64_spread',
		title: '64 processes write to files of their own: p99 of a call ÷ p50',
		unit: '×',
		bound: { most: 20 },
	},
];

/** Our figures in a host as measurements, with the peers' medians beside them. */
export function toMeasurements({ host, systems }: HostSamples): Measurement[] {
	const own = systems.get('vitrine');
	return rows.flatMap((row): Measurement[] => {
		const samples = own?.get(row.key);
		if (samples === undefined) return [];
		const peers = peersOf(row.key, systems);
		return [
			{
				title: `${host}: ${row.title.replaceAll('`', '')}`,
				unit: row.unit,
				samples,
				target: targetOf(row, peers),
				peers,
			},
		];
	});
}

export function peersOf(key: string, systems: HostSamples['systems']): Record<string, number> {
	const peers: Record<string, number> = {};
	for (const [name, figures] of systems) {
		const samples = figures.get(key);
		if (name !== 'vitrine' && samples !== undefined) peers[name] = median(samples);
	}
	return peers;
}

/** The bound in the row's unit. */
export function targetOf({ unit, bound }: Row, peers: Readonly<Record<string, number>>): Target | undefined {
	if (bound === undefined) return undefined;
	const { most, least, times, of, ofBest } = bound;
	if (ofBest !== undefined) return { most: Math.min(...Object.values(peers)) * ofBest };
	if (times === undefined || of === undefined)
		return { ...(most === undefined ? {} : { most }), ...(least === undefined ? {} : { least }) };
	const peer = peers[of] ?? Number.NaN;
	return unit === 'µs' ? { most: peer / times } : { least: peer * times };
}
