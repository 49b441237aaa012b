/** The power is cut at any moment of a day with a data partition: nothing that was acknowledged is lost. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { SeededRandom } from '../crash/test-volume.ts';
import { KeptSystem } from './kept-system.ts';
import { cutPower, type Day, recordDay } from './power-run.ts';
import { findMissing } from './requirements.ts';

/** `npm test` cuts a few times; `npm run iso:power-cuts -- N` says how often. */
const cuts = Number(process.env.VITRINE_RUNS ?? 4);
const isCampaign = process.env.VITRINE_RUNS !== undefined;
const missing = await findMissing();

describe('power cuts on a data partition', { timeout: 240_000 + cuts * 20_000, skip: missing }, () => {
	let directory: string;
	let system: KeptSystem;
	let day: Day;
	before(async () => {
		directory = await mkdtemp(path.join(tmpdir(), 'vitrine-power-'));
		system = await KeptSystem.serve(path.join(directory, 'site'));
		const lengths = isCampaign ? { workMs: 8_000, restMs: 60_000 } : { workMs: 1_000, restMs: 0 };
		day = await recordDay({ system, directory, random: new SeededRandom(1), ...lengths });
	});
	after(async () => {
		await system[Symbol.asyncDispose]();
		await rm(directory, { recursive: true, force: true });
	});

	it(`${cuts} cuts lose nothing that was acknowledged`, async (context) => {
		const report = await cutPower({ system, directory, day, random: new SeededRandom(2), cuts });
		context.diagnostic(`${report.cuts} cuts in ${day.acknowledged} acknowledged steps, ${report.problems.length} lost`);
		assert.ok(day.acknowledged > 3, 'the program got something done');
		assert.deepEqual(report.problems, []);
	});

	it('a disk that answers a flush and does nothing is found out (planted)', async (context) => {
		const random = new SeededRandom(3);
		const planted = { ignoresFlushes: true, stopWhenBad: true };
		const report = await cutPower({ system, directory, day, random, cuts: 12, ...planted });
		context.diagnostic(report.problems.join());
		assert.equal(report.problems.length, 1, 'nothing was lost by a disk that flushes nothing');
	});

	const onlyCampaign = { skip: isCampaign ? false : 'in the campaign alone: it records another day' };
	it('a PC that leaves the names of new files to chance is found out (planted)', onlyCampaign, async (context) => {
		const careless = path.join(directory, 'careless');
		const random = new SeededRandom(4);
		system.settles = false;
		const first = await recordDay({ system, directory: careless, random, workMs: 1_000, restMs: 3_000, starts: 1 });
		const report = await cutPower({ system, directory: careless, day: first, random, cuts: 20, stopWhenBad: true });
		context.diagnostic(report.problems.join());
		assert.equal(report.problems.length, 1, 'every name outlived its cut');
	});
});
