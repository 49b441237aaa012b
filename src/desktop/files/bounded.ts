/**
 * Runs a task over many items with several under way at once, so that callers share the volume's commits.
 *
 * Invariants: at most `limit` tasks run; after one throws no further starts, those under way are awaited, and the
 * first error is thrown.
 */
export async function forEachBounded<T>(
	items: Iterable<T> | AsyncIterable<T>,
	limit: number,
	task: (item: T) => Promise<void>,
): Promise<void> {
	const underWay = new Set<Promise<void>>();
	const failures: unknown[] = [];
	for await (const item of items) {
		if (failures.length > 0) break;
		const running: Promise<void> = task(item)
			.catch((error: unknown) => void failures.push(error))
			.finally(() => underWay.delete(running));
		underWay.add(running);
		if (underWay.size >= limit) await Promise.race(underWay);
	}
	await Promise.all(underWay);
	if (failures.length > 0) throw failures[0];
}

/** As `forEachBounded` over an array, with the results in the order of the items. */
export async function mapBounded<T, R>(
	items: readonly T[],
	limit: number,
	task: (item: T) => Promise<R>,
): Promise<R[]> {
	const results = new Array<R>(items.length);
	await forEachBounded(items.entries(), limit, async ([index, item]) => {
		results[index] = await task(item);
	});
	return results;
}
