/**
 * The memory of a guest as its calls see it.
 *
 * Rules of use: a place that is not in the memory is EFAULT. Views are made anew when the memory has grown.
 */
import { errno, WasiError } from './wasi-numbers.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

export class GuestMemory {
	readonly #memory: WebAssembly.Memory;
	readonly #grown: (bytes: number) => void;
	#bytes: Uint8Array<ArrayBuffer>;
	#view: DataView<ArrayBuffer>;

	/** `grown` is told how many bytes there are, now and when there are more. */
	constructor(memory: WebAssembly.Memory, grown: (bytes: number) => void) {
		this.#memory = memory;
		this.#grown = grown;
		grown(memory.buffer.byteLength);
		this.#bytes = new Uint8Array(memory.buffer);
		this.#view = new DataView(this.#bytes.buffer);
	}

	get view(): DataView<ArrayBuffer> {
		if (this.#bytes.buffer !== this.#memory.buffer) {
			this.#bytes = new Uint8Array(this.#memory.buffer);
			this.#view = new DataView(this.#bytes.buffer);
			this.#grown(this.#view.byteLength);
		}
		return this.#view;
	}

	bytes(place: number, length: number): Uint8Array<ArrayBuffer> {
		const start = place >>> 0;
		if (start + length > this.view.byteLength) throw new WasiError(errno.fault);
		return this.#bytes.subarray(start, start + length);
	}

	/** Text of the guest; EILSEQ when it is no UTF-8. */
	text(place: number, length: number): string {
		try {
			return decoder.decode(this.bytes(place, length >>> 0));
		} catch (error) {
			if (error instanceof WasiError) throw error;
			throw new WasiError(errno.ilseq, { cause: error });
		}
	}

	/** A path of the guest: no NUL, not empty. */
	path(place: number, length: number): string {
		const path = this.text(place, length);
		if (path.includes('\0')) throw new WasiError(errno.inval);
		if (path === '') throw new WasiError(errno.noent);
		return path;
	}

	/** Writes as much of a text as fits; returns how many bytes that were. */
	setTextPart(place: number, text: string, limit: number): number {
		const bytes = encoder.encode(text).subarray(0, limit >>> 0);
		this.bytes(place, bytes.length).set(bytes);
		return bytes.length;
	}

	u32(place: number): number {
		this.#require(place, 4);
		return this.view.getUint32(place >>> 0, true);
	}

	setU32(place: number, value: number): void {
		this.#require(place, 4);
		this.view.setUint32(place >>> 0, value, true);
	}

	setU64(place: number, value: bigint): void {
		this.#require(place, 8);
		this.view.setBigUint64(place >>> 0, value, true);
	}

	/** The parts of memory that an array of `iovec` names. */
	vectors(place: number, count: number): Uint8Array<ArrayBuffer>[] {
		const parts: Uint8Array<ArrayBuffer>[] = [];
		this.#require(place, (count >>> 0) * 8);
		for (let index = 0; index < count >>> 0; index++) {
			const at = (place >>> 0) + index * 8;
			parts.push(this.bytes(this.view.getUint32(at, true), this.view.getUint32(at + 4, true)));
		}
		return parts;
	}

	#require(place: number, length: number): void {
		if ((place >>> 0) + length > this.view.byteLength) throw new WasiError(errno.fault);
	}
}
