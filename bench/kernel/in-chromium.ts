/**
 * Runs systems in a real Chromium, each in a new page of a new browser. Ours is served as the product is; one of the peers
 * evaluates text as code, which the product's headers forbid, so the peers are served without them.
 */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { startStaticServer } from '#hosts/node/static-server.ts';
import { StaticSite } from '#hosts/node/static-site.ts';
import { launchBrowser } from '../../tests/browser/browser.ts';
import { fromRoot } from '../../tools/setup/paths.ts';
import { startPeerServer } from '../peer-server.ts';
import type { Extent, Figures, Programs } from './figures.ts';
import type { SystemName } from './peers.ts';

export interface ChromiumBench extends AsyncDisposable {
	run(system: SystemName, extent: Extent): Promise<Figures>;
}

/** Put into the page by `page/page.ts`. */
declare const runSystem: (system: SystemName, extent: Extent) => Promise<Figures>;

const peerFiles = ['@bjorn3/browser_wasi_shim', '@runno/wasi', '@wasmer/sdk', '@mercuryworkshop/wisp-js/dist'];
/** A package by its bare name, which only a bundler finds; here by its address. */
const bareImport = { file: '@wasmer/sdk/dist/wisp-network.js', from: '@mercuryworkshop/wisp-js/client' };
const bareAddress = '/peers/@mercuryworkshop/wisp-js/dist/wisp-client.mjs';

export async function openChromiumBench(programs: Programs, modules: string): Promise<ChromiumBench> {
	const directory = await mkdtemp(path.join(tmpdir(), 'vitrine-kernel-page-'));
	await buildPage(directory);
	await addFiles(directory, programs, modules);
	const server = await startStaticServer(await StaticSite.read(directory), 0);
	const peerServer = await startPeerServer(directory, { isolated: true });
	return {
		async run(system, extent) {
			await using browser = await launchBrowser();
			const page = await browser.newPage();
			const words: string[] = [];
			page.on('console', (message) => words.push(message.text()));
			await page.goto(system === 'vitrine' ? server.url : peerServer.url);
			await page.waitForFunction(() => document.title === 'ready');
			return await page
				.evaluate(([name, how]) => runSystem(name, how), [system, extent] as const)
				.catch((error: unknown) => {
					throw new Error(`${system} failed in Chromium: ${words.join('\n')}`, { cause: error });
				});
		},
		async [Symbol.asyncDispose]() {
			await server.close();
			await peerServer[Symbol.asyncDispose]();
			await rm(directory, { recursive: true, force: true });
		},
	};
}

async function buildPage(directory: string): Promise<void> {
	await build({
		configFile: fromRoot('vite.config.ts'),
		logLevel: 'warn',
		root: fromRoot('bench', 'kernel', 'page'),
		publicDir: false,
		build: { outDir: directory, emptyOutDir: true },
	});
}

async function addFiles(directory: string, programs: Programs, modules: string): Promise<void> {
	const peers = path.join(directory, 'peers');
	for (const file of peerFiles) await cp(path.join(modules, file), path.join(peers, file), { recursive: true });
	const file = path.join(peers, bareImport.file);
	await writeFile(file, (await readFile(file, 'utf8')).replace(bareImport.from, bareAddress));
	await mkdir(path.join(directory, 'programs'));
	for (const [name, bytes] of Object.entries(programs))
		await writeFile(path.join(directory, 'programs', `${name}.wasm`), bytes);
}
