/** The same contract cases in a real Chromium: the kernel in its Worker, the volume in OPFS, a process in the page. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { build } from 'vite';
import { startStaticServer } from '#hosts/node/static-server.ts';
import { StaticSite } from '#hosts/node/static-site.ts';
import { launchBrowser, type TestBrowser } from '../browser/browser.ts';
import { contractCases } from './cases/index.ts';

const titles = [...contractCases.map(({ title }) => title), 'no defect was met'];
const here = import.meta.dirname;

async function buildPage(directory: string): Promise<StaticSite> {
	await build({
		configFile: path.join(here, '../../vite.config.ts'),
		logLevel: 'warn',
		root: path.join(here, 'browser'),
		publicDir: false,
		build: { outDir: directory, emptyOutDir: true, minify: false },
	});
	return StaticSite.read(directory);
}

describe('the contract in Chromium', { timeout: 240_000 }, () => {
	const outcomes = new Map(titles.map((title) => [title, Promise.withResolvers<string | undefined>()]));
	let directory: string;
	let server: Awaited<ReturnType<typeof startStaticServer>>;
	let browser: TestBrowser;
	before(async () => {
		directory = await mkdtemp(path.join(tmpdir(), 'vitrine-contract-'));
		server = await startStaticServer(await buildPage(directory), 0);
		browser = await launchBrowser();
		const page = await browser.newPage();
		page.on('pageerror', (error) => {
			for (const outcome of outcomes.values()) outcome.resolve(`the page failed: ${error.stack}`);
		});
		await page.exposeFunction('reportCase', (title: string, failure: string | undefined) => {
			outcomes.get(title)?.resolve(failure);
		});
		await page.goto(server.url);
	});
	after(async () => {
		await browser?.close();
		await server?.close();
		await rm(directory, { recursive: true, force: true });
	});
	for (const title of titles)
		it(title, async () => {
			const failure = await outcomes.get(title)?.promise;
			assert.equal(failure ?? undefined, undefined);
		});
});
