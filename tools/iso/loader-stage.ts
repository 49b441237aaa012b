/**
 * What the firmware starts: `bios.img` and `hybrid.img` for BIOS (disc and stick), `efi.img` for UEFI, and the letters of
 * the start menu. For an installed disk (`src/hosts/pc/installed-disk`), in `installed/`: `boot.img`, `core.img` and
 * `esp.img`, its whole partition VITRINE-BOOT.
 *
 * The UEFI loader is Debian's signed one, so that a PC with Secure Boot takes it. All comes from Debian packages that are
 * unpacked and not installed.
 */
import { copyFile, mkdir, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeEnvironmentBlock } from '#hosts/pc/installed-disk/environment-block.ts';
import { bootPartitionBytes } from '#hosts/pc/installed-disk/layout.ts';
import { ensureDebianPackage } from '../setup/debian-packages.ts';
import { fromRoot } from '../setup/paths.ts';
import { getOutput } from '../setup/run-command.ts';
import { makeFirstMenu } from './boot-menu.ts';
import { buildEnvironment, type Release, readRelease } from './release.ts';
import { findProgram } from './requirements.ts';
import type { Stage } from './stage.ts';

/** What it is taken from. */
export const loaderPackages = ['grub-common', 'grub-efi-amd64-signed', 'grub-pc-bin', 'shim-signed'];

/** Built into the BIOS loader, which then reads no module from the medium. */
const biosModules =
	'biosdisk iso9660 part_gpt part_msdos memdisk tar normal configfile linux search search_fs_file test true echo ' +
	'regexp hashsum gcry_sha256 sleep vbe video gfxterm gfxmenu png font smbios halt reboot minicmd';

/** The same for an installed disk, where it reads its menu and its state from FAT and the image from a slot. */
const installedModules = `${biosModules} fat loadenv`;

/** Where the loader looks first: the medium is the one that holds this file. */
const markFile = '/.disk/info';

/** Letters of Western Europe, and the dashes, quotation marks and dots of running text. */
const letters = '0x20-0x7e,0xa0-0xff,0x2013-0x2014,0x2018-0x201d,0x2026-0x2026';

const menuFonts = [
	['menu.pf2', 'LiberationSans-Regular.ttf', '22'],
	['text.pf2', 'LiberationMono-Regular.ttf', '20'],
] as const;

export const loaderStage: Stage = {
	name: 'loader',
	title: 'Making what the firmware starts',
	files: [
		'distro/release.json',
		'distro/loader',
		'src/hosts/pc/installed-disk/environment-block.ts',
		'src/hosts/pc/installed-disk/layout.ts',
		'tools/iso/loader-stage.ts',
		'tools/iso/boot-menu.ts',
	],
	uses: [],
	values: async () => (await readRelease()).version,
	async run({ directory }) {
		const release = await readRelease();
		const modules = path.join(await ensureDebianPackage('grub-pc-bin'), 'usr/lib/grub/i386-pc');
		await makeBiosLoader(modules, directory, release);
		await copyFile(path.join(modules, 'boot_hybrid.img'), path.join(directory, 'hybrid.img'));
		const fonts = path.join(await ensureDebianPackage('fonts-liberation'), 'usr/share/fonts/truetype/liberation');
		for (const [name, font, size] of menuFonts) {
			const words = ['-s', size, '-r', letters, '-o', path.join(directory, name), path.join(fonts, font)];
			await getOutput('grub-mkfont', words);
		}
		await makeEfiImage(directory, release);
		await makeInstalledLoader(modules, path.join(directory, 'installed'), release);
	},
};

/** With an archive of its own in it, since only a file can hold more than a row of commands. */
async function makeBiosLoader(modules: string, directory: string, release: Release): Promise<void> {
	const [tree, archive] = [path.join(directory, 'first'), path.join(directory, 'first.tar')];
	await mkdir(path.join(tree, 'boot/grub'), { recursive: true });
	await writeFile(path.join(tree, 'boot/grub/grub.cfg'), makeFirstMenu(markFile));
	const owner = ['--owner=0', '--group=0', '--mode=644', `--mtime=@${release.epochSeconds}`];
	const words = ['--create', '--format=ustar', ...owner, '-f', archive, '-C', tree, 'boot/grub/grub.cfg'];
	await getOutput('tar', words);
	const options = ['-O', 'i386-pc-eltorito', '-d', modules, '-p', '(memdisk)/boot/grub', '-m', archive];
	await getOutput('grub-mkimage', [...options, '-o', path.join(directory, 'bios.img'), ...biosModules.split(' ')]);
	await Promise.all([tree, archive].map((made) => rm(made, { recursive: true })));
}

/** A FAT file system of 8 MB. */
async function makeEfiImage(directory: string, release: Release): Promise<void> {
	const tree = path.join(directory, 'efi');
	await copyEfiLoader(tree);
	await makeFat(path.join(directory, 'efi.img'), tree, { name: 'VITRINE-EFI', kibibytes: 8192, options: [], release });
	await rm(tree, { recursive: true });
}

/**
 * The loader of an installed disk. BIOS: the boot record, and a core that reads `grub.cfg` on the second partition of the
 * disk that it was started from. UEFI: the signed loader looks for its menu in `/boot/grub` beside itself.
 */
async function makeInstalledLoader(modules: string, directory: string, release: Release): Promise<void> {
	const tree = path.join(directory, 'esp');
	await copyEfiLoader(tree);
	for (const folder of ['boot/grub', 'vitrine']) await mkdir(path.join(tree, folder), { recursive: true });
	await copyFile(fromRoot('distro/loader/grub.cfg'), path.join(tree, 'boot/grub/grub.cfg'));
	const state = new Map([
		['good', 'a'],
		['version_a', release.version],
	]);
	await writeFile(path.join(tree, 'vitrine/grubenv'), makeEnvironmentBlock(state));
	// One cluster is one sector: the state's file then begins with exactly the sector that is written.
	const shape = { kibibytes: bootPartitionBytes / 1024, options: ['-F', '32', '-s', '1'], release };
	await makeFat(path.join(directory, 'esp.img'), tree, { name: 'VITRINEBOOT', ...shape });
	await rm(tree, { recursive: true });
	await copyFile(path.join(modules, 'boot.img'), path.join(directory, 'boot.img'));
	const options = ['-O', 'i386-pc', '-d', modules, '-p', '(,gpt2)/boot/grub', '-o', path.join(directory, 'core.img')];
	await getOutput('grub-mkimage', [...options, ...installedModules.split(' ')]);
}

async function copyEfiLoader(tree: string): Promise<void> {
	const shim = await ensureDebianPackage('shim-signed');
	const grub = await ensureDebianPackage('grub-efi-amd64-signed');
	const folder = path.join(tree, 'EFI', 'BOOT');
	await mkdir(folder, { recursive: true });
	await copyFile(path.join(shim, 'usr/lib/shim/shimx64.efi.signed'), path.join(folder, 'BOOTX64.EFI'));
	await copyFile(path.join(grub, 'usr/lib/grub/x86_64-efi-signed/gcdx64.efi.signed'), path.join(folder, 'grubx64.efi'));
}

interface FatShape {
	readonly name: string;
	readonly kibibytes: number;
	/** More words for mkfs.vfat. */
	readonly options: readonly string[];
	readonly release: Release;
}

/** Everything of `tree` in a FAT file system, with a fixed number and one date for all that is in it. */
async function makeFat(image: string, tree: string, { name, kibibytes, options, release }: FatShape): Promise<void> {
	const entries = await readdir(tree, { recursive: true });
	for (const entry of [...entries, '.'])
		await utimes(path.join(tree, entry), release.epochSeconds, release.epochSeconds);
	const environment = buildEnvironment(release);
	const mkfs = findProgram('mkfs.vfat') ?? 'mkfs.vfat';
	const words = ['--invariant', '-i', '56495452', '-n', name, ...options, '-C', image, String(kibibytes)];
	await getOutput(mkfs, words, { environment });
	// One by one, since a folder's own order differs from one build to the next.
	for (const entry of entries.sort()) {
		const source = path.join(tree, entry);
		const isFolder = (await stat(source)).isDirectory();
		if (isFolder) await getOutput('mmd', ['-i', image, `::${entry}`], { environment });
		else await getOutput('mcopy', ['-m', '-i', image, source, `::${entry}`], { environment });
	}
}
