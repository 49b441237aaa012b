/**
 * What the image is measured against: a plain Debian live system that shows the same page, served by the same program, in the
 * same Chromium; started by GRUB, Debian's own initramfs and systemd. Built by the same tools with the same compression.
 *
 * It has what a person would have who follows Debian's manuals, without what Debian only recommends; what is done in its
 * favour stands in `root/etc/systemd/system/kiosk.service`.
 */
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { compressArchive, compressionWords } from '../../tools/iso/compress-archive.ts';
import { fetchArchives } from '../../tools/iso/fetch-stage.ts';
import { formatArchives } from '../../tools/iso/inputs.ts';
import { makeRepository, repositoryLine } from '../../tools/iso/local-repository.ts';
import { readReasonedList } from '../../tools/iso/reasoned-list.ts';
import { readRelease } from '../../tools/iso/release.ts';
import type { Stage, StageRun } from '../../tools/iso/stage.ts';
import { ensureDebianPackage } from '../../tools/setup/debian-packages.ts';
import { fromRoot } from '../../tools/setup/paths.ts';
import { getOutput } from '../../tools/setup/run-command.ts';

const packageList = 'bench/kiosk/packages';
const listFile = 'debs.list';

const fetchStage: Stage = {
	name: 'kiosk-fetch',
	title: 'Fetching the packages of the plain kiosk',
	files: [packageList, 'distro/release.json'],
	uses: [],
	outcome: (directory) => readFile(path.join(directory, listFile), 'utf8'),
	async run({ directory }) {
		// A system that a person builds has apt.
		const archives = await fetchArchives(directory, ['apt', ...(await readReasonedList(packageList))]);
		await makeRepository(path.join(directory, 'repository'), archives, await readRelease());
		await writeFile(path.join(directory, listFile), formatArchives(archives));
	},
};

/** `base.tar`, and beside it the kernel and the initramfs that Debian's tools made for it. */
const baseStage: Stage = {
	name: 'kiosk-base',
	title: 'Installing the plain kiosk',
	files: [packageList, 'bench/kiosk/root', 'bench/kiosk/set-up', 'bench/kiosk/stages.ts'],
	uses: ['kiosk-fetch', 'vitrine'],
	async run({ directory, from }) {
		const { suite } = await readRelease();
		const page = path.join(directory, 'page');
		const parts = ['usr/share/vitrine/site', 'usr/lib/vitrine/host.mjs'];
		await getOutput('unsquashfs', [
			'-quiet',
			'-no-progress',
			'-dest',
			page,
			from('vitrine', '20-vitrine.squashfs'),
			...parts,
		]);
		await getOutput('mmdebstrap', [
			`--mode=${process.getuid?.() === 0 ? 'root' : 'unshare'}`,
			'--variant=apt',
			'--format=tar',
			`--include=${(await readReasonedList(packageList)).join(',')}`,
			'--aptopt=APT::Install-Recommends "false"',
			`--customize-hook='${fromRoot('bench/kiosk/set-up')}' "$1" '${fromRoot('bench/kiosk/root')}' '${page}' '${directory}'`,
			suite,
			path.join(directory, 'base.tar'),
			repositoryLine(from('kiosk-fetch', 'repository')),
		]);
		await rm(page, { recursive: true });
	},
};

const imageStage: Stage = {
	name: 'kiosk-image',
	title: 'Putting the image of the plain kiosk together',
	files: ['bench/kiosk/stages.ts', 'tools/iso/compress-archive.ts'],
	uses: ['kiosk-base'],
	values: async () => compressionWords.join(' '),
	async run(run) {
		const tree = path.join(run.directory, 'tree');
		await layOut(tree, run);
		await makeLoader(path.join(tree, 'boot/grub/bios.img'));
		const boot = ['-b', 'boot/grub/bios.img', '-no-emul-boot', '-boot-load-size', '4', '-boot-info-table'];
		const words = ['-report_about', 'WARNING', '-as', 'mkisofs', '-r', '-V', 'KIOSK', '-iso-level', '3', ...boot];
		await getOutput('xorriso', [...words, '--grub2-boot-info', '-o', path.join(run.directory, 'kiosk.iso'), tree]);
		await rm(tree, { recursive: true });
	},
};

/** As Debian's live images are laid out. */
async function layOut(tree: string, { from }: StageRun): Promise<void> {
	for (const folder of ['boot/grub', 'live', '.disk']) await mkdir(path.join(tree, folder), { recursive: true });
	const archive = from('kiosk-base', 'base.tar');
	const target = path.join(tree, 'live/filesystem.squashfs');
	await compressArchive(archive, target, { without: ['./boot', './dev/*'], release: await readRelease() });
	for (const file of ['vmlinuz', 'initrd.img']) await copyFile(from('kiosk-base', file), path.join(tree, 'live', file));
	await writeFile(path.join(tree, '.disk/info'), 'Kiosk\n');
	// A busy machine emulates the timer so late that the kernel would not trust it; our own image gets the same word in tests.
	const entry = 'linux /live/vmlinuz boot=live quiet no_timer_check\n\tinitrd /live/initrd.img';
	await writeFile(path.join(tree, 'boot/grub/grub.cfg'), `set timeout=0\nmenuentry "Kiosk" {\n\t${entry}\n}\n`);
}

/** A loader of its own: Vitrine's starts only what stands in its list of sums. */
async function makeLoader(target: string): Promise<void> {
	const modules = path.join(await ensureDebianPackage('grub-pc-bin'), 'usr/lib/grub/i386-pc');
	const options = ['-O', 'i386-pc-eltorito', '-d', modules, '-p', '/boot/grub', '-o', target];
	await getOutput('grub-mkimage', [...options, 'biosdisk', 'iso9660', 'normal', 'configfile', 'linux', 'echo']);
}

export const kioskStages: readonly Stage[] = [fetchStage, baseStage, imageStage];
