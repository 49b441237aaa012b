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
import type { ProgramFigures } from './efs-page/program.ts';
import { type Benchmark, type Measurement, measureRounds } from './measurement.ts';

/** Put into the page by `efs-page/page.ts`. */
declare const measureEncryption: () => Promise<EncryptionFigures>;
declare const measureProgram: () => Promise<ProgramFigures>;

type Figures = EncryptionFigures & ProgramFigures;

/** What a program meets is judged; the volume alone, without kernel and messages, tells where the time goes. */
const measured: readonly (Omit<Measurement, 'samples'> & { key: keyof Figures })[] = [
	{ key: 'programPlainWrite', title: 'A program, plain: write 128 MB', unit: 'MB/s' },
	{ key: 'programWrite', title: 'A program, encrypted: write 128 MB', unit: 'MB/s' },
	{ key: 'programWriteShare', title: 'A program: writing beside plain', unit: '×', target: { least: 0.5 } },
	{ key: 'programPlainRead', title: 'A program, plain: read 128 MB', unit: 'MB/s' },
	{ key: 'programRead', title: 'A program, encrypted: read 128 MB', unit: 'MB/s' },
	{ key: 'programReadShare', title: 'A program: reading beside plain', unit: '×', target: { least: 0.6 } },
	{ key: 'programPlainOverwrite', title: 'A program, plain: overwrite 64 bytes, durably', unit: 'ms' },
	{ key: 'programOverwrite', title: 'A program, encrypted: overwrite 64 bytes', unit: 'ms' },
	{ key: 'programOverwriteMore', title: 'A program: overwrite, beyond plain', unit: 'ms', target: { most: 1 } },
	{ key: 'plainWrite', title: 'The volume, plain: write 128 MB', unit: 'MB/s' },
	{ key: 'write', title: 'The volume, encrypted: write 128 MB', unit: 'MB/s' },
	{ key: 'writeShare', title: 'The volume: writing beside plain', unit: '×', target: { least: 0.5 } },
	{ key: 'plainRead', title: 'The volume, plain: read 128 MB', unit: 'MB/s' },
	{ key: 'read', title: 'The volume, encrypted: read 128 MB', unit: 'MB/s' },
	{ key: 'readShare', title: 'The volume: reading beside plain', unit: '×', target: { least: 0.6 } },
	{ key: 'plainOverwrite', title: 'The volume, plain: overwrite 64 bytes, durably', unit: 'ms' },
	{ key: 'overwrite', title: 'The volume, encrypted: overwrite 64 bytes, durably', unit: 'ms' },
	{ key: 'overwriteMore', title: 'The volume: overwrite, beyond plain', unit: 'ms', target: { most: 1 } },
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
async function measureOnce(url: string): Promise<Record<keyof Figures, number>> {
	return {
		...(await inNewBrowser(url, () => measureEncryption())),
		...(await inNewBrowser(url, () => measureProgram())),
	};
}

async function inNewBrowser<T>(url: string, measure: () => Promise<T>): Promise<T> {
	await using browser = await launchBrowser();
	const page = await browser.newPage();
	await page.goto(url);
	await page.waitForFunction(() => 'measureProgram' in globalThis);
	return await page.evaluate(measure);
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
