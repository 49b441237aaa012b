/** Runs one system at a time, in the page or in a Worker: the peer with Workers of its own wants to start from a page. */
import type { Extent, Figures } from '../figures.ts';
import { measurePeer } from '../peer-figures.ts';
import { openPeer, type SystemName } from '../peers.ts';
import { fetchPrograms, importFromSite } from './from-site.ts';

export interface RunMessage {
	readonly system: SystemName;
	readonly extent: Extent;
}

export type RunAnswer = { readonly figures: Figures } | { readonly failure: string };

async function runSystem(system: SystemName, extent: Extent): Promise<Figures> {
	if (system === 'wasmer') {
		const peer = await openPeer(system, importFromSite);
		return await measurePeer(peer, await fetchPrograms(), extent).finally(() => peer.close());
	}
	const worker = new Worker(new URL('./run-worker.ts', import.meta.url), { type: 'module' });
	const answer = await new Promise<RunAnswer>((resolve) => {
		worker.onerror = (event) => resolve({ failure: event.message });
		worker.onmessage = (event: MessageEvent<RunAnswer>) => resolve(event.data);
		worker.postMessage({ system, extent } satisfies RunMessage);
	});
	worker.terminate();
	if ('failure' in answer) throw new Error(answer.failure);
	return answer.figures;
}

Object.assign(globalThis, { runSystem });
document.title = 'ready';
