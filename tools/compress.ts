/**
 * Puts the precompressed forms beside the files of a built site, so that serving costs nothing.
 *
 * What was compressed once is kept in `.cache/compressed` under the hash of its content: the engines take ten seconds
 * the first time and none after that.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { cacheDirectory } from './setup/paths.ts';

const store = path.join(cacheDirectory, 'compressed');
const compressible = /\.(html|js|mjs|css|json|svg|wasm|txt|md|webmanifest|ico|bin|com|exe|img)$/i;
const smallestBytes = 256;
const isFast = process.env.VITRINE_FAST_BUILD === '1';

const forms = [
	{
		suffix: '.br',
		level: isFast ? 5 : 11,
		compress: (content: Buffer, level: number) =>
			promisify(brotliCompress)(content, {
				params: {
					[constants.BROTLI_PARAM_QUALITY]: level,
					[constants.BROTLI_PARAM_SIZE_HINT]: content.length,
				},
			}),
	},
	{
		suffix: '.gz',
		level: isFast ? 6 : 9,
		compress: (content: Buffer, level: number) => promisify(gzip)(content, { level }),
	},
];

/** Compresses every file below `directory` that gets at least a tenth smaller. */
export async function compressSite(directory: string): Promise<void> {
	await mkdir(store, { recursive: true });
	const entries = await readdir(directory, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile() && compressible.test(entry.name));
	await Promise.all(files.map((entry) => compressFile(path.join(entry.parentPath, entry.name))));
}

async function compressFile(file: string): Promise<void> {
	const content = await readFile(file);
	if (content.length < smallestBytes) return;
	const hash = createHash('sha256').update(content).digest('hex');
	for (const { suffix, level, compress } of forms) {
		const kept = path.join(store, `${hash}-${level}${suffix}`);
		let form = await readFile(kept).catch(() => undefined);
		if (form === undefined) {
			form = await compress(content, level);
			const aside = `${kept}.${randomUUID()}`;
			await writeFile(aside, form);
			await rename(aside, kept);
		}
		if (form.length < content.length * 0.9) await writeFile(file + suffix, form);
	}
}
