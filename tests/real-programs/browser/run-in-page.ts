/** The scenarios in a real Chromium: builds the page of this folder, serves it with the programs beside, and listens. */
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { startStaticServer } from '#hosts/node/static-server.ts';
import { StaticSite } from '#hosts/node/static-site.ts';
import { launchBrowser } from '../../browser/browser.ts';
import { programFiles } from '../program-files.ts';

const here = import.meta.dirname;

export async function runInPage(
	packages: string,
	tell: (title: string, outcome: string, failed: boolean) => void,
): Promise<void> {
	const directory = await mkdtemp(path.join(tmpdir(), 'vitrine-programs-'));
	try {
		await makeSite(directory, packages);
		const server = await startStaticServer(await StaticSite.read(directory), 0);
		const browser = await launchBrowser();
		try {
			const page = await browser.newPage();
			page.on('console', (message) => console.log(message.text()));
			await page.exposeFunction('tellScenario', tell);
			await page.goto(server.url);
			await page.waitForFunction(() => document.title === 'over', undefined, { timeout: 0 });
		} finally {
			await browser.close();
			await server.close();
		}
	} finally {
		await rm(directory, { recursive: true, force: true });
	}
}

async function makeSite(directory: string, packages: string): Promise<void> {
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
	for (const file of programFiles) {
		const to = path.join(directory, 'packages', file);
		await mkdir(path.dirname(to), { recursive: true });
		await copyFile(path.join(packages, file), to);
	}
}
