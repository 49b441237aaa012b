/**
 * `npm run iso:update-cuts`: power cuts while an installed disk is updated. First thousands by a model of the disk and the
 * loader (`tests/update-cuts`), then 100 that virtual PCs start from; `-- 20` does so many of these. `-- 20 --planted`
 * has the disk lose what was flushed, and succeeds when that is found.
 *
 * It needs the stages of `npm run iso` and QEMU.
 */
import { parseArgs } from 'node:util';
import { updateCuts } from './harness.ts';
import { cutUpdates } from './iso/update-cuts.ts';
import { fromRoot } from './setup/paths.ts';
import { say } from './setup/progress.ts';
import { runTestFiles } from './test-runner.ts';

const { values, positionals } = parseArgs({ options: { planted: { type: 'boolean' } }, allowPositionals: true });
const isPlanted = values.planted === true;
const cuts = Number(positionals[0] ?? 100);

process.env.VITRINE_RUNS = String(updateCuts.runs);
const files = ['power-cuts', 'updater'].map((name) => `${updateCuts.directory}/${name}.test.ts`);
const { failed } = await runTestFiles(updateCuts.title, files, 1);

let seed = Number(process.env.VITRINE_SEED ?? Date.now() % 1_000_000) + 1;
say(`Seed: VITRINE_SEED=${seed - 1}`);
const random = (): number => {
	seed = (seed * 48_271) % 2_147_483_647;
	return seed / 2_147_483_647;
};
const directory = fromRoot('.cache', 'iso', 'runs', 'update-cuts');
const problems = await cutUpdates({ directory, cuts, random, isPlanted, onCut: say });
for (const problem of problems) console.log(problem);
console.log(`${cuts} power cuts, ${problems.length} that do not start as they must`);
process.exitCode = failed > 0 || isPlanted !== problems.length > 0 ? 1 : 0;
