/**
 * What the firmware starts: `bios.img` and `hybrid.img` for BIOS (disc and stick), `efi.img` for UEFI, and the font.
 *
 * The UEFI loader is Debian's signed one, so that a PC with Secure Boot takes it. All comes from Debian packages that are
 * unpacked and not installed.
 */
import { copyFile, mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ensureDebianPackage } from '../setup/debian-packages.ts';
import { getOutput } from '../setup/run-command.ts';
import { buildEnvironment, type Release, readRelease } from './release.ts';
import { findProgram } from './requirements.ts';
import type { Stage } from './stage.ts';

/** Built into the BIOS loader, which then reads no module from the medium. */
const biosModules =
	'biosdisk iso9660 part_gpt part_msdos normal configfile linux search search_fs_file test echo ' +
	'all_video vbe vga video gfxterm gfxmenu png font smbios halt reboot minicmd';

/** Where the loader looks first: the medium is the one that holds this file. */
const markFile = '/.disk/info';
const firstWords = `search --no-floppy --file --set=root ${markFile}\nset prefix=($root)/boot/grub\n`;

export const loaderStage: Stage = {
	name: 'loader',
	title: 'Making what the firmware starts',
	files: ['distro/release.json', 'tools/iso/loader-stage.ts'],
	uses: [],
	async run({ directory }) {
		const release = await readRelease();
		const modules = path.join(await ensureDebianPackage('grub-pc-bin'), 'usr/lib/grub/i386-pc');
		await makeBiosLoader(modules, directory);
		await copyFile(path.join(modules, 'boot_hybrid.img'), path.join(directory, 'hybrid.img'));
		const fonts = path.join(await ensureDebianPackage('grub-common'), 'usr/share/grub');
		await copyFile(path.join(fonts, 'unicode.pf2'), path.join(directory, 'font.pf2'));
		await makeEfiImage(directory, release);
	},
};

async function makeBiosLoader(modules: string, directory: string): Promise<void> {
	const words = path.join(directory, 'first.cfg');
	await writeFile(words, firstWords);
	const options = ['-O', 'i386-pc-eltorito', '-d', modules, '-p', '/boot/grub', '-c', words];
	await getOutput('grub-mkimage', [...options, '-o', path.join(directory, 'bios.img'), ...biosModules.split(' ')]);
	await rm(words);
}

/** A FAT file system of 8 MB, with a fixed number and one date for all that is in it. */
async function makeEfiImage(directory: string, release: Release): Promise<void> {
	const shim = await ensureDebianPackage('shim-signed');
	const grub = await ensureDebianPackage('grub-efi-amd64-signed');
	const folder = path.join(directory, 'EFI', 'BOOT');
	await mkdir(folder, { recursive: true });
	await copyFile(path.join(shim, 'usr/lib/shim/shimx64.efi.signed'), path.join(folder, 'BOOTX64.EFI'));
	await copyFile(path.join(grub, 'usr/lib/grub/x86_64-efi-signed/gcdx64.efi.signed'), path.join(folder, 'grubx64.efi'));
	for (const name of [...(await readdir(path.join(directory, 'EFI'), { recursive: true })), '.'])
		await utimes(path.join(directory, 'EFI', name), release.epochSeconds, release.epochSeconds);
	const image = path.join(directory, 'efi.img');
	const environment = buildEnvironment(release);
	const mkfs = findProgram('mkfs.vfat') ?? 'mkfs.vfat';
	await getOutput(mkfs, ['--invariant', '-i', '56495452', '-n', 'VITRINE-EFI', '-C', image, '8192'], { environment });
	await getOutput('mcopy', ['-s', '-m', '-i', image, path.join(directory, 'EFI'), '::'], { environment });
	await rm(path.join(directory, 'EFI'), { recursive: true });
}
