/**
 * Writes an image to a stick, from bytes that come one after the other, and reads it back.
 *
 * Rules of use: a person has seen the stick's name and size and said that it may be erased.
 *
 * Invariants:
 * - What could be wrong with the stick is asked before the first write. Built-in disks are never written.
 * - What is reported as written was read back from the stick, past the system's memory of it, and is what was signed, when it
 *   was. A stick that was not written to the end holds nothing.
 */
import { createHash } from 'node:crypto';
import { OsError } from '#abi/errors.ts';
import { FileBlockDevice } from '../../installed-disk/block-device.ts';
import { imageHash, type SignedRelease } from '../../update/signed-release.ts';
import { hashDevice, writeSlot } from '../../update/slot-writer.ts';
import { tryTool } from '../run-tool.ts';
import type { TakingWork } from '../verb.ts';
import { throwIfCancelled } from './copy-image.ts';
import { clearDisk } from './install.ts';
import type { Disk } from './list-disks.ts';
import { planWrite } from './plan-use.ts';

export interface StickImage {
	readonly sizeBytes: number;
	/** `undefined` for one that was not signed. */
	readonly release: SignedRelease | undefined;
	readonly isRemovable: boolean;
}

export async function writeStick(
	disk: Disk,
	{ sizeBytes, release, isRemovable }: StickImage,
	{ signal, report, receive }: TakingWork,
): Promise<void> {
	const use = disk.inUse ? 'in-use' : planWrite(disk, isRemovable);
	if (use !== 'possible') throw new OsError('EINVAL', use);
	await using stick = await FileBlockDevice.open(disk.path, 'write');
	if (stick.sizeBytes < sizeBytes) throw new OsError('ENOSPC', 'the image is larger than the stick');
	const received = createHash(imageHash);
	const source = {
		async read(_: number, length: number) {
			const bytes = await receive(length);
			received.update(bytes);
			return bytes;
		},
	};
	const copy = (step: string) => ({ sizeBytes, signal, onProgress: (done: number) => report(step, done, sizeBytes) });
	try {
		report('preparing', 0, 0);
		await clearDisk(stick, disk.path);
		await writeSlot(source, stick, copy('writing'));
		const sent = received.digest();
		if (release?.matches(sent) === false) throw notWhatWasSigned();
		const held = await hashDevice(stick, copy('comparing'));
		if (!sent.equals(held))
			throw new OsError('EILSEQ', 'the stick did not keep what was written: it is worn out or a fake');
	} catch (error) {
		// One that was pulled out cannot be emptied either; what it holds is no image without its descriptor.
		await clearDisk(stick, disk.path).catch(() => undefined);
		throwIfCancelled(signal);
		if (error instanceof OsError) throw error;
		// biome-ignore lint/style/useErrorCause: it is passed, after the detail.
		throw new OsError('EIO', 'the stick could not be written or read: was it taken out?', { cause: error });
	}
	// Linux shows what is on it now. Not every image has partitions.
	await tryTool('partx', ['--update', disk.path]);
}

export function notWhatWasSigned(): OsError {
	return new OsError('EILSEQ', 'the image is not what was signed');
}
