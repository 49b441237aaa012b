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
	const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
	const failures: unknown[] = [];
	const run = async (): Promise<void> => {
		while (failures.length === 0) {
			const next = await iterator.next();
			if (next.done) return;
			await task(next.value).catch((error: unknown) => void failures.push(error));
		}
	};
	const runs = Array.from({ length: limit }, () => run().catch((error: unknown) => void failures.push(error)));
	await Promise.all(runs);
	if (failures.length === 0) return;
	await iterator.return?.();
	throw failures[0];
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
