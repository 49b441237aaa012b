/**
 * What must be on this machine before the image is built; told all at once, before anything starts.
 */
import { accessSync, constants, existsSync } from 'node:fs';
import { readFile, statfs } from 'node:fs/promises';
import path from 'node:path';
import { cacheDirectory } from '../setup/paths.ts';
import { runCommand } from '../setup/run-command.ts';

export interface Requirement {
	/** By its name, or a file by its path. */
	readonly program: string;
	/** The Debian package that brings it. */
	readonly packageName: string;
}

export const requirements: readonly Requirement[] = [
	{ program: 'mmdebstrap', packageName: 'mmdebstrap' },
	{ program: 'tar2sqfs', packageName: 'squashfs-tools-ng' },
	{ program: 'mksquashfs', packageName: 'squashfs-tools' },
	{ program: 'xorriso', packageName: 'xorriso' },
	{ program: 'grub-mkimage', packageName: 'grub-common' },
	{ program: 'grub-mkfont', packageName: 'grub-common' },
	{ program: 'mkfs.vfat', packageName: 'dosfstools' },
	{ program: 'mcopy', packageName: 'mtools' },
	{ program: 'veritysetup', packageName: 'cryptsetup-bin' },
	{ program: 'cpio', packageName: 'cpio' },
	{ program: 'depmod', packageName: 'kmod' },
	{ program: 'zstd', packageName: 'zstd' },
	{ program: 'xz', packageName: 'xz-utils' },
];

/** What `npm run iso:test` needs beside them. */
export const scenarioRequirements: readonly Requirement[] = [
	{ program: '/usr/share/OVMF/OVMF_CODE_4M.secboot.fd', packageName: 'ovmf' },
	{ program: 'mkfs.ext4', packageName: 'e2fsprogs' },
	{ program: 'minisign', packageName: 'minisign' },
];

const neededBytes = 6 * 1024 ** 3;

/** Directories of programs; an ordinary user's PATH leaves out those of the system, which these tools are in. */
const searchPath = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/sbin'];

export function findProgram(program: string): string | undefined {
	return searchPath.map((directory) => path.join(directory, program)).find(isExecutable);
}

/** The Debian packages of those that are not there, each once. */
export function findMissingPackages(wanted: readonly Requirement[]): string[] {
	const isThere = (program: string) => (path.isAbsolute(program) ? existsSync(program) : findProgram(program));
	return [...new Set(wanted.filter(({ program }) => !isThere(program)).map(({ packageName }) => packageName))];
}

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		// Not there, or not ours to run: both mean that it is missing.
		return false;
	}
}

/** Sentences that say what is missing and how to get it; empty when the build can start. */
export async function findMissing(): Promise<string[]> {
	const missing = findMissingPackages(requirements);
	const sentences: string[] = [];
	if (missing.length > 0)
		sentences.push(`Missing programs. Install them:\n  sudo apt-get install ${missing.join(' ')}`);
	sentences.push(...(await (process.getuid?.() === 0 ? findMissingMounts() : findMissingNamespaces())));
	const { bavail, bsize } = await statfs(path.dirname(cacheDirectory));
	if (bavail * bsize < neededBytes)
		sentences.push(`The build needs ${neededBytes / 1024 ** 3} GB of free space in ${path.dirname(cacheDirectory)}.`);
	return sentences;
}

/** In a container even root may not mount, which installing packages takes. */
async function findMissingMounts(): Promise<string[]> {
	const { status } = await runCommand('unshare', ['--mount', 'true']);
	return status === 0
		? []
		: ['This system lets root mount nothing (a container without that right?): run it elsewhere.'];
}

/** Without root, packages are installed in a user namespace: the kernel and two small programs must allow it. */
async function findMissingNamespaces(): Promise<string[]> {
	const { status } = await runCommand('unshare', ['--user', '--map-root-user', 'true']);
	const sentences: string[] = [];
	if (status !== 0)
		sentences.push('This system allows no user namespaces to an ordinary account: run npm run iso as root.');
	const ranges = await readFile('/etc/subuid', 'utf8').catch(() => '');
	const { USER = '' } = process.env;
	if (findProgram('newuidmap') === undefined || !ranges.split('\n').some((line) => line.startsWith(`${USER}:`)))
		sentences.push(
			`Without root the build needs a range of user numbers:\n  sudo apt-get install uidmap && sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 ${USER}`,
		);
	return sentences;
}
