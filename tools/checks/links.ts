/** Whether every relative link of the Markdown pages leads to something. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fromRoot } from '../setup/paths.ts';
import { listSourceFiles } from '../setup/source-files.ts';

const link = /\]\(([^)\s]+)\)/g;

export async function checkLinks(): Promise<string[]> {
	const breaches: string[] = [];
	for (const page of (await listSourceFiles()).filter((name) => name.endsWith('.md'))) {
		const text = await readFile(fromRoot(page), 'utf8').catch(() => '');
		for (const target of findRelativeLinks(text)) {
			const file = path.join(path.dirname(page), target);
			if (await isMissing(fromRoot(file)))
				breaches.push(`${page} links to ${target}, which does not exist. Mend the link.`);
		}
	}
	return breaches;
}

/** The targets of links inside the repository, without their anchors. */
export function findRelativeLinks(text: string): string[] {
	return [...text.matchAll(link)]
		.map((match) => (match[1] ?? '').replace(/#.*$/, ''))
		.filter((target) => target !== '' && !/^[a-z]+:/.test(target));
}

function isMissing(file: string): Promise<boolean> {
	return stat(file).then(
		() => false,
		() => true,
	);
}
