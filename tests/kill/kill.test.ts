/** The whole browser, or Node, is killed while a program writes: nothing that was acknowledged is lost. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startStaticServer } from '#hosts/node/static-server.ts';
import {
	buildPage,
	type KillReport,
	type KillRun,
	killRepeatedly,
	longestWorkMs,
	openWorkAndKill,
} from './browser-kills.ts';
import { killNodeRepeatedly } from './node-kills.ts';

/** `npm test` kills a few times; `npm run kill -- N` says how often. */
const kills = Number(process.env.VITRINE_RUNS ?? 3);

function tell({ kills: count, acknowledged, openTimes }: KillReport): string {
	const median = Math.round(openTimes[openTimes.length >> 1] ?? 0);
	const longest = Math.round(openTimes.at(-1) ?? 0);
	return (
		`${count} kills, ${acknowledged} acknowledged steps, 0 lost; opened again in ` +
		`${median} ms (median), ${longest} ms (longest)`
	);
}

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
		const report = await killRepeatedly(newRun('profile', 0), kills);
		context.diagnostic(tell(report));
		assert.ok(report.acknowledged > kills, 'the program got something done');
	});

	it('a kernel that acknowledges too early is found out (planted)', async () => {
		const run = newRun('careless', 3);
		await openWorkAndKill(run, longestWorkMs);
		await assert.rejects(openWorkAndKill(run, 0), /acknowledged steps/);
	});
});

describe('kills of Node', { timeout: 60_000 + kills * 20_000 }, () => {
	it(`${kills * 5} kills while a program writes lose nothing that was acknowledged`, async (context) => {
		const report = await killNodeRepeatedly({ kills: kills * 5, ahead: 0 });
		context.diagnostic(tell(report));
		assert.ok(report.acknowledged > kills, 'the program got something done');
	});

	it('a system that acknowledges too early is found out (planted)', async () => {
		await assert.rejects(killNodeRepeatedly({ kills: 4, ahead: 3 }), /acknowledged steps/);
	});
});
