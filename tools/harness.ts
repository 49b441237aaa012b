/**
 * Runs the long harnesses by themselves: `npm run crash`, `npm run kill`, `npm run kill-guests`, `npm run fuzz`,
 * `npm run fuzz -- calls`, `npm run tamper`, `npm run drills`, `npm run canaries`, `npm run iso:power-cuts`.
 *
 * `-- 5000` sets how often (`VITRINE_RUNS` in the environment of the tests); without it each runs as often as below.
 */
import { readdir } from 'node:fs/promises';
import { fromRoot } from './setup/paths.ts';
import { runTestFiles, type TimeLimits } from './test-runner.ts';

export interface Harness {
	readonly directory: string;
	readonly title: string;
	readonly runs: number;
}

export const powerCuts: Harness = { directory: 'tests/crash', title: 'Power cuts and faults', runs: 5_000 };
export const dataPartitionCuts: Harness = { directory: 'tests/power', title: 'Power cuts of a PC', runs: 100 };
export const browserKills: Harness = { directory: 'tests/kill', title: 'Kills of the whole browser', runs: 20 };
export const guestKills: Harness = { directory: 'tests/processes', title: 'Kills of programs', runs: 2_000 };
export const tampering: Harness = {
	directory: 'tests/tamper',
	title: 'Changes of stored encrypted files',
	runs: 100_000,
};
export const drills: Harness = { directory: 'tests/drills', title: 'Recovery drills', runs: 100 };
export const canaries: Harness = { directory: 'tests/canaries', title: 'Traces of encrypted files', runs: 1_000 };
export const hostileFiles: Harness = { directory: 'tests/fuzz', title: 'Hostile files', runs: 2_000 };
export const hostileCalls: Harness = { directory: 'tests/garbage', title: 'Hostile system calls', runs: 1_000_000 };

/** The number is of mixtures of sectors for each cut. */
export const updateCuts: Harness = {
	directory: 'tests/update-cuts',
	title: 'Power cuts while a disk is updated',
	runs: 40,
};

/** Those of which a plain `npm test` runs a slice. */
export const longHarnesses: readonly Harness[] = [powerCuts, browserKills];

/** A campaign takes as long as the person wants who has chosen its runs; its tests know what is too long for one of them. */
const campaignLimits: TimeLimits = { fileMs: 7 * 86_400_000, totalMs: 7 * 86_400_000 };

export async function runHarness({ directory, title, runs }: Harness, given = process.argv[2]): Promise<void> {
	process.env.VITRINE_RUNS = given ?? String(runs);
	const names = await readdir(fromRoot(directory)).catch(() => []);
	const files = names.filter((name) => name.endsWith('.test.ts')).map((name) => `${directory}/${name}`);
	const { passed, failed, skipped } = await runTestFiles(title, files, 1, campaignLimits);
	console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
	process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}
