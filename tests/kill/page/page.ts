/** Does the steps of the kill test in a page (`steps.ts`). */
import { bootKernel } from '#hosts/web/boot.ts';
import { resume, work } from '../steps.ts';

/** Put into the page by the test; resolves when the number is noted outside the browser. */
declare function acknowledge(step: number): Promise<void>;

const began = performance.now();
const kernel = bootKernel([]);
kernel.begin('automatic');
const system = await kernel.ready;
const openMs = performance.now() - began;

Object.assign(globalThis, {
	resume: async (acknowledged: number) => ({ steps: await resume(system, acknowledged), openMs }),
	work: (from: number, ahead: number) => work(system, { from, ahead, acknowledge }),
});
