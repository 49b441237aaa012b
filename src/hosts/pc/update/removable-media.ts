/**
 * The sticks, cards and discs of the PC, as folders to look for updates in.
 *
 * Rules of use: they are looked at only when a person asks, since reading a file system trusts the kernel's driver for it.
 *
 * Invariants: what this mounts is read-only, runs nothing and makes no devices, and is unmounted again. What is mounted
 * already is used where it is. The disk that the system was started from is no removable medium.
 */
import { mkdir, readdir, readFile, realpath, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { runTool, tryTool } from '../keeper/run-tool.ts';
import type { SystemRoot } from './installed-system.ts';

/** File systems of sticks and discs; others are not tried. */
const types = 'vfat,exfat,ntfs3,ext4,iso9660,udf';
const caution = 'ro,nosuid,nodev,noexec,nosymfollow';
/** What is no medium that a person plugs in. */
const innerDevices = /^(loop|ram|zram|fd|dm-|md|nbd)/;

export interface Medium {
	/** Its name in Linux, such as `sdb1`. */
	readonly device: string;
	/** What a person knows it by: its label, else its model. */
	readonly place: string;
}

export async function listMedia({ root }: SystemRoot): Promise<Medium[]> {
	const blocks = path.join(root, 'sys/class/block');
	const medium = path.basename((await read(path.join(root, 'run/vitrine-medium'))) || 'none');
	const own = await realpath(path.join(blocks, medium)).catch(() => '');
	const media: Medium[] = [];
	for (const device of (await readdir(blocks)).sort()) {
		const place = await realpath(path.join(blocks, device));
		const isOwn =
			own !== '' && (own === place || own.startsWith(`${place}/`) || path.dirname(own) === path.dirname(place));
		if (innerDevices.test(device) || isOwn || !(await isRemovable(place))) continue;
		if ((await read(path.join(place, 'size'))) !== '0')
			media.push({ device, place: await nameMedium(root, place, device) });
	}
	return media;
}

/** Gives `use` the folder in which a medium is mounted; `undefined` when it holds no file system of a kind that is read. */
export async function withMounted<Result>(
	{ root }: SystemRoot,
	device: string,
	use: (folder: string) => Promise<Result>,
): Promise<Result | undefined> {
	const there = await findMount(root, device);
	if (there !== undefined) return await use(there);
	const folder = path.join(root, 'run/vitrine-updates', device);
	await mkdir(folder, { recursive: true });
	const { status } = await tryTool('mount', ['-t', types, '-o', caution, path.join(root, 'dev', device), folder]);
	try {
		return status === 0 ? await use(folder) : undefined;
	} finally {
		if (status === 0) await runTool('umount', [folder]);
		await rmdir(folder);
	}
}

async function findMount(root: string, device: string): Promise<string | undefined> {
	const lines = (await read(path.join(root, 'proc/mounts'))).split('\n').map((line) => line.split(' '));
	const found = lines.find(([source]) => source === `/dev/${device}`)?.[1];
	// Spaces and the like are told in octal (proc(5), fstab(5)).
	return found?.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

/** By the kernel's word, or because it hangs on USB: a disk in a USB case says that it is none. */
async function isRemovable(place: string): Promise<boolean> {
	if (/\/usb\d+\//.test(place)) return true;
	for (const folder of [place, path.dirname(place)])
		if ((await read(path.join(folder, 'removable'))) === '1') return true;
	return false;
}

async function nameMedium(root: string, place: string, device: string): Promise<string> {
	const { output } = await tryTool('blkid', ['-o', 'value', '-s', 'LABEL', path.join(root, 'dev', device)]);
	const words: string[] = [output.trim()];
	for (const folder of [place, path.dirname(place)])
		words.push(
			[await read(path.join(folder, 'device/vendor')), await read(path.join(folder, 'device/model'))].join(' ').trim(),
		);
	return words.find((word) => word !== '') ?? device;
}

function read(file: string): Promise<string> {
	return readFile(file, 'utf8').then(
		(text) => text.trim(),
		() => '',
	);
}
