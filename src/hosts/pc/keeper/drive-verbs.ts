/**
 * Sticks, cards and discs that people plug in: listing, mounting and taking them out.
 *
 * Invariants:
 * - Only what is removable, is not the medium that the PC started from, and holds none of Vitrine's own partitions is
 *   listed or mounted. A disk that is built in is never touched here.
 * - A mount belongs to the host service's account, follows no link, runs no program and has no devices in it. Files of Linux's own
 *   formats keep their owners: those of the drive's first folder's owner count as the host service's.
 * - What was unmounted is wholly on the drive.
 */
import { mkdir, rmdir, stat } from 'node:fs/promises';
import { OsError } from '#abi/errors.ts';
import type { PcDrive } from '#abi/structures.generated.ts';
import { type Disk, type DiskPart, driveFolder as folder, listDisks } from './disks/list-disks.ts';
import { runTool, tryTool } from './run-tool.ts';
import { defineVerb, textLike, type Verb } from './verb.ts';

/** The account of the host service (`distro/hooks/accounts`). */
const owner = 801;

const owned = [`uid=${owner}`, `gid=${owner}`];
/** By the words of blkid: how the kernel mounts it, and with which options. */
const formats: ReadonlyMap<string, { readonly type: string; readonly options: readonly string[] }> = new Map([
	['vfat', { type: 'vfat', options: [...owned, 'umask=077', 'utf8=1', 'flush'] }],
	['exfat', { type: 'exfat', options: [...owned, 'umask=077', 'iocharset=utf8'] }],
	['ntfs', { type: 'ntfs3', options: [...owned, 'umask=077', 'iocharset=utf8', 'windows_names'] }],
	['ext2', { type: 'ext4', options: [] }],
	['ext3', { type: 'ext4', options: [] }],
	['ext4', { type: 'ext4', options: [] }],
	['iso9660', { type: 'iso9660', options: [...owned, 'mode=0500', 'dmode=0500', 'iocharset=utf8'] }],
	['udf', { type: 'udf', options: [...owned, 'umask=077', 'iocharset=utf8'] }],
]);

const common = ['nosuid', 'nodev', 'noexec', 'nosymfollow', 'noatime'];
const drive = textLike(/[a-z][a-z0-9]{1,15}@\d{1,12}/);
/** `loop` is for tests alone, which mount files. */
const kinds = ['disk', 'rom', ...(process.env.VITRINE_LOOP_DRIVES === undefined ? [] : ['loop'])];

export const driveVerbs: Readonly<Record<string, Verb>> = {
	'drive.list': defineVerb({}, async () => (await findDrives()).map(({ drive: found }) => found)),
	'drive.mount': defineVerb({ drive }, async ({ drive: identifier }) => {
		const found = (await findDrives()).find((candidate) => candidate.drive.identifier === identifier);
		if (found === undefined) throw new OsError('ENOENT', 'the drive is not plugged in any more');
		return mountPart(found);
	}),
	'drive.unmount': defineVerb({ drive }, async ({ drive: identifier }) => {
		const place = `${folder}/${identifier}`;
		const { status, complaint } = await tryTool('umount', [place]);
		if (status !== 0 && /busy/.test(complaint)) throw new OsError('EBUSY', complaint.trim());
		if (status !== 0 && !/not mounted|no mount point/.test(complaint)) throw new OsError('EIO', complaint.trim());
		await rmdir(place);
		return {};
	}),
};

interface FoundDrive {
	readonly drive: Omit<PcDrive, 'path'>;
	readonly part: DiskPart;
}

async function findDrives(): Promise<FoundDrive[]> {
	const disks = await listDisks({ kinds });
	const free = disks.filter((disk) => (disk.removable || kinds.includes('loop')) && !disk.startedFrom);
	return free.flatMap((disk) => disk.parts.filter(holdsFiles).map((part) => describe(disk, part)));
}

function holdsFiles({ format, label, mounts }: DiskPart): boolean {
	return (
		formats.has(format) && !label.startsWith('VITRINE-') && mounts.every((place) => place.startsWith(`${folder}/`))
	);
}

function describe(disk: Disk, part: DiskPart): FoundDrive {
	const [, sequence] = disk.identifier.split('@');
	const name = part.label || disk.model || part.device;
	const readOnly = disk.readOnly || part.format === 'iso9660';
	const identifier = `${part.device}@${sequence}`;
	return { drive: { identifier, name, format: part.format, sizeBytes: part.sizeBytes, readOnly }, part };
}

/** Mounts it, read-only when it cannot be written: a write-protected card, a damaged or sleeping file system. */
async function mountPart({ drive: { identifier, readOnly }, part }: FoundDrive): Promise<{ readOnly: boolean }> {
	const format = formats.get(part.format);
	if (format === undefined) throw new OsError('ENOTSUP', part.format);
	const place = `${folder}/${identifier}`;
	if (part.mounts.includes(place)) return { readOnly: await isReadOnly(place) };
	await mkdir(place, { recursive: true });
	const mount = (options: readonly string[]) =>
		tryTool('mount', ['-t', format.type, '-o', [...common, ...format.options, ...options].join(','), part.path, place]);
	let { status, complaint } = await mount(readOnly ? ['ro'] : ['rw']);
	if (status !== 0 && !readOnly) ({ status, complaint } = await mount(['ro']));
	if (status !== 0) {
		await rmdir(place);
		throw new OsError('EIO', `mount: ${complaint.trim()}`);
	}
	if (format.options.length === 0) await ownFiles(place, part, format.type);
	return { readOnly: await isReadOnly(place) };
}

/** Mounts a file system of Linux's own once more, with the owner of its first folder as the host service. */
async function ownFiles(place: string, part: DiskPart, type: string): Promise<void> {
	const { uid, gid } = await stat(place);
	const readOnly = await isReadOnly(place);
	await runTool('umount', [place]);
	const map = `X-mount.idmap=u:${uid}:${owner}:1 g:${gid}:${owner}:1`;
	const options = [...common, readOnly ? 'ro' : 'rw', map].join(',');
	await runTool('mount', ['-t', type, '-o', options, part.path, place]);
}

async function isReadOnly(place: string): Promise<boolean> {
	const options = await runTool('findmnt', ['--noheadings', '--output', 'OPTIONS', '--mountpoint', place]);
	return options.trim().split(',').includes('ro');
}
