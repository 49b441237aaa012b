/** A system without a desktop in a Worker of the browser, and the scenarios on it. */
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { HeadlessSystem } from '#hosts/common/headless-system.ts';
import { hostClock } from '#hosts/common/host-clock.ts';
import { WebProgramLauncher } from '#hosts/web/program-launcher.ts';
import type { ProgramFile } from '../program-files.ts';
import { runScenarios } from '../scenarios.ts';
import type { ScenarioMessage } from './programs-page.ts';

const headless = new HeadlessSystem({
	volume: new MemoryFileSystem({ clock: hostClock }),
	host: 'web',
	onLogEvent: ({ level, message }) => {
		if (level === 'error') console.error(message);
	},
	makeLauncher: (turns) => new WebProgramLauncher({ windowPrograms: new Set(), turns, tellPage: () => undefined }),
});

async function fetchFile(file: ProgramFile): Promise<Uint8Array<ArrayBuffer>> {
	const response = await fetch(new URL(`/packages/${file}`, location.origin));
	if (!response.ok) throw new Error(`${file}: ${response.status}`);
	return new Uint8Array(await response.arrayBuffer());
}

await runScenarios(headless.system, { fetch: fetchFile }, (title, outcome, failed) =>
	postMessage({ title, outcome, failed } satisfies ScenarioMessage),
);
headless.close();
postMessage('over');
