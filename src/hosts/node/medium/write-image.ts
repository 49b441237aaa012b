/**
 * Writes an image to a stick and reads it back.
 *
 * Rules of use: ask `findObjections` first. Who overrules it (`--force`) has been told what is at stake.
 *
 * Invariants: what is reported as written was read back from the device, past the system's own memory of it.
 */
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const blockBytes = 4 * 1024 * 1024;

export interface DeviceFacts {
	readonly name: string;
	readonly model: string;
	readonly sizeBytes: number;
	readonly removable: boolean;
	/** Where it, or a part of it, is mounted. */
	readonly mounts: readonly string[];
}

/** What Linux says of a whole block device. `roots` stands in for the system's own folders, in tests. */
export async function readDeviceFacts(device: string, roots = { sys: '/sys', proc: '/proc' }): Promise<DeviceFacts> {
	const name = path.basename(device);
	const folder = path.join(roots.sys, 'block', name);
	const read = (file: string) => readFile(path.join(folder, file), 'utf8').then((text) => text.trim());
	const size = await read('size').catch(() => undefined);
	if (size === undefined)
		throw new Error(`${device} is no whole disk or stick. Name the device itself, not a part of it.`);
	const mounts = (await readFile(path.join(roots.proc, 'mounts'), 'utf8')).split('\n').map((line) => line.split(' '));
	return {
		name,
		model: await read('device/model').catch(() => 'unknown'),
		sizeBytes: Number(size) * 512,
		removable: (await read('removable')) === '1',
		mounts: mounts.filter(([source]) => isPartOf(source ?? '', device)).map(([, place]) => place ?? ''),
	};
}

/** `/dev/sdb1` of `/dev/sdb`, `/dev/mmcblk0p1` of `/dev/mmcblk0`. */
function isPartOf(source: string, device: string): boolean {
	return source === device || (source.startsWith(device) && /^p?\d+$/.test(source.slice(device.length)));
}

/** Why the image must not be written there; empty when it may. */
export function findObjections(facts: DeviceFacts, imageBytes: number): string[] {
	const objections: string[] = [];
	if (!facts.removable)
		objections.push(`${facts.name} (${facts.model}) is no removable device: it may be this computer's disk.`);
	if (facts.mounts.length > 0)
		objections.push(`${facts.name} is in use at ${facts.mounts.join(', ')}. Unmount it first.`);
	if (facts.sizeBytes < imageBytes) objections.push(`${facts.name} is too small: it has ${facts.sizeBytes} bytes.`);
	return objections;
}

/** Copies `image` over `device` and compares; `onProgress` gets the part done, from 0 to 1. */
export async function writeImage(image: string, device: string, onProgress: (part: number) => void): Promise<void> {
	const { size } = await stat(image);
	await using source = await open(image, 'r');
	const buffer = Buffer.alloc(blockBytes);
	const other = Buffer.alloc(blockBytes);
	{
		await using target = await open(device, constants.O_WRONLY | constants.O_SYNC);
		for (let place = 0; place < size; place += blockBytes) {
			const { bytesRead } = await source.read(buffer, 0, blockBytes, place);
			const { bytesWritten } = await target.write(buffer, 0, bytesRead, place);
			if (bytesWritten !== bytesRead) throw new Error(`${device} takes no more than ${place + bytesWritten} bytes.`);
			onProgress(place / size / 2);
		}
		await target.sync();
	}
	await forgetCached(device);
	await using target = await open(device, constants.O_RDONLY);
	for (let place = 0; place < size; place += blockBytes) {
		const length = Math.min(blockBytes, size - place);
		await source.read(buffer, 0, length, place);
		await target.read(other, 0, length, place);
		if (buffer.compare(other, 0, length, 0, length) !== 0)
			throw new Error(`${device} does not hold what was written to it (near byte ${place}). It is worn out or a fake.`);
		onProgress(0.5 + place / size / 2);
	}
	onProgress(1);
}

/** Makes the system read a device anew, rather than out of its memory of what was written. */
async function forgetCached(device: string): Promise<void> {
	if (!(await stat(device)).isBlockDevice()) return;
	await promisify(execFile)('blockdev', ['--flushbufs', device]);
}
