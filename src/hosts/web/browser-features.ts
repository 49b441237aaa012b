/** What the browser must have, in the words of the message that names what is missing. */

export function missingFeatures(): string[] {
	const needed: readonly (readonly [string, boolean])[] = [
		['private file storage (OPFS)', typeof navigator.storage?.getDirectory === 'function'],
		['shared memory (cross-origin isolation)', globalThis.crossOriginIsolated === true],
		['locks between tabs', navigator.locks !== undefined],
		['WebAssembly', typeof WebAssembly === 'object'],
	];
	return needed.filter(([, present]) => !present).map(([name]) => name);
}
