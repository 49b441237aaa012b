/** Does the steps of the kill test in a page (`steps.ts`), in a tab or on a PC of its own. */
import { bootKernel } from '#hosts/web/boot.ts';
import { takeMachine } from '#hosts/web/machine-client.ts';
import { resume, work } from '../steps.ts';

/** Put into the page by the test; resolves when the number is noted outside the browser. */
declare function acknowledge(step: number): Promise<void>;

const began = performance.now();
const kernel = bootKernel([], takeMachine());
kernel.onStatus((status) => {
	if (status.state === 'failed')
		Object.assign(globalThis, { resume: async () => ({ steps: status.message, openMs: 0 }) });
});
kernel.begin('automatic');
const system = await kernel.ready;
const openMs = performance.now() - began;

Object.assign(globalThis, {
	resume: async (acknowledged: number) => ({ steps: await resume(system, acknowledged), openMs }),
	work: (from: number, ahead: number) => work(system, { from, ahead, acknowledge }),
});
