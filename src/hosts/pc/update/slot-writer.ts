/**
 * Copies an image into a slot, or to a stick, so that at no moment a part of one could be taken for a whole one.
 *
 * An image is found by its volume descriptor (ECMA-119, 8.4: sector 16 of 2048 bytes). It goes first and comes last:
 *
 * 1. the old descriptor is wiped, and that is flushed;
 * 2. everything but the descriptor is written, and that is flushed;
 * 3. the descriptor is written, and that is flushed;
 * 4. all of it is read back from the disk; the caller judges the hash.
 *
 * Rules of use: nothing may start from the slot meanwhile (`boot-state.ts`). Who aborts leaves a slot without a descriptor.
 */
import { createHash } from 'node:crypto';
import type { BlockDevice } from '../installed-disk/block-device.ts';
import { imageHash } from './signed-release.ts';

const descriptorPlace = 16 * 2048;
const descriptorBytes = 2048;

export interface CopyOptions {
	readonly sizeBytes: number;
	/** How much is read and written at a time; a multiple of 2048. */
	readonly stepBytes?: number;
	readonly signal?: AbortSignal | undefined;
	/** Called with the bytes that are done. */
	onProgress?(doneBytes: number): void;
}

/** What is copied: read from its first byte to its last, each once. It is longer than its descriptor is far from its start. */
export type ImageSource = Pick<BlockDevice, 'read'>;

const commonStepBytes = 4 * 1024 * 1024;

/** Steps 1 to 3. */
export async function writeSlot(source: ImageSource, slot: BlockDevice, options: CopyOptions): Promise<void> {
	await wipeSlot(slot);
	const { sizeBytes, stepBytes = commonStepBytes, signal, onProgress } = options;
	const descriptor = new Uint8Array(descriptorBytes);
	for (let place = 0; place < sizeBytes; place += stepBytes) {
		signal?.throwIfAborted();
		const bytes = await source.read(place, Math.min(stepBytes, sizeBytes - place));
		await slot.write(place, takeDescriptor(bytes, place, descriptor));
		// By and by, so that the last flush does not take minutes without a word.
		await slot.flush();
		onProgress?.(place + bytes.length);
	}
	signal?.throwIfAborted();
	await slot.flush();
	await slot.write(descriptorPlace, descriptor);
	await slot.flush();
}

/** Makes the slot one that holds no image. */
export async function wipeSlot(slot: BlockDevice): Promise<void> {
	await slot.write(descriptorPlace, new Uint8Array(descriptorBytes));
	await slot.flush();
}

/** The hash of the first `sizeBytes` of a device, as the disk has them. */
export async function hashDevice(device: BlockDevice, options: CopyOptions): Promise<Uint8Array> {
	const { sizeBytes, stepBytes = commonStepBytes, signal, onProgress } = options;
	await device.forgetCached();
	const hash = createHash(imageHash);
	for (let place = 0; place < sizeBytes; place += stepBytes) {
		signal?.throwIfAborted();
		const bytes = await device.read(place, Math.min(stepBytes, sizeBytes - place));
		hash.update(bytes);
		onProgress?.(place + bytes.length);
	}
	return hash.digest();
}

/** The bytes from `place` on without what they hold of the descriptor, which goes to `descriptor`. */
function takeDescriptor(bytes: Uint8Array, place: number, descriptor: Uint8Array): Uint8Array {
	const start = Math.max(0, descriptorPlace - place);
	const end = Math.min(bytes.length, descriptorPlace + descriptorBytes - place);
	if (start >= end) return bytes;
	descriptor.set(bytes.subarray(start, end), place + start - descriptorPlace);
	const made = Uint8Array.from(bytes);
	made.fill(0, start, end);
	return made;
}
