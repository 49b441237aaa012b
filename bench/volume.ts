/** The volume in Chromium's private files: by itself, and the whole way from a program's system call. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { startStaticServer } from '#hosts/node/static-server.ts';
import { StaticSite } from '#hosts/node/static-site.ts';
import { launchBrowser } from '../tests/browser/browser.ts';
import { fromRoot } from '../tools/setup/paths.ts';
import { type Benchmark, type Measurement, measureRounds } from './measurement.ts';
import type { SystemFigures, VolumeFigures } from './volume-page/figures.ts';

/** Put into the page by `volume-page/page.ts`. */
declare const measureVolume: () => Promise<VolumeFigures>;
declare const measureSystem: () => Promise<SystemFigures>;

type Figures = VolumeFigures & SystemFigures;

const measured: readonly (Omit<Measurement, 'samples'> & { key: keyof Figures })[] = [
	{ key: 'open', title: 'Volume: open and list the root', unit: 'ms', target: { most: 100 } },
	{ key: 'creates', title: 'Volume: 5,000 durable creates, one by one', unit: 'ms', target: { most: 2000 } },
	{ key: 'groupedCreates', title: 'Volume: 5,000 durable creates, 100 a commit', unit: 'ms', target: { most: 1000 } },
	{ key: 'write', title: 'Volume: write 256 MB', unit: 'MB/s', target: { least: 150 } },
	{ key: 'read', title: 'Volume: read 256 MB', unit: 'MB/s', target: { least: 150 } },
	{ key: 'list', title: 'Volume: list a folder of 5,000', unit: 'ms', target: { most: 100 } },
	{ key: 'search', title: 'Volume: search 10,000 names', unit: 'ms', target: { most: 100 } },
	{ key: 'systemCreates', title: 'A program: 5,000 creates, each waited for', unit: 'ms' },
	{ key: 'systemPipelined', title: 'A program: 5,000 durable creates', unit: 'ms', target: { most: 2000 } },
	{ key: 'systemWrite', title: 'A program: copy 256 MB in from the host', unit: 'MB/s', target: { least: 150 } },
];

export const benchmark: Benchmark = async (context) => {
	const directory = await mkdtemp(path.join(tmpdir(), 'vitrine-volume-page-'));
	try {
		const server = await startStaticServer(await buildPage(directory), 0);
		try {
			const samples = await measureRounds(context, async (round) => {
				context.say(`volume, ${round + 1} of ${context.rounds}`);
				return measureOnce(server.url);
			});
			return measured.map(({ key, ...measurement }) => ({ ...measurement, samples: samples.get(key) ?? [] }));
		} finally {
			await server.close();
		}
	} finally {
		await rm(directory, { recursive: true, force: true });
	}
};

/** In a new browser each time: an empty origin. */
async function measureOnce(url: string): Promise<Record<keyof Figures, number>> {
	await using browser = await launchBrowser();
	const page = await browser.newPage();
	await page.goto(url);
	await page.waitForFunction(() => 'measureSystem' in globalThis);
	const volume = await page.evaluate(() => measureVolume());
	const system = await page.evaluate(() => measureSystem());
	return { ...volume, ...system };
}

async function buildPage(directory: string): Promise<StaticSite> {
	await build({
		configFile: fromRoot('vite.config.ts'),
		logLevel: 'warn',
		root: fromRoot('bench', 'volume-page'),
		publicDir: false,
		build: { outDir: directory, emptyOutDir: true },
	});
	return StaticSite.read(directory);
}
