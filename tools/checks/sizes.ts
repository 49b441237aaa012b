/** How long the files are: a report, and a breach for the file that should be two. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fromRoot } from '../setup/paths.ts';

const longestLines = 500;

export interface FileSize {
	readonly file: string;
	readonly lines: number;
}

export async function checkSizes(): Promise<string[]> {
	const sizes = await measureSources();
	const sorted = sizes.map(({ lines }) => lines).sort((a, b) => a - b);
	const at = (fraction: number): number => sorted[Math.floor((sorted.length - 1) * fraction)] ?? 0;
	const total = sorted.reduce((sum, lines) => sum + lines, 0);
	console.log(`       ${sizes.length} files, ${total} lines; a file: median ${at(0.5)}, 95th percentile ${at(0.95)}.`);
	return findLongFiles(sizes);
}

export function findLongFiles(sizes: readonly FileSize[]): string[] {
	return sizes
		.filter(({ lines }) => lines > longestLines)
		.map(
			({ file, lines }) => `${file} has ${lines} lines. Give each of its concepts a file (at most ${longestLines}).`,
		);
}

async function measureSources(): Promise<FileSize[]> {
	const sizes: FileSize[] = [];
	const entries = await readdir(fromRoot('src'), { recursive: true, withFileTypes: true });
	for (const entry of entries) {
		if (!entry.isFile() || !/(?<!generated|\.test|\.d)\.tsx?$/.test(entry.name)) continue;
		const file = path.join(entry.parentPath, entry.name);
		const text = await readFile(file, 'utf8');
		sizes.push({ file: path.relative(fromRoot(), file), lines: text.split('\n').length - 1 });
	}
	return sizes;
}
