/** Whether a module is a program that can run here, found out before it starts. */

const preview1 = 'wasi_snapshot_preview1';

/** Why it cannot run, as the end of a sentence; `undefined` when it can. */
export function whyNotRunnable(module: WebAssembly.Module): string | undefined {
	const foreign = WebAssembly.Module.imports(module).find(
		({ module: from, kind }) => from !== preview1 || kind !== 'function',
	);
	if (foreign !== undefined) return describeForeign(foreign);
	const exported = new Map(WebAssembly.Module.exports(module).map(({ name, kind }) => [name, kind]));
	if (exported.get('_start') !== 'function')
		return exported.has('_initialize') ? 'it is a library, not a program' : 'it exports no function _start';
	return exported.get('memory') === 'memory' ? undefined : 'it exports no memory';
}

function describeForeign(needed: { module: string; name: string; kind: string }): string {
	const { module, name, kind } = needed;
	if (kind === 'memory') return 'it shares its memory with threads or other modules';
	if (module === 'wasi' && name === 'thread-spawn') return 'it needs threads';
	if (module === 'wasi_unstable') return 'it is made for a WASI older than preview 1';
	return `it needs ${module}.${name}, which is no part of WASI preview 1`;
}
