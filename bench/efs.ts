/** Encrypted files beside plain ones in Chromium's private files: the same work, in one run. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { startStaticServer } from '#hosts/node/static-server.ts';
import { StaticSite } from '#hosts/node/static-site.ts';
import { launchBrowser } from '../tests/browser/browser.ts';
import { fromRoot } from '../tools/setup/paths.ts';
import type { EncryptionFigures } from './efs-page/measure.ts';
import { type Benchmark, type Measurement, measureRounds } from './measurement.ts';

/** Put into the page by `efs-page/page.ts`. */
declare const measureEncryption: () => Promise<EncryptionFigures>;

const measured: readonly (Omit<Measurement, 'samples'> & { key: keyof EncryptionFigures })[] = [
	{ key: 'plainWrite', title: 'Plain: write 128 MB', unit: 'MB/s' },
	{ key: 'write', title: 'Encrypted: write 128 MB', unit: 'MB/s' },
	{ key: 'writeShare', title: 'Encrypted: writing beside plain', unit: '×', target: { least: 0.5 } },
	{ key: 'plainRead', title: 'Plain: read 128 MB', unit: 'MB/s' },
	{ key: 'read', title: 'Encrypted: read 128 MB', unit: 'MB/s' },
	{ key: 'readShare', title: 'Encrypted: reading beside plain', unit: '×', target: { least: 0.6 } },
	{ key: 'plainOverwrite', title: 'Plain: overwrite 64 bytes, durably', unit: 'ms' },
	{ key: 'overwrite', title: 'Encrypted: overwrite 64 bytes, durably', unit: 'ms' },
	{ key: 'overwriteMore', title: 'Encrypted: overwrite 64 bytes, beyond plain', unit: 'ms', target: { most: 1 } },
	{ key: 'share', title: 'Encrypted: share a file with one more', unit: 'ms', target: { most: 5 } },
	{ key: 'room', title: 'Encrypted: room beyond plain', unit: '%', target: { most: 1 } },
];

export const benchmark: Benchmark = async (context) => {
	const directory = await mkdtemp(path.join(tmpdir(), 'vitrine-efs-page-'));
	try {
		const server = await startStaticServer(await buildPage(directory), 0);
		try {
			const samples = await measureRounds(context, async (round) => {
				context.say(`encrypted files, ${round + 1} of ${context.rounds}`);
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
async function measureOnce(url: string): Promise<Record<keyof EncryptionFigures, number>> {
	await using browser = await launchBrowser();
	const page = await browser.newPage();
	await page.goto(url);
	await page.waitForFunction(() => 'measureEncryption' in globalThis);
	return await page.evaluate(() => measureEncryption());
}

async function buildPage(directory: string): Promise<StaticSite> {
	await build({
		configFile: fromRoot('vite.config.ts'),
		logLevel: 'warn',
		root: fromRoot('bench', 'efs-page'),
		publicDir: false,
		build: { outDir: directory, emptyOutDir: true },
	});
	return StaticSite.read(directory);
}
