import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type Defect, runCampaign } from './cut-campaign.ts';

/** `npm test` takes a slice; `npm run iso:update-cuts` says how many mixtures of sectors each cut is tried with. */
const mixtures = Number(process.env.VITRINE_RUNS ?? 3);

/** The generator of Park and Miller: the same numbers at every run. */
function makeRandom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state * 48_271) % 2_147_483_647;
		return state / 2_147_483_647;
	};
}

suite('Power cuts while a disk is updated', () => {
	test('Whatever is cut, a whole version starts, and the next update arrives', async (context) => {
		const { states, problems } = await runCampaign({ mixtures, random: makeRandom(1) });
		context.diagnostic(`${states} disks after a cut, ${problems.length} that do not start`);
		assert.deepEqual(problems.slice(0, 5), []);
		assert.ok(states > 300, `only ${states} states`);
	});

	for (const defect of ['disk-without-flush', 'arms-before-writing', 'writes-what-is-armed'] satisfies Defect[])
		test(`The planted defect ${defect} is caught`, async () => {
			const { problems } = await runCampaign({ mixtures: 3, random: makeRandom(2), defect });
			assert.notEqual(problems.length, 0);
		});
});
