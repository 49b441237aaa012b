/**
 * `npm run generate`: makes every file that is generated.
 *
 * - From the contract in `src/abi`: its structures, the client, the gate's validation, the reference pages.
 * - From the Phosphor family: the glyphs of the `ui` room.
 * - From the lock file: `docs/licences.md`.
 *
 * `npm run check` calls this with `--check`: it fails when one is stale and writes nothing.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { systemCalls } from '../src/abi/system-calls.ts';
import {
	generateClient,
	generateGate,
	generateLayouts,
	generateStructures,
	generateWaitingClient,
} from './generators/contract-code.ts';
import { generateIndexPage, generatePage, generateTypesPage } from './generators/contract-pages.ts';
import { makeGlyphs } from './generators/glyphs.ts';
import { makeLicencesPage } from './generators/licences.ts';
import { fromRoot } from './setup/paths.ts';

const pages = 'docs/syscalls/';

function verifyTable(): void {
	const names = new Set(systemCalls.map((call) => call.name));
	const numbers = new Set(systemCalls.map((call) => call.number));
	if (names.size !== systemCalls.length || numbers.size !== systemCalls.length)
		throw new Error('The contract has a system call twice.');
	for (const call of systemCalls)
		for (const other of call.seeAlso)
			if (!names.has(other)) throw new Error(`${call.name} refers to ${other}, which does not exist.`);
}

/** Every generated file by its path. */
async function makeFiles(): Promise<Map<string, string>> {
	return new Map<string, string>([
		['src/abi/structures.generated.ts', generateStructures()],
		['src/runtime/system-calls.generated.ts', generateClient()],
		['src/runtime/waiting-system-calls.generated.ts', generateWaitingClient()],
		['src/abi/layouts.generated.ts', generateLayouts()],
		['src/kernel/gate.generated.ts', generateGate()],
		[`${pages}README.md`, generateIndexPage()],
		[`${pages}types.md`, generateTypesPage()],
		...systemCalls.map((call) => [`${pages}${call.name}.md`, generatePage(call)] as const),
		...(await makeGlyphs()),
		['docs/licences.md', await makeLicencesPage()],
	]);
}

/** Reference pages of calls that there are no more. */
async function findOrphans(files: ReadonlyMap<string, string>): Promise<string[]> {
	const present = await readdir(fromRoot(pages)).catch(() => []);
	return present.map((name) => pages + name).filter((name) => !files.has(name));
}

async function findStale(files: ReadonlyMap<string, string>): Promise<string[]> {
	const stale: string[] = [];
	for (const [name, text] of files) {
		const current = await readFile(fromRoot(name), 'utf8').catch(() => undefined);
		if (current !== text) stale.push(name);
	}
	return stale;
}

async function main(): Promise<void> {
	verifyTable();
	const files = await makeFiles();
	const orphans = await findOrphans(files);
	const stale = await findStale(files);
	if (process.argv.includes('--check')) {
		if (stale.length + orphans.length === 0) return;
		console.error(`Stale generated files; run \`npm run generate\`:\n  ${[...orphans, ...stale].join('\n  ')}`);
		process.exitCode = 1;
		return;
	}
	await mkdir(fromRoot(pages), { recursive: true });
	for (const name of orphans) await rm(fromRoot(name));
	for (const name of stale) await writeFile(fromRoot(name), files.get(name) ?? '');
}

await main();
