/**
 * What a disk may hold after a power cut: for each file everything up to its last flush, and of what came later any
 * part in any order: kept, dropped, or torn at 512 bytes. Truncations too.
 *
 * Not modelled: disks that lie about a flush, and damage to sectors that were not written.
 */
import type { DiskImage, DiskOperation } from './simulated-disk.ts';
import type { SeededRandom } from './test-volume.ts';

const sector = 512;

export interface PowerCut {
	readonly image: DiskImage;
	/** The last commit that was acknowledged before the cut. */
	readonly acknowledged: number;
	readonly description: string;
}

export interface CutOptions {
	/** States for each place to cut, at most: all written, nothing written, then random mixtures. */
	readonly statesAPlace: number;
	/** Cuts only at every n-th place. */
	readonly stride: number;
	/** The first place to cut at; what was done before it has been tried elsewhere. */
	readonly from?: number;
}

/** All states to try, in the order of the log; a state that a cut at the place before gives as well is tried once. */
export function* powerCuts(
	base: DiskImage,
	log: readonly DiskOperation[],
	random: SeededRandom,
	options: CutOptions,
): Generator<PowerCut> {
	const disk = new UnreliableDisk(base.clone());
	let acknowledged = 0;
	for (let place = 0; place <= log.length; place++) {
		if (place % options.stride === 0 && place >= (options.from ?? 0)) {
			for (const [description, image] of disk.statesNow(random, options.statesAPlace))
				yield { image, acknowledged, description: `cut at ${place} of ${log.length}, ${description}` };
		}
		const operation = log[place];
		if (operation?.kind === 'acknowledge') {
			acknowledged = operation.number;
			disk.tryAgain();
		} else if (operation !== undefined) disk.perform(operation);
	}
}

/** The durable content, and by file what was done since its last flush. */
class UnreliableDisk {
	readonly #durable: DiskImage;
	readonly #pending = new Map<string, DiskOperation[]>();
	/** Whether the durable content, or what must be in it, is another than when its states were tried last. */
	#isNew = true;
	/** Whether something came that is not flushed. */
	#isOpen = false;

	constructor(durable: DiskImage) {
		this.#durable = durable;
	}

	perform(operation: Exclude<DiskOperation, { kind: 'acknowledge' }>): void {
		const pending = this.#pending.get(operation.file) ?? [];
		this.#pending.set(operation.file, pending);
		if (operation.kind !== 'flush') {
			pending.push(operation);
			this.#isOpen = true;
		} else if (pending.length > 0) {
			for (const done of pending.splice(0)) this.#durable.apply(done);
			this.tryAgain();
		}
	}

	/** More is promised of the content than before: its states are tried again. */
	tryAgain(): void {
		this.#isNew = true;
		this.#isOpen = true;
	}

	*statesNow(random: SeededRandom, count: number): Generator<[string, DiskImage]> {
		const pending = [...this.#pending.values()].filter((operations) => operations.length > 0);
		if (this.#isNew) yield ['nothing unflushed arrived', this.#durable.clone()];
		this.#isNew = false;
		if (pending.length === 0 || !this.#isOpen) return;
		this.#isOpen = false;
		if (count > 1) yield ['all arrived', this.#with(pending, (operation) => [operation])];
		for (let state = 2; state < count; state++)
			yield ['some arrived', this.#with(pending, (operation) => partOf(operation, random))];
	}

	#with(pending: readonly DiskOperation[][], choose: (operation: DiskOperation) => DiskOperation[]): DiskImage {
		const image = this.#durable.clone();
		for (const operations of pending)
			for (const operation of operations) for (const part of choose(operation)) image.apply(part);
		return image;
	}
}

function partOf(operation: DiskOperation, random: SeededRandom): DiskOperation[] {
	const chance = random.fraction();
	if (chance < 0.4) return [operation];
	if (chance < 0.65) return [];
	if (operation.kind === 'truncate') return [{ ...operation, size: operation.size + sector * random.below(20) }];
	if (operation.kind === 'write') return sectorsOf(operation).filter(() => random.below(2) === 0);
	return [];
}

function sectorsOf(write: Extract<DiskOperation, { kind: 'write' }>): DiskOperation[] {
	const parts: DiskOperation[] = [];
	const end = write.at + write.bytes.length;
	for (let at = write.at; at < end; ) {
		const next = Math.min(end, (Math.floor(at / sector) + 1) * sector);
		parts.push({ ...write, at, bytes: write.bytes.subarray(at - write.at, next - write.at) });
		at = next;
	}
	return parts;
}
