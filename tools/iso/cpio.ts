/**
 * Packs a tree as the kernel unpacks it when it starts: names in order, one date, one owner, so that two builds are equal.
 *
 * The kernel takes several archives in one file, one after the other (Linux, Documentation/driver-api/early-userspace/
 * buffer-format.rst). One that is not compressed must begin at a multiple of four bytes, so it goes first.
 */
import { readdir, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { getOutput } from '../setup/run-command.ts';
import { buildEnvironment, type Release } from './release.ts';

export async function packTree(
	tree: string,
	target: string,
	release: Release,
	compression: 'zstd' | 'none',
): Promise<void> {
	const entries = await readdir(tree, { recursive: true });
	for (const entry of [...entries, '.'])
		await utimes(path.join(tree, entry), release.epochSeconds, release.epochSeconds);
	const list = `${target}.names`;
	await writeFile(list, `${['.', ...entries.sort()].join('\n')}\n`);
	// zstd puts a sum behind what it packs: the kernel notices when a byte has changed.
	const then = compression === 'zstd' ? 'zstd -q -19 --check -o "$2"' : 'cat >"$2"';
	const script = `cpio --quiet -o -H newc --reproducible --owner=0:0 <"$1" | ${then}`;
	await getOutput('sh', ['-ec', script, 'sh', list, target], {
		directory: tree,
		environment: buildEnvironment(release),
	});
	await rm(list);
}
