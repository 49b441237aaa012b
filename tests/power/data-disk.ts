/**
 * A data partition for tests, on this machine: made, checked and mounted as the image does it
 * (`distro/root/usr/lib/vitrine/mount-data`), as a file behind a loop device.
 *
 * Rules of use: root only, and only where the kernel has loop devices and ext4. `MountedDisk.mount` is let go of by its scope.
 */

import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { fromRoot } from '../../tools/setup/paths.ts';

const run = promisify(execFile);
const megabyte = 1 << 20;

/** Of the file system; the disk goes on behind it, for marks (`write-log.ts`). */
export const fileSystemBytes = 512 * megabyte;
export const diskBytes = fileSystemBytes + 8 * megabyte;

export async function makeDataDisk(file: string): Promise<void> {
	await run('truncate', ['--size', String(diskBytes), file]);
	await run('mkfs.ext4', ['-q', '-F', '-L', 'VITRINE-DATA', file, `${fileSystemBytes / 1024}k`]);
}

/** Rejects when it could not be mended without a person: then the image would not use it. */
export async function checkDataDisk(file: string): Promise<void> {
	const status = await run('e2fsck', ['-p', file]).then(
		() => 0,
		(error: { readonly code?: number; readonly stdout?: string }) => {
			if ((error.code ?? 99) > 1) throw new Error(`e2fsck: ${error.code}: ${error.stdout}`);
			return error.code;
		},
	);
	if (status === undefined) throw new Error('e2fsck did not end by itself.');
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
		await run('umount', [this.folder]);
		await run('losetup', ['--detach', this.#device]);
	}
}
