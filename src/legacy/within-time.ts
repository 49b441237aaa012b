/**
 * The value of `answer`, or `otherwise` when it takes longer than `limitMs`. A late answer is dropped, and a late
 * failure too.
 */
export async function withinTime<T>(answer: Promise<T>, limitMs: number, otherwise: T): Promise<T> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const limit = new Promise<T>((resolve) => {
		timer = setTimeout(() => resolve(otherwise), limitMs);
	});
	try {
		return await Promise.race([answer, limit]);
	} finally {
		clearTimeout(timer);
	}
}
