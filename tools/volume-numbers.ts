/**
 * The rows of `docs/volume-numbers.md`: each belongs to one campaign or benchmark, which replaces it with `--record`.
 *
 * A row ends with a comment that names it: `| tried | found | date | <!-- power -->`.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fromRoot } from './setup/paths.ts';

const file = fromRoot('docs', 'volume-numbers.md');

export async function recordProof(name: string, outcome: { tried: string; found: string }): Promise<void> {
	const date = new Date().toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
	await replaceRow(name, `| ${outcome.tried} | ${outcome.found} | ${date} | <!-- ${name} -->`);
}

/** Puts `row` in the place of the one that is named so. */
export async function replaceRow(name: string, row: string): Promise<void> {
	const text = await readFile(file, 'utf8');
	const lines = text.split('\n');
	const at = lines.findIndex((line) => line.endsWith(`<!-- ${name} -->`));
	if (at < 0) throw new Error(`${file} has no row named ${name}`);
	lines[at] = row;
	await writeFile(file, lines.join('\n'));
}
