/** Starts a browser on a profile, lets a program work in it, and kills all of it, again and again. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { build } from 'vite';
import { StaticSite } from '#hosts/node/static-site.ts';
import { launchBrowser, type TestBrowser } from '../browser/browser.ts';
import { SeededRandom } from '../crash/test-volume.ts';

/** Defined by `page/page.ts`. */
declare const resume: (acknowledged: number) => Promise<{ steps: number | string; openMs: number }>;
declare const work: (from: number, ahead: number) => Promise<void>;

export const longestWorkMs = 900;

export interface KillReport {
	kills: number;
	/** Steps that the program was told are stored. */
	acknowledged: number;
	/** How long opening took after each kill, in milliseconds, ascending. */
	readonly openTimes: number[];
}

export interface KillRun {
	readonly url: string;
	readonly profileDirectory: string;
	/** So many steps are acknowledged before they are done. */
	readonly ahead: number;
	/** The last step that the program was told is stored; noted here, outside the browser. */
	acknowledged: number;
}

/** Verifies what is there, lets the program work on, and kills everything; returns how long opening took. */
export async function openWorkAndKill(run: KillRun, workMs: number): Promise<number> {
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

export async function buildPage(directory: string): Promise<StaticSite> {
	await build({
		configFile: path.join(import.meta.dirname, '../../vite.config.ts'),
		logLevel: 'warn',
		root: path.join(import.meta.dirname, 'page'),
		publicDir: false,
		build: { outDir: directory, emptyOutDir: true },
	});
	return StaticSite.read(directory);
}

/** Rejects at the first step that was lost. */
export async function killRepeatedly(
	run: KillRun,
	kills: number,
	onKill?: (report: KillReport) => void,
): Promise<KillReport> {
	const random = new SeededRandom(kills);
	const report: KillReport = { kills: 0, acknowledged: 0, openTimes: [] };
	for (let kill = 0; kill <= kills; kill++) {
		report.openTimes.push(await openWorkAndKill(run, random.below(longestWorkMs)));
		report.kills = kill;
		report.acknowledged = run.acknowledged;
		onKill?.(report);
	}
	// The first opening makes the volume.
	report.openTimes.shift();
	report.openTimes.sort((a, b) => a - b);
	return report;
}
