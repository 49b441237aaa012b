/** The whole browser is killed while a program writes: nothing that was acknowledged is lost. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { build } from 'vite';
import { startStaticServer } from '#hosts/node/static-server.ts';
import { StaticSite } from '#hosts/node/static-site.ts';
import { launchBrowser, type TestBrowser } from '../browser/browser.ts';
import { SeededRandom } from '../crash/test-volume.ts';

/** Defined by `page/page.ts`. */
declare const resume: (acknowledged: number) => Promise<{ steps: number | string; openMs: number }>;
declare const work: (from: number, ahead: number) => Promise<void>;

/** `npm test` kills a few times; `npm run kill -- N` says how often. */
const kills = Number(process.env.VITRINE_RUNS ?? 3);
const longestWorkMs = 900;

describe('kills of the whole browser', { timeout: 60_000 + kills * 20_000 }, () => {
	let directory: string;
	let server: Awaited<ReturnType<typeof startStaticServer>>;
	before(async () => {
		directory = await mkdtemp(path.join(tmpdir(), 'vitrine-kill-'));
		server = await startStaticServer(await buildPage(path.join(directory, 'site')), 0);
	});
	after(async () => {
		await server.close();
		await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
	});

	const newRun = (profile: string, ahead: number): KillRun => ({
		url: server.url,
		profileDirectory: path.join(directory, profile),
		ahead,
		acknowledged: 0,
	});

	it(`${kills} kills while a program writes lose nothing that was acknowledged`, async (context) => {
		const random = new SeededRandom(kills);
		const run = newRun('profile', 0);
		const openTimes: number[] = [];
		for (let kill = 0; kill <= kills; kill++) openTimes.push(await openWorkAndKill(run, random.below(longestWorkMs)));
		const sorted = openTimes.slice(1).sort((a, b) => a - b);
		context.diagnostic(
			`${kills} kills, ${run.acknowledged} acknowledged steps, 0 lost; opened again in ` +
				`${Math.round(sorted[sorted.length >> 1] ?? 0)} ms (median), ${Math.round(sorted.at(-1) ?? 0)} ms (longest)`,
		);
		assert.ok(run.acknowledged > kills, 'the program got something done');
	});

	it('a kernel that acknowledges too early is found out (planted)', async () => {
		const run = newRun('careless', 3);
		await openWorkAndKill(run, longestWorkMs);
		await assert.rejects(openWorkAndKill(run, 0), /acknowledged steps/);
	});
});

interface KillRun {
	readonly url: string;
	readonly profileDirectory: string;
	/** So many steps are acknowledged before they are done. */
	readonly ahead: number;
	/** The last step that the program was told is stored; noted here, outside the browser. */
	acknowledged: number;
}

/** Verifies what is there, lets the program work on, and kills everything; returns how long opening took. */
async function openWorkAndKill(run: KillRun, workMs: number): Promise<number> {
	const browser = await launchBrowser({ profileDirectory: run.profileDirectory });
	try {
		return await openAndWork(browser, run, workMs);
	} finally {
		await browser.kill();
	}
}

async function openAndWork(browser: TestBrowser, run: KillRun, workMs: number): Promise<number> {
	const page = await browser.newPage();
	await page.exposeFunction('acknowledge', (step: number) => {
		run.acknowledged = step;
	});
	await page.goto(run.url);
	await page.waitForFunction(() => 'resume' in globalThis, undefined, { timeout: 30_000 });
	const found = await page.evaluate((acknowledged) => resume(acknowledged), run.acknowledged);
	assert.equal(typeof found.steps, 'number', `after ${run.acknowledged} acknowledged steps: ${found.steps}`);
	run.acknowledged = Number(found.steps);
	// It never ends by itself: the kill ends it.
	const working = page.evaluate(({ acknowledged, ahead }) => work(acknowledged, ahead), run).catch(expectKilled);
	await wait(workMs);
	await browser.kill();
	await working;
	return found.openMs;
}

function expectKilled(error: unknown): void {
	if (!/closed|crash/i.test(String(error))) throw error;
}

async function buildPage(directory: string): Promise<StaticSite> {
	await build({
		configFile: path.join(import.meta.dirname, '../../vite.config.ts'),
		logLevel: 'warn',
		root: path.join(import.meta.dirname, 'page'),
		publicDir: false,
		build: { outDir: directory, emptyOutDir: true },
	});
	return StaticSite.read(directory);
}
