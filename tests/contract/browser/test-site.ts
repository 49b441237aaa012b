/** Builds the pages of this folder and serves them with a real browser beside. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { startStaticServer } from '#hosts/node/static-server.ts';
import { StaticSite } from '#hosts/node/static-site.ts';
import { launchBrowser, type TestBrowser } from '../../browser/browser.ts';

export interface TestSite extends AsyncDisposable {
	readonly url: string;
	readonly browser: TestBrowser;
}

const here = import.meta.dirname;

async function buildPages(directory: string): Promise<StaticSite> {
	await build({
		configFile: path.join(here, '../../../vite.config.ts'),
		logLevel: 'warn',
		root: here,
		publicDir: false,
		build: {
			outDir: directory,
			emptyOutDir: true,
			minify: false,
			rollupOptions: { input: ['index.html', 'boot.html'].map((name) => path.join(here, name)) },
		},
	});
	await writeSamples(path.join(directory, 'samples'));
	return StaticSite.read(directory);
}

/** Samples in the form that the build gives them. */
async function writeSamples(directory: string): Promise<void> {
	await mkdir(directory);
	await writeFile(path.join(directory, 'sample.com'), 'a sample');
	const index = [{ path: '/Programs/Samples/SAMPLE/SAMPLE.COM', url: 'samples/sample.com' }];
	await writeFile(path.join(directory, 'index.json'), JSON.stringify(index));
}

export async function startTestSite(): Promise<TestSite> {
	const directory = await mkdtemp(path.join(tmpdir(), 'vitrine-contract-'));
	const server = await startStaticServer(await buildPages(directory), 0);
	const browser = await launchBrowser();
	return {
		url: server.url,
		browser,
		async [Symbol.asyncDispose]() {
			await browser.close();
			await server.close();
			await rm(directory, { recursive: true, force: true });
		},
	};
}
