/** Lets a Worker use the vault as the kernel's does, and tells the test what came out. */

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

Object.assign(globalThis, { askVault: ask });
