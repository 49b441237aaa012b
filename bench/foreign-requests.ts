/**
 * Every request that a browser makes to anything but the site itself, from its own network log: what the page, its
 * Workers and the engines ask for, beneath everything that scripts could see or hide.
 */
import { readFile } from 'node:fs/promises';

interface NetLog {
	readonly constants: { readonly logEventTypes: Readonly<Record<string, number>> };
	readonly events: readonly {
		readonly type: number;
		readonly params?: { readonly url?: string; readonly host?: string };
	}[];
}

/** Chromium writes its log to the file after this switch, and closes it when the browser is closed. */
export const netLogSwitch = (file: string): string => `--log-net-log=${file}`;

/** Addresses asked for, and names looked up, that do not belong to `origin`. */
export async function readForeignRequests(file: string, origin: string): Promise<string[]> {
	const log = JSON.parse(await readFile(file, 'utf8')) as NetLog;
	const { URL_REQUEST_START_JOB, HOST_RESOLVER_MANAGER_REQUEST } = log.constants.logEventTypes;
	const foreign = new Set<string>();
	for (const { type, params } of log.events) {
		if (type === URL_REQUEST_START_JOB && params?.url !== undefined && isForeign(params.url, origin))
			foreign.add(params.url);
		if (
			type === HOST_RESOLVER_MANAGER_REQUEST &&
			params?.host !== undefined &&
			!/\blocalhost\b|127\.0\.0\.1/.test(params.host)
		)
			foreign.add(params.host);
	}
	return [...foreign];
}

function isForeign(address: string, origin: string): boolean {
	return /^(https?|wss?|ftp):/.test(address) && !address.startsWith(origin);
}
