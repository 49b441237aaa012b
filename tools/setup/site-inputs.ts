/** What the built site depends on, as one hash: equal hashes mean that a build would change nothing. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fromRoot } from './paths.ts';

const inputs = [
	'src',
	'samples',
	'docs/licences.md',
	'tools/build.ts',
	'tools/engines.ts',
	'tools/first-chunks.ts',
	'tools/paint-first.ts',
	'tools/slim-sqlite.ts',
	'vite.config.ts',
	'package.json',
	'package-lock.json',
];

export async function hashSiteInputs(): Promise<string> {
	const hash = createHash('sha256').update(`fast ${process.env.VITRINE_FAST_BUILD === '1'}\0`);
	for (const file of await listFiles()) {
		hash.update(`${file}\0`);
		hash.update(await readFile(fromRoot(file)).catch(() => 'absent'));
	}
	return hash.digest('hex').slice(0, 16);
}

async function listFiles(): Promise<string[]> {
	const files: string[] = [];
	for (const input of inputs) {
		if (path.extname(input) !== '') {
			files.push(input);
			continue;
		}
		const entries = await readdir(fromRoot(input), { recursive: true, withFileTypes: true }).catch(() => []);
		for (const entry of entries)
			if (entry.isFile() && !/\.(test\.tsx?|md)$/.test(entry.name))
				files.push(path.relative(fromRoot(), path.join(entry.parentPath, entry.name)));
	}
	return files.sort();
}
