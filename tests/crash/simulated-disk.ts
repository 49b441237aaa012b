/**
 * A disk in memory that notes every operation, runs out of room, fails when told, and can be cut off from power.
 *
 * Rules of use:
 * - `SimulatedDisk` is a `BlockStore`. What was written is visible at once; `log` says in which order it was done and
 *   where it was flushed, and `power-cut.ts` makes from it what a disk may hold after a cut.
 * - Faults are switched on by assigning to `quota` and `fault`.
 */
import { type BlockFile, BlockFileError, type BlockStore } from '#base/ports.ts';

export type DiskOperation =
	| { kind: 'write'; file: string; at: number; bytes: Uint8Array }
	| { kind: 'truncate'; file: string; size: number }
	| { kind: 'flush'; file: string }
	/** Not of the disk: the test was told here that everything up to commit `number` is safe. */
	| { kind: 'acknowledge'; number: number };

export class DiskImage {
	readonly files = new Map<string, GrowableBytes>();

	clone(): DiskImage {
		const copy = new DiskImage();
		for (const [name, bytes] of this.files) copy.files.set(name, bytes.clone());
		return copy;
	}

	ensure(file: string): GrowableBytes {
		let bytes = this.files.get(file);
		if (bytes === undefined) {
			bytes = new GrowableBytes();
			this.files.set(file, bytes);
		}
		return bytes;
	}

	apply(operation: DiskOperation): void {
		if (operation.kind === 'write') this.ensure(operation.file).write(operation.bytes, operation.at);
		else if (operation.kind === 'truncate') this.ensure(operation.file).resize(operation.size);
	}

	get usedBytes(): number {
		let sum = 0;
		for (const bytes of this.files.values()) sum += bytes.size;
		return sum;
	}
}

export class GrowableBytes {
	#bytes = new Uint8Array(0);
	size = 0;

	get content(): Uint8Array {
		return this.#bytes.subarray(0, this.size);
	}

	clone(): GrowableBytes {
		const copy = new GrowableBytes();
		copy.#bytes = this.#bytes.slice(0, this.size);
		copy.size = this.size;
		return copy;
	}

	write(bytes: Uint8Array, at: number): void {
		this.#ensureRoom(at + bytes.length);
		this.#bytes.set(bytes, at);
		this.size = Math.max(this.size, at + bytes.length);
	}

	resize(size: number): void {
		this.#ensureRoom(size);
		if (size < this.size) this.#bytes.fill(0, size, this.size);
		this.size = size;
	}

	#ensureRoom(size: number): void {
		if (size <= this.#bytes.length) return;
		const grown = new Uint8Array(Math.max(size, this.#bytes.length * 2, 1 << 14));
		grown.set(this.#bytes.subarray(0, this.size));
		this.#bytes = grown;
	}
}

/** Fails operations on the disk, counted from when the fault was set: those that change it, or those that read it. */
export interface Fault {
	/** Number of the operation that fails first, from 0. */
	readonly at: number;
	readonly persistent: boolean;
	/** Counts and fails reads instead of changes. */
	readonly reads?: boolean;
	/** `silent`: the operation is not done and nobody is told, which no volume can survive. */
	readonly kind?: 'error' | 'silent';
	count: number;
}

export class SimulatedDisk implements BlockStore {
	readonly image: DiskImage;
	readonly log: DiskOperation[] = [];
	/** How often something was to be changed on it. */
	changes = 0;
	/** Whether operations are noted; a benchmark has no use for them. */
	logging: boolean;
	quota = Number.POSITIVE_INFINITY;
	fault: Fault | undefined;
	readonly #open = new Set<string>();

	constructor(image: DiskImage = new DiskImage(), logging = false) {
		this.image = image;
		this.logging = logging;
	}

	async open(name: string): Promise<BlockFile> {
		if (this.#open.has(name)) throw new BlockFileError('failed', `${name} is open already`);
		this.#open.add(name);
		return new SimulatedFile(this, name, () => this.#open.delete(name));
	}

	async exists(name: string): Promise<boolean> {
		return this.image.files.has(name);
	}

	/** Does one operation, with its fault or lack of room. */
	perform(operation: DiskOperation): void {
		this.changes++;
		if (this.fault?.reads !== true && this.#failsNow()) return;
		if (operation.kind === 'write') this.#ensureRoom(operation);
		this.image.apply(operation);
		if (!this.logging) return;
		this.log.push(operation.kind === 'write' ? { ...operation, bytes: operation.bytes.slice() } : operation);
	}

	/** Throws when the next read is to fail. */
	admitRead(): void {
		if (this.fault?.reads === true) this.#failsNow();
	}

	acknowledge(number: number): void {
		this.log.push({ kind: 'acknowledge', number });
	}

	/** Throws when this operation is to fail; returns whether it is to be left out silently. */
	#failsNow(): boolean {
		const { fault } = this;
		if (fault === undefined) return false;
		const number = fault.count++;
		if (number !== fault.at && !(fault.persistent && number > fault.at)) return false;
		if (fault.kind === 'silent') return true;
		throw new BlockFileError('failed', 'simulated I/O error');
	}

	/** What fits of a write reaches the disk, as on a real one that runs full in the middle. */
	#ensureRoom(operation: { file: string; at: number; bytes: Uint8Array }): void {
		const { size } = this.image.ensure(operation.file);
		const growth = Math.max(0, operation.at + operation.bytes.length - size);
		const room = this.quota - this.image.usedBytes;
		if (growth <= room) return;
		const fits = operation.bytes.length - growth + Math.max(0, room);
		if (fits > 0) this.image.apply({ kind: 'write', ...operation, bytes: operation.bytes.slice(0, fits) });
		throw new BlockFileError('full', 'simulated disk is full');
	}
}

class SimulatedFile implements BlockFile {
	readonly name: string;
	readonly #disk: SimulatedDisk;
	readonly #release: () => void;

	constructor(disk: SimulatedDisk, name: string, release: () => void) {
		this.#disk = disk;
		this.name = name;
		this.#release = release;
		disk.image.ensure(name);
	}

	size(): number {
		return this.#disk.image.ensure(this.name).size;
	}

	read(into: Uint8Array, at: number): number {
		this.#disk.admitRead();
		const { content } = this.#disk.image.ensure(this.name);
		const part = content.subarray(at, at + into.length);
		into.set(part);
		return part.length;
	}

	write(bytes: Uint8Array, at: number): void {
		this.#disk.perform({ kind: 'write', file: this.name, at, bytes });
	}

	truncate(size: number): void {
		this.#disk.perform({ kind: 'truncate', file: this.name, size });
	}

	flush(): void {
		this.#disk.perform({ kind: 'flush', file: this.name });
	}

	close(): void {
		this.#release();
	}
}
