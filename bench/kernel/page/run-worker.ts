/** Runs one system in a Worker of the browser and tells its figures. */
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { HeadlessSystem } from '#hosts/common/headless-system.ts';
import { hostClock } from '#hosts/common/host-clock.ts';
import { WebProgramLauncher } from '#hosts/web/program-launcher.ts';
import type { Figures } from '../figures.ts';
import { measurePeer } from '../peer-figures.ts';
import { openPeer } from '../peers.ts';
import { measureSystem } from '../system-figures.ts';
import { fetchPrograms, importFromSite } from './from-site.ts';
import type { RunAnswer, RunMessage } from './page.ts';

async function run({ system, extent }: RunMessage): Promise<Figures> {
	const programs = await fetchPrograms();
	if (system === 'node-wasi') throw new Error('node:wasi runs in Node alone');
	if (system !== 'vitrine') return await measurePeer(await openPeer(system, importFromSite), programs, extent);
	const headless = new HeadlessSystem({
		volume: new MemoryFileSystem({ clock: hostClock }),
		host: 'web',
		makeLauncher: (turns) => new WebProgramLauncher({ windowPrograms: new Set(), turns, tellPage: () => undefined }),
	});
	return await measureSystem(headless.system, programs, extent).finally(() => headless.close());
}

addEventListener('message', (event: MessageEvent<RunMessage>) => {
	const answer = (value: RunAnswer): void => postMessage(value);
	run(event.data).then(
		(figures) => answer({ figures }),
		(error: unknown) => answer({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
	);
});
