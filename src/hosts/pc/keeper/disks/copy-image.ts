/**
 * Copies the image that the PC was started from onto a partition, and reads it back from there.
 *
 * Invariants: what is reported as copied was compared with the medium, past the system's memory of what was written.
 */
import { readFile } from 'node:fs/promises';
import { OsError } from '#abi/errors.ts';
import { type BlockDevice, FileBlockDevice } from '../../installed-disk/block-device.ts';
import { MediumImage } from '../../installed-disk/medium-image.ts';
import type { VerbWork } from '../verb.ts';
import { mediumFolder } from './list-disks.ts';

const stepBytes = 4 * 1024 * 1024;

/** The image and the device that it is read from, which the caller closes. */
export interface OpenedImage extends AsyncDisposable {
	readonly image: MediumImage;
}

/**
 * The image on the medium. ENXIO when the medium is not there: Vitrine runs from a copy in memory, or the stick was
 * pulled. A stick's file system may be mounted by its first partition; the image is the whole stick then.
 */
export async function openMediumImage(): Promise<OpenedImage> {
	for (const path of await findMediumPaths()) {
		const device = await FileBlockDevice.open(path, 'read');
		const image = await MediumImage.open(device).catch(() => undefined);
		if (image !== undefined) return { image, [Symbol.asyncDispose]: () => device[Symbol.asyncDispose]() };
		await device[Symbol.asyncDispose]();
	}
	throw new OsError('ENXIO', 'what Vitrine was started from is not there to be copied');
}

async function findMediumPaths(): Promise<string[]> {
	const mounts = (await readFile('/proc/self/mounts', 'utf8')).split('\n').map((line) => line.split(' '));
	const source = mounts.find(([, place]) => place === mediumFolder)?.[0];
	if (source === undefined) return [];
	const whole = /^(\/dev\/(?:nvme\d+n\d+|mmcblk\d+|loop\d+)(?=p)|\/dev\/[a-z]+)/.exec(source)?.[0];
	return whole === undefined || whole === source ? [source] : [source, whole];
}

/** Cancelled between two steps of 4 MiB. ENOSPC when it does not fit, EILSEQ when the partition gives back other bytes. */
export async function copyImage(image: MediumImage, target: BlockDevice, { signal, report }: VerbWork): Promise<void> {
	const { sizeBytes } = image;
	if (target.sizeBytes < sizeBytes) throw new OsError('ENOSPC', 'the image does not fit');
	for (let place = 0; place < sizeBytes; place += stepBytes) {
		throwIfCancelled(signal);
		await target.write(place, await image.read(place, Math.min(stepBytes, sizeBytes - place)));
		report('copying', place, sizeBytes);
	}
	report('flushing', sizeBytes, sizeBytes);
	await target.flush();
	await target.forgetCached();
	for (let place = 0; place < sizeBytes; place += stepBytes) {
		throwIfCancelled(signal);
		const length = Math.min(stepBytes, sizeBytes - place);
		const [wanted, found] = [await image.read(place, length), await target.read(place, length)];
		if (Buffer.compare(wanted, found) !== 0) throw new OsError('EILSEQ', 'the disk did not keep what was written');
		report('checking', place, sizeBytes);
	}
}

export function throwIfCancelled(signal: AbortSignal): void {
	if (signal.aborted) throw new OsError('ECANCELED');
}
