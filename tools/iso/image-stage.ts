/**
 * The image itself: one file that is a disc and a stick, for BIOS and UEFI: `vitrine.iso`.
 *
 * | On it | |
 * |---|---|
 * | `boot/vmlinuz`, `boot/initramfs.img` | the kernel and its first program |
 * | `boot/grub/grub.cfg`, `boot/grub/font.pf2` | the start menu; `boot/theme` is how it looks |
 * | `vitrine/*.squashfs` | the parts of the image, laid over each other by name |
 * | `vitrine/id`, `vitrine/ID.id` | which medium this is, for the first program and for the loader |
 * | `vitrine/packages.list` | every package with its version and hash |
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, cp, link, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fromRoot } from '../setup/paths.ts';
import { getOutput } from '../setup/run-command.ts';
import { makeBootMenu } from './boot-menu.ts';
import { buildEnvironment, type Release, readRelease } from './release.ts';
import type { Stage, StageRun } from './stage.ts';

const parts: readonly (readonly [stage: string, file: string, place: string])[] = [
	['kernel', 'vmlinuz', 'boot/vmlinuz'],
	['kernel', 'initramfs.img', 'boot/initramfs.img'],
	['loader', 'font.pf2', 'boot/grub/font.pf2'],
	['loader', 'bios.img', 'boot/grub/bios.img'],
	['system', '10-system.squashfs', 'vitrine/10-system.squashfs'],
	['vitrine', '20-vitrine.squashfs', 'vitrine/20-vitrine.squashfs'],
	['base', 'packages.list', 'vitrine/packages.list'],
];

export const imageStage: Stage = {
	name: 'image',
	title: 'Putting the image together',
	files: ['distro/release.json', 'distro/splash', 'tools/iso/image-stage.ts', 'tools/iso/boot-menu.ts'],
	uses: ['base', 'kernel', 'system', 'vitrine', 'loader'],
	async run(run) {
		const release = await readRelease();
		const tree = path.join(run.directory, 'tree');
		await layOut(tree, run, release);
		const image = path.join(run.directory, 'vitrine.iso');
		await getOutput('xorriso', xorrisoWords(tree, image, run, release), { environment: buildEnvironment(release) });
		await rm(tree, { recursive: true });
	},
};

async function layOut(tree: string, run: StageRun, release: Release): Promise<void> {
	for (const folder of ['boot/grub', 'vitrine', '.disk']) await mkdir(path.join(tree, folder), { recursive: true });
	// A link where it can be, since the parts are large.
	for (const [stage, file, place] of parts)
		await link(run.from(stage, file), path.join(tree, place)).catch(() =>
			copyFile(run.from(stage, file), path.join(tree, place)),
		);
	await cp(fromRoot('distro/splash'), path.join(tree, 'boot/theme'), { recursive: true });
	const id = await makeId(run);
	await writeFile(path.join(tree, 'boot/grub/grub.cfg'), makeBootMenu(id));
	await writeFile(path.join(tree, 'vitrine/id'), `${id}\n`);
	await writeFile(path.join(tree, `vitrine/${id}.id`), '');
	await writeFile(path.join(tree, '.disk/info'), `Vitrine ${release.version}\n`);
}

/** Sixteen digits of a hash over what the parts hold: the same parts, the same medium. */
async function makeId(run: StageRun): Promise<string> {
	const hash = createHash('sha256');
	for (const [stage, file] of parts) await pipeline(createReadStream(run.from(stage, file)), hash, { end: false });
	return hash.digest('hex').slice(0, 16);
}

/**
 * One file system, two boot records of a disc (BIOS, UEFI) and the partition tables of a stick (an MBR that GRUB starts
 * from, a GPT with the UEFI partition).
 */
function xorrisoWords(tree: string, image: string, run: StageRun, release: Release): string[] {
	const [hybrid, efi] = [run.from('loader', 'hybrid.img'), run.from('loader', 'efi.img')];
	const stamp = new Date(release.epochSeconds * 1000).toISOString().replace(/\D/g, '').slice(0, 16);
	return [
		...['-report_about', 'WARNING', '-as', 'mkisofs', '-r', '-V', 'VITRINE', '-J', '-joliet-long', '-iso-level', '3'],
		...['-o', image, `--modification-date=${stamp}`, '--set_all_file_dates', stamp, '-uid', '0', '-gid', '0'],
		...['--gpt_disk_guid', 'modification-date', '--grub2-mbr', hybrid, '--protective-msdos-label'],
		...['-partition_cyl_align', 'off', '-partition_offset', '16', '--mbr-force-bootable'],
		...['-append_partition', '2', '0xef', efi, '-appended_part_as_gpt'],
		...['-c', 'boot/boot.cat', '-b', 'boot/grub/bios.img', '-no-emul-boot', '-boot-load-size', '4'],
		...['-boot-info-table', '--grub2-boot-info', '-eltorito-alt-boot', '-e', '--interval:appended_partition_2:::'],
		...['-no-emul-boot', tree],
	];
}
