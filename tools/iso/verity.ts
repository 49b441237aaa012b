/**
 * Makes a part of the image one that the kernel checks while it reads: behind its blocks stand their hashes, as a tree
 * whose root is known to the first program (dm-verity, Linux, Documentation/admin-guide/device-mapper/verity.rst).
 *
 * | A sealed part | |
 * |---|---|
 * | blocks 0 … N-1 of 4096 bytes | the squashfs |
 * | from block N | the tree: SHA-256, no salt, no header |
 *
 * Invariants: the same part gives the same tree, since nothing in it is chosen at random.
 */
import { readFile, rename, stat, truncate, writeFile } from 'node:fs/promises';
import { getOutput } from '../setup/run-command.ts';
import { findProgram } from './requirements.ts';

export const verityBlockBytes = 4096;

/** What must be known of a sealed part to read it. */
export interface SealedPart {
	/** How many blocks of the file are the part itself; the tree begins behind them. */
	readonly blocks: number;
	/** The hash at the top of the tree, in hexadecimal digits. */
	readonly root: string;
}

/** Puts the tree behind the part, and what must be known of it into `FILE.seal`. */
export async function sealPart(file: string): Promise<void> {
	const unsealed = `${file}.unsealed`;
	await rename(file, unsealed);
	const blocks = Math.ceil((await stat(unsealed)).size / verityBlockBytes);
	const offset = blocks * verityBlockBytes;
	await truncate(unsealed, offset);
	const output = await getOutput(findProgram('veritysetup') ?? 'veritysetup', [
		'format',
		...['--no-superblock', '--hash=sha256', '--salt=-', `--data-blocks=${blocks}`, `--hash-offset=${offset}`],
		...[`--data-block-size=${verityBlockBytes}`, `--hash-block-size=${verityBlockBytes}`],
		...[unsealed, unsealed],
	]);
	const root = /^Root hash:\s+([0-9a-f]{64})$/m.exec(output)?.[1];
	if (root === undefined) throw new Error(`veritysetup gave no root hash:\n${output}`);
	await writeFile(`${file}.seal`, `${blocks} ${root}\n`);
	await rename(unsealed, file);
}

export async function readSeal(file: string): Promise<SealedPart> {
	const [, blocks, root] = /^(\d+) ([0-9a-f]{64})\n$/.exec(await readFile(`${file}.seal`, 'utf8')) ?? [];
	if (blocks === undefined || root === undefined) throw new Error(`${file}.seal is not what sealPart writes.`);
	return { blocks: Number(blocks), root };
}
