/** What these tests need of the machine: root, loop devices, FUSE and QEMU's storage daemon. */
import { access, constants } from 'node:fs/promises';
import { findProgram } from '../../tools/iso/requirements.ts';

const programs = ['qemu-storage-daemon', 'mkfs.ext4', 'e2fsck', 'losetup', 'sync'];
const devices = ['/dev/fuse', '/dev/loop-control'];

/** A sentence that says what is missing; `false` when nothing is, as a test's `skip` wants it. */
export async function findMissing(): Promise<string | false> {
	if (process.getuid?.() !== 0) return 'Loop devices take root.';
	for (const name of programs)
		if (findProgram(name) === undefined) return `${name} is missing (qemu-utils, e2fsprogs).`;
	for (const device of devices) if (!(await isUsable(device))) return `This machine has no ${device}.`;
	return false;
}

async function isUsable(device: string): Promise<boolean> {
	return access(device, constants.R_OK | constants.W_OK).then(
		() => true,
		() => false,
	);
}
