/** Takes tests of the suite from outside and runs them in a Worker. */
import type { SuiteCase } from '../suite-case.ts';

/** As JSON carries it: bytes in base 64. */
interface CarriedCase extends Omit<SuiteCase, 'module' | 'root'> {
	readonly module: string;
	readonly root: readonly { readonly path: string; readonly bytes: string | undefined }[] | undefined;
}

const worker = new Worker(new URL('./suite-worker.ts', import.meta.url), { type: 'module' });

const decode = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

async function runSuiteCase(carried: CarriedCase): Promise<string | undefined> {
	const root = carried.root?.map(({ path, bytes }) => ({
		path,
		bytes: bytes === undefined ? undefined : decode(bytes),
	}));
	const failure = new Promise<string | undefined>((resolve) => {
		worker.onmessage = (event) => resolve(event.data);
		worker.onerror = (event) => resolve(`the Worker failed: ${event.message}`);
	});
	worker.postMessage({ ...carried, module: decode(carried.module), root } satisfies SuiteCase);
	return await failure;
}

Object.assign(window, { runSuiteCase });
document.title = 'ready';
