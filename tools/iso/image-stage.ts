/**
 * The image itself: one file that is a disc and a stick, for BIOS and UEFI: `vitrine.iso`.
 *
 * | On it | |
 * |---|---|
 * | `boot/vmlinuz`, `boot/initramfs.img` | the kernel and its first program |
 * | `boot/memtest.bin`, `boot/memtest.efi` | the memory test, for BIOS and for UEFI |
 * | `boot/grub/grub.cfg`, `boot/grub/*.pf2` | the start menu and its letters; `boot/theme` is how it looks |
 * | `boot/grub/menu.sums`, `boot/grub/start.sums` | what the loader holds the menu, the kernel and the first program against |
 * | `vitrine/*.squashfs` | the parts of the image, laid over each other by name |
 * | `vitrine/id`, `vitrine/ID.id` | which medium this is, for the first program and for the loader |
 * | `vitrine/packages.list` | every package with its version and hash |
 */
import { createHash } from 'node:crypto';
import { copyFile, cp, link, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { hashFile } from '#hosts/node/medium/verify-image.ts';
import { fromRoot } from '../setup/paths.ts';
import { getOutput } from '../setup/run-command.ts';
import { makeBootMenu } from './boot-menu.ts';
import { buildEnvironment, type Release, readRelease } from './release.ts';
import { sealMedium } from './seal.ts';
import type { Stage, StageRun } from './stage.ts';

const parts: readonly (readonly [stage: string, file: string, place: string])[] = [
	['kernel', 'vmlinuz', 'boot/vmlinuz'],
	['kernel', 'memtest.bin', 'boot/memtest.bin'],
	['kernel', 'memtest.efi', 'boot/memtest.efi'],
	['loader', 'menu.pf2', 'boot/grub/menu.pf2'],
	['loader', 'text.pf2', 'boot/grub/text.pf2'],
	['loader', 'bios.img', 'boot/grub/bios.img'],
	['system', '10-system.squashfs', 'vitrine/10-system.squashfs'],
	['vitrine', '20-vitrine.squashfs', 'vitrine/20-vitrine.squashfs'],
	['base', 'packages.list', 'vitrine/packages.list'],
];

export const imageStage: Stage = {
	name: 'image',
	title: 'Putting the image together',
	files: [
		...['distro/release.json', 'distro/splash', 'tools/iso/image-stage.ts', 'tools/iso/boot-menu.ts'],
		...['tools/iso/seal.ts', 'tools/iso/cpio.ts', 'tools/iso/verity.ts'],
	],
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
	await sealMedium(tree, run, release);
}

/** Sixteen digits of a hash over what the parts and the menu hold: the same parts, the same medium. */
async function makeId(run: StageRun): Promise<string> {
	const hash = createHash('sha256').update(makeBootMenu(''));
	for (const [stage, file] of [...parts, ['kernel', 'initramfs.img'] as const])
		hash.update(await hashFile(run.from(stage, file), 'sha256'));
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
