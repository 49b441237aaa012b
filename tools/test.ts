/**
 * `npm test`: all checks, then all tests, then one line with the sum.
 *
 * - Tests that drive a browser (they import `tests/browser/browser.ts`, directly or not) run one file at a time, and so do
 *   those that start a virtual PC (`tools/iso/virtual-pc.ts`); the others, two.
 * - Without a Chromium it ends at once and says how to install one; as root it installs it.
 * - With `CI=true` the long harnesses (power cuts, kills) run in full instead of a slice of each.
 * - `npm test -- WORD…` runs only the test files whose path contains one of the words, without the checks.
 *
 * The last line is `N passed, N failed, N skipped`; the exit status is 1 when something failed or nothing ran.
 */
import { readdir, readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { ensureSite } from './build.ts';
import { runChecks } from './check.ts';
import { longHarnesses } from './harness.ts';
import { readImports } from './read-imports.ts';
import { ensureChromium } from './setup/chromium.ts';
import { fromRoot } from './setup/paths.ts';
import { addCounts, runTestFiles, type TestCounts } from './test-runner.ts';

const directories = ['src', 'tools', 'samples', 'tests', 'bench'];
const browserModule = path.join('tests', 'browser', 'browser.ts');
const virtualPcModule = path.join('tools', 'iso', 'virtual-pc.ts');

async function findTestFiles(words: readonly string[]): Promise<string[]> {
	const files: string[] = [];
	for (const directory of directories) {
		const entries = await readdir(fromRoot(directory), { recursive: true, withFileTypes: true }).catch(() => []);
		for (const entry of entries) {
			const file = path.relative(fromRoot(), path.join(entry.parentPath, entry.name));
			const isChosen = words.length === 0 || words.some((word) => file.includes(word));
			if (entry.isFile() && file.endsWith('.test.ts') && isChosen) files.push(file);
		}
	}
	return files.sort();
}

type Need = 'browser' | 'virtual PC' | 'nothing';

/** Sorts the files by what they need, by themselves or by what they import. */
async function splitByNeed(files: readonly string[]): Promise<Readonly<Record<Need, string[]>>> {
	const split: Record<Need, string[]> = { browser: [], 'virtual PC': [], nothing: [] };
	for (const file of files) split[await findNeed(file)].push(file);
	return split;
}

async function findNeed(file: string): Promise<Need> {
	if (await reaches(file, virtualPcModule, new Set())) return 'virtual PC';
	return (await reaches(file, browserModule, new Set())) ? 'browser' : 'nothing';
}

/** Whether `file` imports `target`, directly or through others of its tree. */
async function reaches(file: string, target: string, visited: Set<string>): Promise<boolean> {
	if (file === target) return true;
	if (visited.has(file)) return false;
	visited.add(file);
	const text = await readFile(fromRoot(file), 'utf8').catch(() => '');
	for (const { specifier } of readImports(file, text)) {
		if (!specifier.startsWith('.') || !specifier.endsWith('.ts')) continue;
		if (await reaches(path.join(path.dirname(file), specifier), target, visited)) return true;
	}
	return false;
}

/** Takes the files of the long harnesses away from the others: on CI they run with all their runs. */
async function runHarnesses(files: string[]): Promise<TestCounts> {
	let counts: TestCounts = { passed: 0, failed: 0, skipped: 0 };
	for (const { directory, title, runs } of longHarnesses) {
		const own = files.filter((file) => file.startsWith(`${directory}/`));
		if (own.length === 0) continue;
		process.env.VITRINE_RUNS = String(runs);
		counts = addCounts(counts, await runTestFiles(`${title}, ${runs} runs`, own, 1));
		delete process.env.VITRINE_RUNS;
	}
	return counts;
}

async function runTests(words: readonly string[]): Promise<TestCounts> {
	const isFull = process.env.CI === 'true' && words.length === 0;
	const files = await findTestFiles(words);
	const isLong = (file: string): boolean =>
		isFull && longHarnesses.some(({ directory }) => file.startsWith(`${directory}/`));
	const counts = await runFiles(files.filter((file) => !isLong(file)));
	return addCounts(counts, await runHarnesses(files.filter(isLong)));
}

async function runFiles(files: readonly string[]): Promise<TestCounts> {
	const { nothing, browser, 'virtual PC': virtualPc } = await splitByNeed(files);
	let counts = await runTestFiles('Unit and contract tests', nothing, Math.min(2, availableParallelism()));
	if (browser.length > 0) {
		await ensureSite();
		counts = addCounts(counts, await runTestFiles('Browser tests', browser, 1));
	}
	return addCounts(counts, await runTestFiles('The image for a PC', virtualPc, 1));
}

async function main(): Promise<boolean> {
	const words = process.argv.slice(2);
	// Asked first, so that nobody learns after minutes that it was missing.
	if ((await splitByNeed(await findTestFiles(words))).browser.length > 0) await ensureChromium();
	const started = performance.now();
	const checked = words.length > 0 ? { passed: 0, failed: 0 } : await runChecks();
	const tested = await runTests(words);
	const ran = tested.passed + tested.failed;
	if (ran === 0) console.log('No test ran.');
	const total = addCounts(tested, { ...checked, skipped: 0 });
	console.log(`\nTested in ${Math.round((performance.now() - started) / 1000)} s.`);
	console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
	return ran > 0 && total.failed === 0;
}

try {
	process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
}
