/** What was measured in a run. */
import type { SystemName } from './peers.ts';

/** Samples of each figure of each system, in one host. */
export interface HostSamples {
	readonly host: 'Node' | 'Chromium';
	readonly systems: Map<SystemName, Map<string, number[]>>;
}

/** The numbers of processes that were measured together. */
export function countsOf(figures: ReadonlyMap<string, readonly number[]>): number[] {
	return [...figures.keys()].flatMap((key) => {
		const count = /^ask_(\d+)_p50$/.exec(key)?.[1];
		return count === undefined ? [] : [Number(count)];
	});
}
