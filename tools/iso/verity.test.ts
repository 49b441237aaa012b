import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { findProgram } from './requirements.ts';
import { readSeal, sealPart, verityBlockBytes } from './verity.ts';

const skip = findProgram('veritysetup') === undefined ? 'veritysetup (cryptsetup-bin) is not installed' : false;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

/** The tree as the kernel's documentation describes it: the hashes of all blocks in blocks, again until one is left. */
function computeTree(blocks: Buffer): { tree: Buffer; root: string } {
	const level: Buffer[] = [];
	for (let place = 0; place < blocks.length; place += verityBlockBytes)
		level.push(sha256(blocks.subarray(place, place + verityBlockBytes)));
	const bytes = Buffer.concat(level);
	const padded = Buffer.alloc(Math.ceil(bytes.length / verityBlockBytes) * verityBlockBytes);
	bytes.copy(padded);
	if (padded.length === verityBlockBytes) return { tree: padded, root: sha256(padded).toString('hex') };
	const above = computeTree(padded);
	return { tree: Buffer.concat([above.tree, padded]), root: above.root };
}

test('A sealed part is the part, filled up to a block, and the tree of its hashes', { skip }, async () => {
	const directory = await mkdtemp(path.join(tmpdir(), 'vitrine-verity-'));
	try {
		const file = path.join(directory, 'part');
		// Two levels: more blocks than one block has room for hashes.
		const part = Buffer.alloc(200 * verityBlockBytes - 1000);
		for (let place = 0; place < part.length; place += 7) part[place] = place % 251;
		await writeFile(file, part);
		await sealPart(file);
		const sealed = await readFile(file);
		const blocks = Buffer.alloc(200 * verityBlockBytes);
		part.copy(blocks);
		const { tree, root } = computeTree(blocks);
		assert.deepEqual(await readSeal(file), { blocks: 200, root });
		assert.ok(sealed.equals(Buffer.concat([blocks, tree])));
	} finally {
		await rm(directory, { recursive: true });
	}
});
