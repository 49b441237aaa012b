/**
 * Keeps what the first load needs in two scripts: `start`, which runs before the first paint, and `shell`, which runs
 * after it. Left alone the bundler makes a script of every set of modules that two programs share, some thirty of them.
 */
interface ModuleGraph {
	getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/** The first script and the module that it imports after the first paint, by the ends of their paths. */
const entries = [
	{ chunk: 'start', module: '/hosts/web/start.ts' },
	{ chunk: 'shell', module: '/hosts/web/main.tsx' },
] as const;

/** Names the chunk of a module; `null` leaves it to the bundler. */
export type ChunkNamer = (module: string, graph: ModuleGraph) => string | null;

/** Groups for the bundler, one for each script; for one build. `sources` is the folder of the entries. */
export function firstChunkGroups(sources: string): { debugName: string; name: ChunkNamer; priority: number }[] {
	let chunks: Map<string, string> | undefined;
	return entries.map(({ chunk }, index) => ({
		debugName: chunk,
		name: (module, graph) => {
			chunks ??= assignChunks(sources, graph);
			return chunks.get(module) === chunk ? chunk : null;
		},
		// A group takes what its modules import with it: the earlier script has the first choice.
		priority: entries.length - index,
	}));
}

function assignChunks(sources: string, graph: ModuleGraph): Map<string, string> {
	const chunks = new Map<string, string>();
	for (const { chunk, module } of entries) {
		const visit = (id: string): void => {
			if (chunks.has(id)) return;
			chunks.set(id, chunk);
			for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) visit(imported);
		};
		visit(sources + module);
	}
	return chunks;
}
