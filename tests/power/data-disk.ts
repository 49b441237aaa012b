/**
 * A data partition for tests, on this machine: made, checked and mounted as the image does it
 * (`distro/root/usr/lib/vitrine/mount-data`), as a file behind a loop device.
 *
 * Rules of use: root only, and only where the kernel has loop devices and ext4. `MountedDisk.mount` is let go of by its scope.
 */

import { execFile } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { fromRoot } from '../../tools/setup/paths.ts';

const run = promisify(execFile);
const megabyte = 1 << 20;
const unmountTries = 300;

/** Of the file system; the disk goes on behind it, for marks (`write-log.ts`). */
export const fileSystemBytes = 512 * megabyte;
export const diskBytes = fileSystemBytes + 8 * megabyte;

export async function makeDataDisk(file: string): Promise<void> {
	await run('truncate', ['--size', String(diskBytes), file]);
	await run('mkfs.ext4', ['-q', '-F', '-L', 'VITRINE-DATA', file, `${fileSystemBytes / 1024}k`]);
}

/** Mends it; what is wrong when that takes a person: then the image would not use it. */
export async function checkDataDisk(file: string): Promise<string | undefined> {
	try {
		await run(fromRoot('distro/root/usr/lib/vitrine/check-data'), [file]);
	} catch (error) {
		const { code, stdout } = error as { readonly code?: number; readonly stdout?: string };
		// 1: something was mended.
		if (code === 1) return undefined;
		if (typeof code !== 'number' || code >= 8) throw error;
		return `e2fsck ended with ${code}: ${stdout}`;
	}
	return undefined;
}

/** Copies a disk that is empty for the most part; what was in `to` goes. */
export async function copySparse(from: string, to: string): Promise<void> {
	await rm(to, { force: true });
	await run('cp', ['--sparse=auto', from, to]);
}

/** How the image mounts it. */
export async function readMountOptions(): Promise<string> {
	const script = await readFile(fromRoot('distro/root/usr/lib/vitrine/mount-data'), 'utf8');
	const options = /mount -t ext4 -o (\S+)/.exec(script)?.[1];
	if (options === undefined) throw new Error('mount-data does not say how it mounts.');
	return options;
}

export class MountedDisk implements AsyncDisposable {
	readonly folder: string;
	readonly #device: string;

	private constructor(folder: string, device: string) {
		this.folder = folder;
		this.#device = device;
	}

	static async mount(file: string, folder: string): Promise<MountedDisk> {
		await mkdir(folder, { recursive: true });
		const { stdout } = await run('losetup', ['--find', '--show', file]);
		const device = stdout.trim();
		try {
			await run('mount', ['-t', 'ext4', '-o', await readMountOptions(), device, folder]);
		} catch (error) {
			await run('losetup', ['--detach', device]);
			throw error;
		}
		return new MountedDisk(folder, device);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await unmount(this.folder);
		await run('losetup', ['--detach', this.#device]);
	}
}

/** A browser that was killed may hold its files for a moment longer. */
async function unmount(folder: string): Promise<void> {
	for (let tries = 0; ; tries++) {
		try {
			await run('umount', [folder]);
			return;
		} catch (error) {
			if (tries === unmountTries || !/busy/.test(String(error))) throw error;
		}
		await wait(100);
	}
}
