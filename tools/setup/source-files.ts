/**
 * The files of the repository, without what `.gitignore` names. Git itself is not needed: who has the sources from an
 * archive can run the checks too.
 *
 * Rule of use: `.gitignore` here holds lines of two forms, `folder/` and `*.ending`, and this reads those. A third one, a
 * plain name, keeps a link of that name out of Git; here it says nothing new.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fromRoot } from './paths.ts';

/** Paths from the root, with `/`, in order. */
export async function listSourceFiles(): Promise<string[]> {
	const lines = (await readFile(fromRoot('.gitignore'), 'utf8')).split('\n').filter((line) => line !== '');
	const folders = new Set(['.git', ...lines.filter((line) => line.endsWith('/')).map((line) => line.slice(0, -1))]);
	const endings = lines.filter((line) => line.startsWith('*')).map((line) => line.slice(1));
	const files: string[] = [];
	const walk = async (folder: string): Promise<void> => {
		for (const entry of await readdir(fromRoot(folder), { withFileTypes: true })) {
			const name = path.posix.join(folder, entry.name);
			if (entry.isDirectory() && !folders.has(entry.name)) await walk(name);
			else if (entry.isFile() && !endings.some((ending) => name.endsWith(ending))) files.push(name);
		}
	};
	await walk('');
	return files.sort();
}
