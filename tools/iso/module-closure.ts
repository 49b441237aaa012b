/**
 * Which drivers go into the first program's own small file system: those that a list names, and whatever they need.
 */

/** `modules.dep` of a kernel: a module's path below the kernel's folder, and the paths of those it needs. */
export function parseModuleDependencies(text: string): Map<string, readonly string[]> {
	const dependencies = new Map<string, readonly string[]>();
	for (const line of text.split('\n')) {
		const colon = line.indexOf(':');
		if (colon < 0) continue;
		const needed = line.slice(colon + 1).trim();
		dependencies.set(line.slice(0, colon), needed === '' ? [] : needed.split(' '));
	}
	return dependencies;
}

/**
 * The modules that are named by `wanted` (a folder below `kernel/`, or a module without its ending), with all they
 * need, in order. An entry that names no module is an error: it may be a driver that went by another name.
 *
 * `builtIn` are the modules that are part of the kernel itself: an entry that names one of these is fulfilled.
 */
export function selectModules(
	dependencies: ReadonlyMap<string, readonly string[]>,
	wanted: readonly string[],
	builtIn: readonly string[] = [],
): string[] {
	const selected = new Set<string>();
	const add = (module: string): void => {
		if (selected.has(module)) return;
		selected.add(module);
		for (const needed of dependencies.get(module) ?? []) add(needed);
	};
	const missing: string[] = [];
	for (const entry of wanted) {
		const matches = [...dependencies.keys()].filter((module) => isNamedBy(module, entry));
		for (const module of matches) add(module);
		if (matches.length === 0 && !builtIn.some((module) => isNamedBy(module, entry))) missing.push(entry);
	}
	if (missing.length > 0) throw new Error(`This kernel has no driver ${missing.join(', ')} (distro/kernel-modules).`);
	return [...selected].sort();
}

function isNamedBy(module: string, entry: string): boolean {
	const name = `kernel/${entry}`;
	return module.startsWith(`${name}/`) || module.replace(/\.ko(\.xz|\.zst|\.gz)?$/, '') === name;
}
