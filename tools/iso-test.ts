/**
 * `npm run iso:test`: starts the built image in virtual PCs and looks at what happens. `-- bios-disc` runs one of them.
 *
 * Each PC has 2 GB of memory and one processor. Its log and its pictures stay in `.cache/iso/runs/NAME`.
 */
import { existsSync } from 'node:fs';
import { makeReady } from './iso/make-ready.ts';
import { readRelease } from './iso/release.ts';
import { scenarioRequirements } from './iso/requirements.ts';
import { scenarios } from './iso/scenarios.ts';
import { fromRoot } from './setup/paths.ts';
import { say } from './setup/progress.ts';

const { version } = await readRelease();
const image = fromRoot('dist', 'iso', `vitrine-${version}-amd64.iso`);
const words = process.argv.slice(2);
const unknown = words.find((word) => !scenarios.some(({ name }) => name === word));
if (unknown !== undefined)
	throw new Error(`There is no ${unknown}: they are ${scenarios.map(({ name }) => name).join(', ')}.`);
const missing = await makeReady(scenarioRequirements);
if (missing.length > 0) throw new Error(missing.join('\n'));
if (!existsSync(image)) throw new Error(`There is no ${image}: build it with npm run iso first.`);
let [passed, failed] = [0, 0];
for (const scenario of scenarios.filter(({ name }) => words.length === 0 || words.includes(name))) {
	const started = Date.now();
	say(`${scenario.name}: ${scenario.title}…`);
	try {
		await scenario.run({ image, directory: fromRoot('.cache', 'iso', 'runs', scenario.name) });
		passed++;
		console.log(`ok     ${scenario.name} (${Math.round((Date.now() - started) / 1000)} s)`);
	} catch (error) {
		failed++;
		console.log(`failed ${scenario.name}: ${error instanceof Error ? error.message : error}`);
	}
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
