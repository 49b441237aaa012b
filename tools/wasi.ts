/**
 * `npm run wasi -- CHECKOUT [--chromium] [PART]`: the official WASI tests for preview 1, from a checkout of
 * github.com/WebAssembly/wasi-testsuite (branch `prod/testsuite-base`); PART picks those whose name holds it.
 */
import { parseArgs } from 'node:util';
import { startHeadless } from '#hosts/node/start-headless.ts';
import { openSuitePage } from '../tests/wasi/browser/open-suite-page.ts';
import { readSuite } from '../tests/wasi/read-suite.ts';
import { runSuiteCase, type SuiteCase } from '../tests/wasi/suite-case.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { chromium: { type: 'boolean' } } });
const [checkout, part] = positionals;
if (checkout === undefined) {
	console.error('wasi needs the path of a checkout of the suite.');
	process.exit(2);
}
const cases = await readSuite(checkout, part);
let passed = 0;

async function runAll(run: (suiteCase: SuiteCase) => Promise<string | undefined>): Promise<void> {
	for (const suiteCase of cases) {
		const failure = (await run(suiteCase)) ?? undefined;
		if (failure === undefined) passed++;
		else console.log(`FAILED ${suiteCase.name}: ${failure}`);
	}
}

if (values.chromium === true) {
	await using page = await openSuitePage();
	await runAll((suiteCase) => page.run(suiteCase));
} else await runAll((suiteCase) => runSuiteCase(suiteCase, (volume) => startHeadless(volume)));
console.log(`${passed} passed, ${cases.length - passed} failed`);
process.exitCode = passed === cases.length ? 0 : 1;
