/**
 * A disk whose power can be cut: what was flushed is there afterwards; of everything written since, any sectors may be and
 * any may not.
 *
 * Rules of use:
 * - `new CutDisk(bytes)`, then `part` for the devices on it. `cutAfter` operations (writes and flushes) the power is cut:
 *   every operation from there on throws `PowerCut`.
 * - `states` then gives what the disk may hold.
 */
import type { BlockDevice } from '#hosts/pc/installed-disk/block-device.ts';
import { sectorBytes } from '#hosts/pc/installed-disk/layout.ts';

export class PowerCut extends Error {}

interface SectorWrite {
	readonly place: number;
	readonly bytes: Uint8Array;
}

export class CutDisk implements BlockDevice {
	/** What was flushed. */
	readonly #safe: Uint8Array;
	/** What a reader sees. */
	readonly #seen: Uint8Array;
	#unsafe: SectorWrite[] = [];
	/** The defect that a test plants: a disk, or a writer, that flushes nothing. */
	readonly #flushes: boolean;
	operations = 0;
	cutAfter = Number.POSITIVE_INFINITY;

	constructor(bytes: Uint8Array, { flushes = true } = {}) {
		this.#safe = Uint8Array.from(bytes);
		this.#seen = Uint8Array.from(bytes);
		this.#flushes = flushes;
	}

	get sizeBytes(): number {
		return this.#seen.length;
	}

	async read(place: number, length: number): Promise<Uint8Array> {
		if (this.operations > this.cutAfter) throw new PowerCut();
		if (place + length > this.#seen.length) throw new RangeError('past the end');
		return this.#seen.slice(place, place + length);
	}

	async write(place: number, bytes: Uint8Array): Promise<void> {
		if (place % sectorBytes !== 0) throw new RangeError('a write begins in the middle of a sector');
		// The last write may have reached the disk in part: the cut comes while it is under way.
		if (this.operations++ > this.cutAfter) throw new PowerCut();
		this.#seen.set(bytes, place);
		for (let done = 0; done < bytes.length; done += sectorBytes)
			this.#unsafe.push({ place: place + done, bytes: bytes.slice(done, done + sectorBytes) });
		if (this.operations > this.cutAfter) throw new PowerCut();
	}

	async flush(): Promise<void> {
		if (this.operations++ >= this.cutAfter) throw new PowerCut();
		if (!this.#flushes) return;
		for (const { place, bytes } of this.#unsafe) this.#safe.set(bytes, place);
		this.#unsafe = [];
	}

	async forgetCached(): Promise<void> {
		if (this.operations > this.cutAfter) throw new PowerCut();
	}

	/** What the disk may hold after the cut: nothing and all of what was not flushed, and `count` mixtures of sectors. */
	*states(count: number, random: () => number): Generator<Uint8Array> {
		yield Uint8Array.from(this.#safe);
		if (this.#unsafe.length === 0) return;
		yield Uint8Array.from(this.#seen);
		for (let number = 0; number < count; number++) {
			// Few, half, or nearly all: each finds other mistakes.
			const share = [0.1, 0.5, 0.9][number % 3] ?? 0.5;
			const state = Uint8Array.from(this.#safe);
			for (const { place, bytes } of this.#unsafe) if (random() < share) state.set(bytes, place);
			yield state;
		}
	}
}
