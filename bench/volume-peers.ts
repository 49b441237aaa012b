/**
 * The volume beside others that keep files in a browser: ZenFS on the origin's private files, and such files themselves.
 * The same work in one run, each in a new browser, in turn. With `--record` it goes to `docs/volume-numbers.md`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { startStaticServer } from '#hosts/node/static-server.ts';
import { StaticSite } from '#hosts/node/static-site.ts';
import { launchBrowser } from '../tests/browser/browser.ts';
import { fromRoot } from '../tools/setup/paths.ts';
import { replaceRow } from '../tools/volume-numbers.ts';
import { type Benchmark, type Measurement, median } from './measurement.ts';
import { fileCount, largeMegabytes, type PeerFigures } from './volume-peers/figures.ts';

type Subject = 'vitrine' | 'zenfs' | 'plain';

/** Put into the page by `volume-peers/page.ts`. */
declare const measureSubject: (name: Subject) => Promise<PeerFigures>;

const subjects: readonly Subject[] = ['vitrine', 'zenfs', 'plain'];
const count = fileCount.toLocaleString('en');
/** Those of the issue have a bound: the best of the others. */
const rows: readonly { key: keyof PeerFigures; title: string; isJudged: boolean }[] = [
	{ key: 'creates', title: `${count} small files, each stored before the next`, isJudged: true },
	{ key: 'together', title: `${count} small files, asked for together`, isJudged: true },
	{ key: 'opens', title: `${count} files opened by name and read`, isJudged: true },
	{ key: 'copy', title: `a file of ${largeMegabytes} MB copied`, isJudged: true },
	{ key: 'write', title: `a file of ${largeMegabytes} MB written`, isJudged: false },
];

export const benchmark: Benchmark = async (context) => {
	const directory = await mkdtemp(path.join(tmpdir(), 'vitrine-volume-peers-'));
	try {
		const server = await startStaticServer(await buildPage(directory), 0);
		try {
			const samples = new Map(subjects.map((subject) => [subject, [] as PeerFigures[]]));
			for (let round = 0; round < context.rounds; round++)
				for (const subject of subjects) {
					context.say(`volume beside others: ${subject}, ${round + 1} of ${context.rounds}`);
					samples.get(subject)?.push(await measureOnce(server.url, subject));
				}
			if (context.record) await record(samples);
			return rows.map((row) => toMeasurement(row, samples));
		} finally {
			await server.close();
		}
	} finally {
		await rm(directory, { recursive: true, force: true });
	}
};

type Samples = ReadonlyMap<Subject, readonly PeerFigures[]>;

function samplesOf(samples: Samples, subject: Subject, key: keyof PeerFigures): number[] {
	return (samples.get(subject) ?? []).map((figures) => figures[key]);
}

function toMeasurement({ key, title, isJudged }: (typeof rows)[number], samples: Samples): Measurement {
	const zenfs = median(samplesOf(samples, 'zenfs', key));
	const plain = median(samplesOf(samples, 'plain', key));
	return {
		title: `Volume: ${title}`,
		unit: 'ms',
		samples: samplesOf(samples, 'vitrine', key),
		target: isJudged ? { most: Math.min(zenfs, plain) } : undefined,
		peers: { ZenFS: zenfs, 'plain files': plain },
	};
}

async function record(samples: Samples): Promise<void> {
	for (const { key, title } of rows) {
		const cells = subjects.map(
			(subject) => `${Math.round(median(samplesOf(samples, subject, key))).toLocaleString('en')} ms`,
		);
		await replaceRow(`peers-${key}`, `| ${title} | ${cells.join(' | ')} | <!-- peers-${key} -->`);
	}
}

/** In a new browser each time: an empty origin. */
async function measureOnce(url: string, subject: Subject): Promise<PeerFigures> {
	await using browser = await launchBrowser();
	const page = await browser.newPage();
	await page.goto(url);
	await page.waitForFunction(() => 'measureSubject' in globalThis);
	return await page.evaluate((name) => measureSubject(name), subject);
}

async function buildPage(directory: string): Promise<StaticSite> {
	await build({
		configFile: fromRoot('vite.config.ts'),
		logLevel: 'warn',
		root: fromRoot('bench', 'volume-peers'),
		publicDir: false,
		build: { outDir: directory, emptyOutDir: true },
	});
	return StaticSite.read(directory);
}
