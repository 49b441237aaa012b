/**
 * Updates an installed disk: verifies, writes the slot that is not running, has it tried at the next start, and keeps it
 * once it has shown that it works.
 *
 * Invariants:
 * - Only the running slot, when it is the good one, starts an update; the other slot is the one that is written. So what
 *   runs, and what starts next, is never touched.
 * - The order is: verify the file, withdraw the other slot, write it, read it back, verify what was read, arm the trial.
 *   A power cut anywhere leaves a state in which `good` starts (`power-cuts.test.ts`).
 */
import { OsError } from '#abi/errors.ts';
import type { BlockDevice } from '../installed-disk/block-device.ts';
import { otherSlot, type SlotName } from '../installed-disk/layout.ts';
import { armTrial, type BootState, beginWriting, keepSlot, tryOther, withdrawTrial } from './boot-state.ts';
import { checkRelease, readSignedRelease, type SignedRelease, UpdateRefusal } from './signed-release.ts';
import { hashDevice, wipeSlot, writeSlot } from './slot-writer.ts';
import type { StateSector } from './state-sector.ts';
import { laterVersion } from './version.ts';

/** The system that is running, as the loader and its own image tell. */
export interface RunningSystem {
	readonly slot: SlotName;
	/** The loader started it as a trial. */
	readonly isTrial: boolean;
	readonly version: string;
	readonly floor: string;
	/** The content of a public key file of minisign; `undefined`: this image was built without one. */
	readonly key: string | undefined;
}

export interface UpdateWork {
	readonly signal?: AbortSignal;
	report?(step: UpdateStep, doneBytes: number, totalBytes: number): void;
	/** For tests: how much is copied at a time. */
	readonly stepBytes?: number;
}

export type UpdateStep = 'checking' | 'writing' | 'comparing';

export interface UpdaterOptions {
	readonly running: RunningSystem;
	readonly state: StateSector;
	readonly slots: Readonly<Record<SlotName, BlockDevice>>;
}

export class Updater {
	readonly running: RunningSystem;
	readonly #state: StateSector;
	readonly #slots: Readonly<Record<SlotName, BlockDevice>>;

	constructor({ running, state, slots }: UpdaterOptions) {
		this.running = running;
		this.#state = state;
		this.#slots = slots;
	}

	readState(): Promise<BootState> {
		return this.#state.read();
	}

	/** What a signature promises, if this disk would take it. Throws an `UpdateRefusal`. */
	async judge(signature: string): Promise<SignedRelease> {
		const { key, floor } = this.running;
		if (key === undefined) throw new UpdateRefusal('foreign', 'this image was built without a key for updates');
		const release = readSignedRelease(signature, key);
		const { floor: ofDisk = floor } = await this.#state.read();
		checkRelease(release, laterVersion(floor, ofDisk), this.#slots.a.sizeBytes);
		return release;
	}

	/**
	 * Takes the update whose bytes `image` gives. Resolves when it is written, read back and armed. Throws an
	 * `UpdateRefusal`; EBUSY when the running slot is not the good one; ECANCELED when `work.signal` aborts.
	 */
	async install(image: BlockDevice, signature: string, work: UpdateWork = {}): Promise<SignedRelease> {
		const release = await this.judge(signature);
		if (image.sizeBytes !== release.sizeBytes)
			throw new UpdateRefusal('damaged', 'it has another size than was signed');
		const { good } = await this.#state.read();
		if (good !== this.running.slot) throw new OsError('EBUSY', 'the running version is not the one that starts');
		const slot = this.#slots[otherSlot(this.running.slot)];
		try {
			await this.#verify(image, release, 'checking', work);
			await this.#state.change(beginWriting);
			await writeSlot(image, slot, makeCopyOptions(release, 'writing', work));
			await this.#verify(slot, release, 'comparing', work).catch(async (error) => {
				await wipeSlot(slot);
				throw error;
			});
		} catch (error) {
			throw work.signal?.aborted ? describeCancellation(error) : error;
		}
		await this.#state.change((state) => armTrial(state, release.version));
		return release;
	}

	/** A trial, or a version that was started from the menu, is what starts from now on. */
	async keep(): Promise<void> {
		const { slot, floor } = this.running;
		await this.#state.change((state) => keepSlot(state, slot, floor));
	}

	/** The other version, which is on the disk already, is tried at the next start. EBUSY when the running one is not good. */
	async tryOther(): Promise<void> {
		const { good, versions } = await this.#state.read();
		if (good !== this.running.slot) throw new OsError('EBUSY', 'the running version is not the one that starts');
		if (versions[otherSlot(good)] === undefined) throw new OsError('ENOENT', 'there is no other version');
		await this.#state.change(tryOther);
	}

	/** Nothing is tried at the next start. What was written stays, as the other version. */
	async withdraw(): Promise<void> {
		await this.#state.change(withdrawTrial);
	}

	async #verify(device: BlockDevice, release: SignedRelease, step: UpdateStep, work: UpdateWork): Promise<void> {
		const hash = await hashDevice(device, makeCopyOptions(release, step, work));
		if (release.matches(hash)) return;
		throw new UpdateRefusal('damaged', step === 'checking' ? 'it is not what was signed' : 'the disk lost some of it');
	}
}

function describeCancellation(cause: unknown): OsError {
	return new OsError('ECANCELED', 'the update was cancelled', { cause });
}

function makeCopyOptions({ sizeBytes }: SignedRelease, step: UpdateStep, { signal, report, stepBytes }: UpdateWork) {
	return {
		sizeBytes,
		signal,
		...(stepBytes === undefined ? {} : { stepBytes }),
		onProgress: (doneBytes: number) => report?.(step, doneBytes, sizeBytes),
	};
}
