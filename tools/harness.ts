/**
 * Runs the long harnesses by themselves: `npm run crash`, `npm run kill`, `npm run fuzz`.
 *
 * `-- 5000` sets how often (`VITRINE_RUNS` in the environment of the tests); without it each takes `usualRuns`.
 */
import { readdir } from 'node:fs/promises';
import { fromRoot } from './setup/paths.ts';
import { runTestFiles } from './test-runner.ts';

export async function runHarness(directory: string, title: string, usualRuns?: number): Promise<void> {
	const runs = process.argv[2] ?? usualRuns;
	if (runs !== undefined) process.env.VITRINE_RUNS = String(runs);
	const names = await readdir(fromRoot(directory)).catch(() => []);
	const files = names.filter((name) => name.endsWith('.test.ts')).map((name) => `${directory}/${name}`);
	const { passed, failed, skipped } = await runTestFiles(title, files, 1);
	console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
	process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}
