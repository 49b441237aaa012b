/** Fetches the samples of the site and has them installed. A sample that cannot be had is logged and tried next time. */

import { OsError } from '#abi/errors.ts';
import type { Kernel } from '#kernel/kernel.ts';
import { childToken, systemToken } from '#security/token.ts';
import { attachProcess } from '../common/attach-process.ts';
import { installSamples, type Sample } from '../common/install-samples.ts';

async function get(url: string): Promise<Response> {
	const response = await fetch(url);
	if (!response.ok) throw new Error(`${url} could not be loaded (${response.status}).`);
	return response;
}

/** `desktop`: the folder of a person's desktop. */
export async function fetchSamples(kernel: Kernel, desktop: string): Promise<void> {
	const system = attachProcess(kernel, 'first-start', childToken(systemToken));
	try {
		const samples = (await (await get('/samples/index.json')).json()) as Sample[];
		await installSamples(system, { samples, desktop }, async ({ url }) => (await get(`/${url}`)).bytes());
	} catch (error) {
		kernel.log.write('warning', 'first-start', `samples: ${error instanceof Error ? error.message : error}`);
	} finally {
		system.processExit(0).catch((error: unknown) => {
			if (!(error instanceof OsError)) throw error;
		});
	}
}
