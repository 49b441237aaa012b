/** Lets a Worker use the vault as the kernel's does, and checks vectors; tells the test what came out. */
import { checkOwnVectors, checkVectorFiles } from '../vectors/check-vectors.ts';
import type { VectorReport } from '../vectors/vector-report.ts';

type Outcome = { readonly value: unknown } | { readonly error: string };

function ask(task: string): Promise<unknown> {
	const worker = new Worker(new URL('./door-worker.ts', import.meta.url), { type: 'module' });
	const { promise, resolve, reject } = Promise.withResolvers<unknown>();
	worker.onerror = (event) => reject(new Error(event.message));
	worker.onmessage = ({ data }: MessageEvent<Outcome>) =>
		'error' in data ? reject(new Error(data.error)) : resolve(data.value);
	worker.postMessage(task);
	return promise.finally(() => worker.terminate());
}

async function checkVectors(given: readonly (readonly [name: string, base64: string])[]): Promise<VectorReport[]> {
	const files = given.map(
		([name, text]) => [name, Uint8Array.from(atob(text), (character) => character.charCodeAt(0))] as const,
	);
	return [...(await checkOwnVectors()), ...(await checkVectorFiles(new Map(files)))];
}

Object.assign(globalThis, { askVault: ask, checkVectors });
