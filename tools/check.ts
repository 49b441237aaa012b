/**
 * `npm run check`: every rule that can be checked without running the system, in under a minute.
 *
 * Rules of use:
 * - A check returns its breaches as sentences that say what to do; none means that it passes.
 * - `npm run check -- NAME…` runs only those checks.
 */
import { availableParallelism } from 'node:os';
import { checkDeadCode } from './checks/dead-code.ts';
import { checkGenerated } from './checks/generated.ts';
import { checkLinks } from './checks/links.ts';
import { checkLint } from './checks/lint.ts';
import { checkRooms } from './checks/rooms-check.ts';
import { checkSizes } from './checks/sizes.ts';
import { checkTypes } from './checks/types.ts';
import { checkWords } from './checks/words.ts';
import { mapLimited } from './setup/map-limited.ts';

export interface Check {
	readonly name: string;
	readonly run: () => Promise<readonly string[]>;
}

export const checks: readonly Check[] = [
	{ name: 'lint', run: checkLint },
	{ name: 'types', run: checkTypes },
	{ name: 'rooms', run: checkRooms },
	{ name: 'dead-code', run: checkDeadCode },
	{ name: 'generated', run: checkGenerated },
	{ name: 'words', run: checkWords },
	{ name: 'links', run: checkLinks },
	{ name: 'sizes', run: checkSizes },
];

/** Runs the checks with these names, or all; prints each result; returns how many passed and failed. */
export async function runChecks(names: readonly string[] = []): Promise<{ passed: number; failed: number }> {
	const unknown = names.filter((name) => !checks.some((check) => check.name === name));
	if (unknown.length > 0) throw new Error(`There is no check ${unknown.join(', ')}.`);
	const chosen = checks.filter((check) => names.length === 0 || names.includes(check.name));
	const started = performance.now();
	const results = await mapLimited(chosen, Math.min(2, availableParallelism()), async (check) => {
		const begun = performance.now();
		const breaches = await check.run();
		console.log(`${breaches.length === 0 ? 'ok    ' : 'FAILED'} ${check.name} (${seconds(begun)} s)`);
		for (const breach of breaches) console.log(`       ${breach.replaceAll('\n', '\n       ')}`);
		return breaches.length === 0;
	});
	const failed = results.filter((passed) => !passed).length;
	console.log(`Checks: ${results.length - failed} passed, ${failed} failed, in ${seconds(started)} s.`);
	return { passed: results.length - failed, failed };
}

const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(1);

if (import.meta.main) {
	const { failed } = await runChecks(process.argv.slice(2));
	process.exitCode = failed > 0 ? 1 : 0;
}
