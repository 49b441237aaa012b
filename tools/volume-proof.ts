/**
 * `npm run volume-proof -- PART [RUNS] [--record]`: one whole campaign on the volume, told as it goes on.
 *
 * | Part | Runs, when none are given |
 * |---|---|
 * | `power` | 300,000 states after power cuts in random working days and in the recoveries from them |
 * | `sequences` | 3: every sequence of up to so many changes |
 * | `faults` | 60 working days, an I/O error at each of their operations |
 * | `full-disk` | 200 amounts of room |
 * | `flips` | 10,000 flipped bits |
 * | `sectors` | 2,000 ruined sectors |
 * | `kill-node`, `kill-browser` | 2,000 and 300 kills |
 *
 * With `--record` what came of it goes to `docs/volume-numbers.md`. The exit status is 1 when anything was lost.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startStaticServer } from '#hosts/node/static-server.ts';
import { ruinSector } from '../tests/crash/bit-rot-run.ts';
import { faultCampaign, flipBit, fullDiskCampaign, powerCampaign, rotCampaign } from '../tests/crash/campaign.ts';
import { type SequenceReport, sequenceCampaign } from '../tests/crash/sequences.ts';
import { buildPage, type KillReport, killRepeatedly } from '../tests/kill/browser-kills.ts';
import { killNodeRepeatedly } from '../tests/kill/node-kills.ts';
import { recordProof } from './volume-numbers.ts';

export interface Outcome {
	/** What was tried, and how often. */
	readonly tried: string;
	/** What came of it. */
	readonly found: string;
	readonly good: boolean;
}

interface Part {
	readonly runs: number;
	readonly prove: (runs: number) => Promise<Outcome>;
}

const count = (value: number): string => value.toLocaleString('en');
let lastTold = performance.now();

/** At most every ten seconds: a campaign takes minutes to hours. */
function tell(report: object): void {
	if (performance.now() - lastTold < 10_000) return;
	lastTold = performance.now();
	console.log(JSON.stringify(report, (key, value: unknown) => (key === 'openTimes' ? undefined : value)));
}

async function provePower(states: number): Promise<Outcome> {
	const report = await powerCampaign({ states, recoveryStride: 40, onProgress: tell });
	const { nested, lost, corrupt } = report;
	return {
		tried: `${count(report.states)} states after power cuts in random working days, ${count(nested)} of them cuts in recoveries`,
		...foundOf({ lost, torn: corrupt }, report.examples),
	};
}

async function proveSequences(longest: number): Promise<Outcome> {
	const reports: SequenceReport[] = [];
	for (let length = 1; length <= longest; length++)
		reports.push(await sequenceCampaign({ length, statesAPlace: 3, onProgress: tell }));
	const total = (key: 'states' | 'sequences' | 'lost' | 'corrupt'): number =>
		reports.reduce((sum, report) => sum + report[key], 0);
	return {
		tried: `${count(total('states'))} states after power cuts in all ${count(total('sequences'))} sequences of 1 to ${longest} changes`,
		...foundOf(
			{ lost: total('lost'), torn: total('corrupt') },
			reports.flatMap(({ examples }) => examples),
		),
	};
}

async function proveFaults(days: number): Promise<Outcome> {
	const { runs, hits, bad, examples } = await faultCampaign(days, 'error', tell);
	return {
		tried: `${count(runs)} I/O errors: at each write, flush, truncation and read of ${days} working days, once and for good`,
		...foundOf({ lost: bad, 'not met': runs - hits }, examples),
	};
}

async function proveFullDisk(points: number): Promise<Outcome> {
	const { runs, full, bad, examples } = await fullDiskCampaign(points);
	return {
		tried: `${count(runs)} disks that run full, each at another place`,
		...foundOf({ 'wrong messages, refused deletions or damage': bad, 'never full': runs - full }, examples),
	};
}

async function proveRot(runs: number, what: string, damage: typeof flipBit): Promise<Outcome> {
	const { whole, reported, refused, wrong, unnamed, several, examples } = await rotCampaign(runs, damage, tell);
	const problems = { 'wrong bytes handed out': wrong, 'volumes refused': refused, 'damage without a name': unnamed };
	const found = foundOf(problems, examples);
	const mended = `${count(whole)} without any effect or mended, ${count(reported)} told by name`;
	const more = several > 0 ? ` (${several} reached more than one file)` : '';
	return { tried: `${count(runs)} ${what}`, good: found.good, found: `${found.found}; ${mended}${more}` };
}

async function proveKills(report: Promise<KillReport>, what: string): Promise<Outcome> {
	const { kills, acknowledged, openTimes } = await report;
	const at = (part: number): string => `${Math.round(openTimes[Math.floor((openTimes.length - 1) * part)] ?? 0)} ms`;
	return {
		tried: `${count(kills)} kills of ${what} while it writes, ${count(acknowledged)} acknowledged changes`,
		found: `0 lost; opened again in ${at(0.5)} (median), ${at(0.95)} (95 %), ${at(1)} (longest)`,
		good: true,
	};
}

async function killBrowser(kills: number): Promise<KillReport> {
	const directory = await mkdtemp(path.join(tmpdir(), 'vitrine-proof-'));
	const server = await startStaticServer(await buildPage(path.join(directory, 'site')), 0);
	try {
		const run = { url: server.url, profileDirectory: path.join(directory, 'profile'), ahead: 0, acknowledged: 0 };
		return await killRepeatedly(run, kills, tell);
	} finally {
		await server.close();
		await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
	}
}

const parts: Readonly<Record<string, Part>> = {
	power: { runs: 300_000, prove: provePower },
	sequences: { runs: 3, prove: proveSequences },
	faults: { runs: 60, prove: proveFaults },
	'full-disk': { runs: 200, prove: proveFullDisk },
	flips: { runs: 10_000, prove: (runs) => proveRot(runs, 'flipped bits', flipBit) },
	sectors: { runs: 2000, prove: (runs) => proveRot(runs, 'ruined sectors of 512 bytes', ruinSector) },
	'kill-node': {
		runs: 2000,
		prove: (kills) => proveKills(killNodeRepeatedly({ kills, ahead: 0, onKill: tell }), 'Node'),
	},
	'kill-browser': { runs: 300, prove: (kills) => proveKills(killBrowser(kills), 'the whole of Chromium') },
};

function foundOf(problems: Readonly<Record<string, number>>, examples: readonly string[]): Omit<Outcome, 'tried'> {
	for (const example of examples) console.error(example);
	const found = Object.entries(problems).map(([what, times]) => `${count(times)} ${what}`);
	return { found: found.join(', '), good: Object.values(problems).every((times) => times === 0) };
}

const { values, positionals } = parseArgs({ options: { record: { type: 'boolean' } }, allowPositionals: true });
const [name = '', runs] = positionals;
const part = parts[name];
if (part === undefined) {
	console.error(`Name one of ${Object.keys(parts).join(', ')}.`);
	process.exitCode = 2;
} else {
	const began = performance.now();
	const outcome = await part.prove(runs === undefined ? part.runs : Number(runs));
	console.log(`${outcome.tried}: ${outcome.found} (${Math.round((performance.now() - began) / 1000)} s)`);
	if (values.record) await recordProof(name, outcome);
	process.exitCode = outcome.good ? 0 : 1;
}
