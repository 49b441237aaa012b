/**
 * Every request that a page makes to anything but its own site, from the browser's network log: what the page, its
 * Workers and the engines ask for, beneath everything that scripts could see or hide.
 *
 * The log also holds what Chromium asks on its own account (its updates, its form filling); those requests carry no
 * initiator and are left out. CAVEATS.md tells how a person switches them off.
 */
import { readFile } from 'node:fs/promises';

interface NetLog {
	readonly constants: { readonly logEventTypes: Readonly<Record<string, number>> };
	readonly events: readonly {
		readonly type: number;
		readonly params?: { readonly url?: string; readonly initiator?: string };
	}[];
}

/** Chromium writes its log to the file after this switch, and closes it when the browser is closed. */
export const netLogSwitch = (file: string): string => `--log-net-log=${file}`;

const byTheBrowserItself = 'not an origin';

/** Addresses that pages asked for beside `origin`, and how many they asked of `origin` itself. */
export async function readForeignRequests(
	file: string,
	origin: string,
): Promise<{ readonly own: number; readonly foreign: string[] }> {
	const log = JSON.parse(await readFile(file, 'utf8')) as NetLog;
	const started = log.constants.logEventTypes.URL_REQUEST_START_JOB;
	const foreign = new Set<string>();
	let own = 0;
	for (const { type, params } of log.events) {
		if (type !== started || params?.url === undefined || !/^(https?|wss?|ftp):/.test(params.url)) continue;
		if (params.url.startsWith(origin)) own++;
		else if (params.initiator !== undefined && params.initiator !== byTheBrowserItself) foreign.add(params.url);
	}
	return { own, foreign: [...foreign] };
}
