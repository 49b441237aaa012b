/** `Promise.all` over a mapping with at most `limit` at a time; results in the order of the items. */
export async function mapLimited<T, R>(items: readonly T[], limit: number, map: (item: T) => Promise<R>): Promise<R[]> {
	const results: R[] = [];
	let next = 0;
	const work = async (): Promise<void> => {
		while (next < items.length) {
			const index = next++;
			results[index] = await map(items[index] as T);
		}
	};
	await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
	return results;
}
