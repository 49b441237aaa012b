/**
 * A drive of the guest: blocks of an image read when they are wanted, and over them what the guest writes.
 *
 * Invariants:
 * - The image is never written; every write stays in the overlay, sector by sector, until it is collected.
 * - At most `cachedChunks` chunks of the image are held, whatever its size.
 * - A request that reaches past the end of the image gets zeros there, as an empty place of a disk.
 */
import type { ChangedRun } from './pc-messages.ts';
import type { V86Blocks } from './v86-types.ts';

const sectorBytes = 512;
const chunkBytes = 128 * 1024;
const cachedChunks = 512;

/** Reads `length` bytes of the image from byte `at`. */
export type ReadImage = (at: number, length: number) => Promise<Uint8Array>;

export class OverlayBlocks implements V86Blocks {
	readonly byteLength: number;
	onload?: (event: object) => void;
	readonly #read: ReadImage;
	readonly #onChange: (changedBytes: number) => void;
	readonly #onFailure: (error: unknown) => void;
	/** Chunks by number; the one used longest ago is first. */
	readonly #chunks = new Map<number, Uint8Array>();
	readonly #pending = new Map<number, Promise<void>>();
	readonly #overlay = new Map<number, Uint8Array<ArrayBuffer>>();

	constructor(
		byteLength: number,
		read: ReadImage,
		listeners: { onChange(changedBytes: number): void; onFailure(error: unknown): void },
	) {
		this.byteLength = byteLength;
		this.#read = read;
		this.#onChange = listeners.onChange;
		this.#onFailure = listeners.onFailure;
	}

	load(): void {
		this.onload?.({});
	}

	get_from_cache(start: number, length: number): Uint8Array | undefined {
		const bytes = new Uint8Array(length);
		for (let at = start; at < start + length; ) {
			const end = Math.min(start + length, (Math.floor(at / sectorBytes) + 1) * sectorBytes);
			const source = this.#findSector(at);
			if (source === undefined) return undefined;
			bytes.set(source.subarray(0, end - at), at - start);
			at = end;
		}
		return bytes;
	}

	/** The bytes from `at` to the end of its sector or beyond; `undefined` when they are still to be read. */
	#findSector(at: number): Uint8Array | undefined {
		const sector = Math.floor(at / sectorBytes);
		const written = this.#overlay.get(sector);
		if (written !== undefined) return written.subarray(at - sector * sectorBytes);
		const number = Math.floor(at / chunkBytes);
		return this.#chunks.get(number)?.subarray(at - number * chunkBytes);
	}

	get(start: number, length: number, done: (bytes: Uint8Array) => void): void {
		const cached = this.get_from_cache(start, length);
		if (cached !== undefined) done(cached);
		else void this.#fetch(start, length, done);
	}

	get_and_cache(start: number, length: number, done: (bytes: Uint8Array) => void): void {
		this.get(start, length, done);
	}

	async #fetch(start: number, length: number, done: (bytes: Uint8Array) => void): Promise<void> {
		try {
			const wanted: Promise<void>[] = [];
			const last = Math.floor((start + length - 1) / chunkBytes);
			for (let number = Math.floor(start / chunkBytes); number <= last; number++) wanted.push(this.#ensure(number));
			await Promise.all(wanted);
			done(this.get_from_cache(start, length) ?? new Uint8Array(length));
		} catch (error) {
			this.#onFailure(error);
		}
	}

	#ensure(number: number): Promise<void> {
		const held = this.#chunks.get(number);
		if (held !== undefined) {
			this.#chunks.delete(number);
			this.#chunks.set(number, held);
			return Promise.resolve();
		}
		const pending = this.#pending.get(number);
		if (pending !== undefined) return pending;
		const reading = this.#readChunk(number).finally(() => this.#pending.delete(number));
		this.#pending.set(number, reading);
		return reading;
	}

	async #readChunk(number: number): Promise<void> {
		const at = number * chunkBytes;
		const length = Math.max(0, Math.min(chunkBytes, this.byteLength - at));
		const chunk = new Uint8Array(chunkBytes);
		if (length > 0) chunk.set((await this.#read(at, length)).subarray(0, length));
		this.#chunks.set(number, chunk);
		const oldest = this.#chunks.keys().next().value;
		if (this.#chunks.size > cachedChunks && oldest !== undefined) this.#chunks.delete(oldest);
	}

	set(start: number, bytes: Uint8Array, done: () => void): void {
		for (let at = 0; at < bytes.length; at += sectorBytes) {
			const sector = new Uint8Array(sectorBytes);
			sector.set(bytes.subarray(at, at + sectorBytes));
			this.#overlay.set((start + at) / sectorBytes, sector);
		}
		this.#onChange(this.#overlay.size * sectorBytes);
		done();
	}

	/** What was written, in order of place, neighbours together; not past the end of the image. */
	collect(): ChangedRun[] {
		const sectors = [...this.#overlay.keys()].sort((left, right) => left - right);
		const runs: ChangedRun[] = [];
		for (let first = 0; first < sectors.length; ) {
			let end = first + 1;
			while (end < sectors.length && sectors[end] === (sectors[first] ?? 0) + end - first) end++;
			runs.push(this.#join(sectors.slice(first, end)));
			first = end;
		}
		return runs;
	}

	#join(sectors: readonly number[]): ChangedRun {
		const at = (sectors[0] ?? 0) * sectorBytes;
		const bytes = new Uint8Array(sectors.length * sectorBytes);
		sectors.forEach((sector, index) => {
			bytes.set(this.#overlay.get(sector) ?? [], index * sectorBytes);
		});
		return { at, bytes: bytes.slice(0, Math.max(0, this.byteLength - at)) };
	}

	/** v86 asks for all of a disk only to save a machine's state, which we do not. */
	get_buffer(done: (buffer?: ArrayBuffer) => void): void {
		done();
	}

	get_state(): unknown {
		return [];
	}

	set_state(): void {
		// As `get_state`: no state is saved.
	}
}
