import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ruinSector } from './bit-rot-run.ts';
import {
	carelessRecovery,
	faultCampaign,
	flipBit,
	flipBitUnnoticed,
	fullDiskCampaign,
	powerCampaign,
	rotCampaign,
	weaknesses,
} from './campaign.ts';
import { sequenceCampaign } from './sequences.ts';

/** `npm test` takes a slice; `npm run crash -- N` says how many states. */
const cuts = Number(process.env.VITRINE_RUNS ?? 1000);

it(`${cuts} power cuts lose nothing that was acknowledged`, async (context) => {
	const start = performance.now();
	const { states, lost, corrupt, examples } = await powerCampaign({ states: cuts, recoveryStride: 40 });
	const perSecond = states / ((performance.now() - start) / 1000);
	context.diagnostic(`${states} states, ${lost} lost, ${corrupt} corrupt, ${perSecond.toFixed(0)} states/s`);
	assert.deepEqual({ states, lost, corrupt, examples }, { states: cuts, lost: 0, corrupt: 0, examples: [] });
});

for (const { name, durability, mostStates } of weaknesses) {
	it(`power cuts find the planted weakness: ${name}`, async (context) => {
		const { states, lost, corrupt, examples } = await powerCampaign({ states: mostStates, durability });
		context.diagnostic(`found in state ${states}: ${examples[0]}`);
		assert.ok(lost + corrupt > 0, 'nothing was found');
	});
}

it('power cuts find a recovery that does not flush (planted)', async (context) => {
	const options = { states: 6000, recoveryStride: 10, recoveryDurability: carelessRecovery };
	const { nested, lost, corrupt } = await powerCampaign(options);
	context.diagnostic(`found in cut ${nested} of recoveries`);
	assert.ok(nested > 0 && lost + corrupt > 0, 'nothing was found');
});

it('power cuts in every sequence of one change, and in some of two and three, lose nothing', async (context) => {
	for (const [length, stride] of [
		[1, 1],
		[2, 11],
		[3, 499],
	] as const) {
		const { states, sequences, lost, corrupt, examples } = await sequenceCampaign({ length, stride, statesAPlace: 3 });
		context.diagnostic(`${sequences} sequences of ${length}, ${states} states`);
		assert.deepEqual({ lost, corrupt, examples }, { lost: 0, corrupt: 0, examples: [] });
		assert.ok(sequences > 10);
	}
});

it('sequences find a log that is not flushed (planted)', async () => {
	const durability = { journalMode: 'WAL', synchronous: 'OFF' } as const;
	const { lost, corrupt } = await sequenceCampaign({ length: 1, statesAPlace: 3, durability, stopWhenBad: true });
	assert.ok(lost + corrupt > 0);
});

it('an I/O error at any operation, once or for good, loses nothing that was acknowledged', async () => {
	const { runs, hits, bad, examples } = await faultCampaign(Math.ceil(cuts / 1000));
	assert.deepEqual({ hits, bad, examples }, { hits: runs, bad: 0, examples: [] });
	assert.ok(runs > 20);
});

it('a disk that leaves writes out without a word is found out (planted)', async () => {
	const { bad } = await faultCampaign(1, 'silent');
	assert.ok(bad > 0);
});

it('a full disk refuses what does not fit, harms nothing, and can always delete', async () => {
	const { runs, full, bad, examples } = await fullDiskCampaign(Math.max(45, cuts / 25));
	assert.deepEqual({ full, bad, examples }, { full: runs, bad: 0, examples: [] });
});

it('a full disk without a reserve cannot always delete (planted)', async () => {
	const { bad } = await fullDiskCampaign(45, 0);
	assert.ok(bad > 0);
});

it('500 flipped bits are all mended', async () => {
	const { runs, whole, examples } = await rotCampaign(500, flipBit);
	assert.deepEqual({ whole, examples }, { whole: runs, examples: [] });
});

it('200 ruined sectors: the volume opens, no wrong byte is handed out, the check names the files', async () => {
	const { runs, whole, reported, refused, wrong, unnamed, examples } = await rotCampaign(200, ruinSector);
	assert.deepEqual({ refused, wrong, unnamed, examples }, { refused: 0, wrong: 0, unnamed: 0, examples: [] });
	assert.equal(whole + reported, runs);
	assert.ok(reported > 0);
});

it('damage that no checksum shows is found out (planted)', async () => {
	const { wrong } = await rotCampaign(60, flipBitUnnoticed);
	assert.ok(wrong > 0);
});
