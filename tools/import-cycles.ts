/** Cycles in a graph of imports: one for each strongly connected set of files, by Tarjan's algorithm. */

interface Visit {
	readonly index: number;
	low: number;
	onStack: boolean;
}

/** Each cycle as its files, the first repeated at the end. */
export function findCycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
	const visits = new Map<string, Visit>();
	const stack: string[] = [];
	const cycles: string[][] = [];

	function visit(node: string): Visit {
		const own: Visit = { index: visits.size, low: visits.size, onStack: true };
		visits.set(node, own);
		stack.push(node);
		for (const next of graph.get(node) ?? []) {
			const seen = visits.get(next);
			if (seen === undefined) own.low = Math.min(own.low, visit(next).low);
			else if (seen.onStack) own.low = Math.min(own.low, seen.index);
		}
		if (own.low === own.index) closeComponent(node);
		return own;
	}

	function closeComponent(node: string): void {
		const component = stack.splice(stack.indexOf(node));
		for (const member of component) {
			const visited = visits.get(member);
			if (visited !== undefined) visited.onStack = false;
		}
		const importsItself = graph.get(node)?.includes(node) ?? false;
		if (component.length > 1 || importsItself) cycles.push(walkCycle(graph, new Set(component), node));
	}

	for (const node of graph.keys()) if (!visits.has(node)) visit(node);
	return cycles;
}

/** A walk from `start` inside `members` until a file comes again. */
function walkCycle(
	graph: ReadonlyMap<string, readonly string[]>,
	members: ReadonlySet<string>,
	start: string,
): string[] {
	const walk = [start];
	for (;;) {
		const last = walk.at(-1) as string;
		const next = (graph.get(last) ?? []).find((candidate) => members.has(candidate));
		if (next === undefined) return walk;
		const before = walk.indexOf(next);
		walk.push(next);
		if (before >= 0) return walk.slice(before);
	}
}
