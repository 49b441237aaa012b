/**
 * Seals the medium: who starts first can tell whether what comes next is what was published.
 *
 * | Who | Answers for | By |
 * |---|---|---|
 * | the BIOS loader | the start menu and how it looks | `boot/grub/menu.sums` |
 * | the start menu | the kernel and the first program | `boot/grub/start.sums` |
 * | the first program | every block of the parts, as it is read | the roots of their trees, `/seal/parts` in it |
 * | the first program, when asked | every other file | `/seal/sums`, `/seal/loader` in it |
 *
 * The seal is an archive of its own in front of the first program's, so that it is made last.
 *
 * Invariant: no file of the medium is left out but the two lists, and these fail when they are changed: what they say
 * is then not so.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { hashFile } from '#hosts/node/medium/verify-image.ts';
import { menuSums, startSums } from './boot-menu.ts';
import { packTree } from './cpio.ts';
import type { Release } from './release.ts';
import type { StageRun } from './stage.ts';
import { readSeal } from './verity.ts';

/** The stage and the name of each part. */
const sealedParts = [
	['system', '10-system.squashfs'],
	['vitrine', '20-vitrine.squashfs'],
] as const;

/** The head of the BIOS loader is written when the image is put together: where it stands. */
const loader = { file: 'boot/grub/bios.img', headBytes: 4096 };
const startFiles = ['boot/initramfs.img', 'boot/vmlinuz'];

/** Writes the lists, and the first program with its seal, into the tree that becomes the medium. */
export async function sealMedium(tree: string, run: StageRun, release: Release): Promise<void> {
	const firstProgram = run.from('kernel', 'initramfs.img');
	const files = await listFiles(tree);
	const isMenu = (file: string) => /^boot\/(grub\/(.*\.cfg|.*\.pf2)$|theme\/)/.test(file);
	await writeFile(path.join(tree, menuSums), await makeSums(tree, files.filter(isMenu), '/'));
	const others = files.filter((file) => ![...startFiles, loader.file].includes(file) && !file.endsWith('.squashfs'));
	const lines: string[] = [];
	for (const [stage, name] of sealedParts) {
		const { blocks, root } = await readSeal(run.from(stage, name));
		lines.push(`${name} ${blocks} ${root}\n`);
	}
	const sums = await makeSums(tree, [...others, menuSums.slice(1)], '');
	const loaderBody = (await readFile(path.join(tree, loader.file))).subarray(loader.headBytes);
	const loaderSum = `${createHash('sha256').update(loaderBody).digest('hex')}  -\n`;
	await joinSeal({ parts: lines.join(''), sums, loader: loaderSum }, firstProgram, tree, release);
	await writeFile(path.join(tree, startSums), await makeSums(tree, startFiles, '/'));
}

async function joinSeal(
	seal: Readonly<Record<string, string>>,
	firstProgram: string,
	tree: string,
	release: Release,
): Promise<void> {
	const sealed = `${tree}.seal`;
	await mkdir(path.join(sealed, 'seal'), { recursive: true });
	for (const [name, text] of Object.entries(seal)) await writeFile(path.join(sealed, 'seal', name), text);
	await packTree(sealed, `${sealed}.img`, release, 'none');
	const target = createWriteStream(path.join(tree, 'boot/initramfs.img'));
	await pipeline(createReadStream(`${sealed}.img`), target, { end: false });
	await pipeline(createReadStream(firstProgram), target);
	await rm(`${sealed}.img`);
	await rm(sealed, { recursive: true });
}

/** As sha256sum writes it, with `prefix` before each name. */
async function makeSums(tree: string, files: readonly string[], prefix: string): Promise<string> {
	const lines: string[] = [];
	for (const file of files)
		lines.push(`${(await hashFile(path.join(tree, file), 'sha256')).toString('hex')}  ${prefix}${file}\n`);
	return lines.join('');
}

/** Every file below the tree, by its path from there, in order. */
async function listFiles(tree: string): Promise<string[]> {
	const entries = await readdir(tree, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => path.relative(tree, path.join(entry.parentPath, entry.name)))
		.sort();
}
