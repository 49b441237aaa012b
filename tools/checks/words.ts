/**
 * What no file of the repository may say: paths of one machine, hosts of package registries, marks of unfinished work.
 *
 * Each word stands here in two halves, so that this file keeps its own rule.
 */
import { readFile } from 'node:fs/promises';
import { fromRoot } from '../setup/paths.ts';
import { listSourceFiles } from '../setup/source-files.ts';

export interface ForbiddenWords {
	readonly pattern: RegExp;
	readonly cure: string;
	/** Files to which it does not apply. */
	readonly except?: RegExp;
}

export const forbiddenWords: readonly ForbiddenWords[] = [
	{
		pattern: new RegExp(`(^|[\\s'"\`(])/(${['wo', 'rk'].join('')}|${['ro', 'ot'].join('')})/`, 'm'),
		cure: 'Write a path from the root of the repository.',
		except: /^src\/programs\/sh\/|\.test\.ts$/,
	},
	{
		pattern: new RegExp(`registry\\.${['npm', 'js'].join('')}|deb\\.${['debi', 'an'].join('')}`, 'i'),
		cure: 'Name the package, not the host that it came from.',
	},
	{
		pattern: new RegExp(`\\b(${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')}|${['XX', 'X'].join('')})\\b`),
		cure: 'Finish it, or file an issue and delete the mark.',
	},
	{
		pattern: new RegExp(`@ts-(${['ign', 'ore'].join('')}|${['noch', 'eck'].join('')})`),
		cure: 'Mend the type.',
	},
];

const texts = /\.(ts|tsx|mjs|js|json|md|css|html|asm|sh|svg)$|^\.ci\/|^\.gitignore$|^\.npmrc$/;

export async function checkWords(): Promise<string[]> {
	const breaches: string[] = [];
	for (const file of (await listSourceFiles()).filter((name) => texts.test(name))) {
		const text = await readFile(fromRoot(file), 'utf8').catch(() => '');
		breaches.push(...findForbiddenWords(file, text));
	}
	return breaches;
}

export function findForbiddenWords(file: string, text: string): string[] {
	const breaches: string[] = [];
	for (const { pattern, cure, except } of forbiddenWords) {
		const match = pattern.exec(text);
		if (match === null || except?.test(file)) continue;
		const line = text.slice(0, match.index + 1).split('\n').length;
		breaches.push(`${file}:${line} says ${JSON.stringify(match[0].trim())}. ${cure}`);
	}
	return breaches;
}
