/**
 * Which versions of a file are kept as they grow older: of the last hour one a minute, of the last day one an hour, of the last
 * month one a day, then one a week, until they are too old.
 *
 * Invariant: of the versions in one span of time the newest stays. The spans do not move with the clock, so what was kept in one
 * of them is not exchanged for another later.
 */

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Spans for versions up to an age; the last for all that are older. */
const rungs: readonly { readonly upTo: number; readonly span: number }[] = [
	{ upTo: hour, span: minute },
	{ upTo: day, span: hour },
	{ upTo: 30 * day, span: day },
	{ upTo: Number.POSITIVE_INFINITY, span: 7 * day },
];

interface Aged {
	/** Milliseconds. */
	readonly kept: number;
}

/** Those that may go. `versions` are of one file, the newest first. */
export function findSuperfluous<T extends Aged>(versions: readonly T[], now: number, longestMs: number): T[] {
	const seen = new Set<string>();
	return versions.filter(({ kept }) => {
		const age = now - kept;
		if (age > longestMs) return true;
		const { span } = rungs.find(({ upTo }) => age <= upTo) as { span: number };
		const place = `${span} ${Math.floor(kept / span)}`;
		const isFirst = !seen.has(place);
		seen.add(place);
		return !isFirst;
	});
}
