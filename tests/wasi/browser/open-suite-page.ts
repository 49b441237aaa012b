/** The page of this folder in a real Chromium, to run tests of the suite in. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { startStaticServer } from '#hosts/node/static-server.ts';
import { StaticSite } from '#hosts/node/static-site.ts';
import { launchBrowser } from '../../browser/browser.ts';
import type { SuiteCase } from '../suite-case.ts';

export interface SuitePage extends AsyncDisposable {
	/** Why the test failed; `undefined` when it passed. */
	run(suiteCase: SuiteCase): Promise<string | undefined>;
}

/** Put into the page by `suite-page.ts`. */
declare function runSuiteCase(carried: unknown): Promise<string | undefined>;

const here = import.meta.dirname;
const encode = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

export async function openSuitePage(): Promise<SuitePage> {
	const directory = await mkdtemp(path.join(tmpdir(), 'vitrine-wasi-'));
	await build({
		configFile: path.join(here, '../../../vite.config.ts'),
		logLevel: 'warn',
		root: here,
		publicDir: false,
		build: {
			outDir: directory,
			emptyOutDir: true,
			minify: false,
			rollupOptions: { input: path.join(here, 'index.html') },
		},
	});
	const server = await startStaticServer(await StaticSite.read(directory), 0);
	const browser = await launchBrowser();
	const page = await browser.newPage();
	await page.goto(server.url);
	await page.waitForFunction(() => document.title === 'ready');
	return {
		run: (suiteCase) =>
			page.evaluate((carried) => runSuiteCase(carried), {
				...suiteCase,
				module: encode(suiteCase.module),
				root: suiteCase.root?.map(({ path: at, bytes }) => ({
					path: at,
					bytes: bytes === undefined ? undefined : encode(bytes),
				})),
			}),
		async [Symbol.asyncDispose]() {
			await browser.close();
			await server.close();
			await rm(directory, { recursive: true, force: true });
		},
	};
}
