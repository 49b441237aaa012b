/** A process of its own for each system that is measured in Node: `node-run.ts NAME JSON` prints its figures as JSON. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { hostClock } from '#hosts/common/host-clock.ts';
import { startHeadless } from '#hosts/node/start-headless.ts';
import { fetchPeers } from './fetch-peers.ts';
import type { Extent, Figures } from './figures.ts';
import { openNodeWasi } from './node-wasi.ts';
import { measurePeer } from './peer-figures.ts';
import { openPeer, type SystemName } from './peers.ts';
import { buildPrograms } from './programs.ts';
import { measureSystem } from './system-figures.ts';

const [name, extentText] = process.argv.slice(2) as [SystemName, string];
const extent = JSON.parse(extentText) as Extent;
const programs = await buildPrograms();

async function measure(): Promise<Figures> {
	if (name === 'vitrine') {
		const headless = startHeadless(new MemoryFileSystem({ clock: hostClock }));
		return await measureSystem(headless.system, programs, extent).finally(() => headless.close());
	}
	const modules = await fetchPeers();
	const importPeer = (file: string): Promise<unknown> => import(pathToFileURL(path.join(modules, file)).href);
	const peer = name === 'node-wasi' ? openNodeWasi() : await openPeer(name, importPeer);
	return await measurePeer(peer, programs, extent).finally(() => peer.close());
}

const figures = await measure();
process.stdout.write(`${JSON.stringify(figures)}\n`, () => process.exit(0));
