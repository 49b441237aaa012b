/**
 * Memory in which a process keeps parts of its open files, shared with the kernel and with nobody else.
 *
 * It has slots, one for each open file that may be kept, and frames of one page each. The process fills and changes
 * frames; the kernel takes what was changed (`kernel/file-leases.ts`) when somebody else looks at the file, when it is
 * flushed or closed, when a second has passed, and when the process has ended, however it ended.
 *
 * | Slot word | Written by | Meaning |
 * |---|---|---|
 * | mode | kernel | `leaseModes`: what the process may do without the kernel |
 * | version | kernel | odd while the kernel changes the slot's status |
 * | touched | process | 1: the file was written to since its time of change was last set |
 *
 * | Frame word | Written by | Meaning |
 * |---|---|---|
 * | state | both | 0 free to use, 1 the process changes what the frame stands for, 2 the kernel takes from it |
 * | slot | process | whose page it holds; 0: nothing, else the slot + 1 |
 * | page | process | which page |
 * | dirty | both | first changed byte in the upper half, last in the lower; `cleanFrame`: none |
 *
 * Invariants:
 * - The process publishes `dirty` after the bytes, and gives a frame another meaning only while it is clean and
 *   `state` is 1. The kernel sets `state` to 2 before it takes `dirty`, so the bytes it reads are that page's.
 * - The kernel trusts none of this: which file a slot stands for and what may be done with it, it knows itself.
 */

export const leaseModes = { none: 0, read: 1, write: 2 } as const;
export const frameStates = { free: 0, changing: 1, taking: 2 } as const;

export const pageSize = 65_536;
export const slotCount = 64;
export const frameCount = 256;
/** First byte 65535, last byte 0: no range. */
export const cleanFrame = 0xffff_0000 | 0;

const slotWords = 4;
const statusBytes = 64;
const frameWords = 4;
const slotWordsOffset = 0;
const frameWordsOffset = slotWordsOffset + slotCount * slotWords * 4;
const statusOffset = frameWordsOffset + frameCount * frameWords * 4;
const framesOffset = 16_384;

/** Up to so many bytes a loop is faster than making a view for `set`. */
const smallCopy = 64;

export const fileMemoryBytes = framesOffset + frameCount * pageSize;

export const slotWord = { mode: 0, version: 1, touched: 2 } as const;
export const frameWord = { state: 0, slot: 1, page: 2, dirty: 3 } as const;
/**
 * What is known of the file, in the layout of a `filestat` of WASI preview 1, so that a guest gets it by one copy. Offsets
 * in bytes; each is a 64-bit integer, little-endian, but the type, which is one byte.
 */
export const statusField = {
	device: 0,
	inode: 8,
	type: 16,
	links: 24,
	size: 32,
	accessed: 40,
	modified: 48,
	changed: 56,
} as const;

export class FileMemory {
	readonly words: Int32Array<SharedArrayBuffer>;
	readonly #view: DataView<SharedArrayBuffer>;
	readonly #bytes: Uint8Array<SharedArrayBuffer>;

	constructor(buffer: SharedArrayBuffer) {
		this.words = new Int32Array(buffer, 0, framesOffset / 4);
		this.#view = new DataView(buffer, 0, framesOffset);
		this.#bytes = new Uint8Array(buffer);
	}

	/** Index of a slot's word in `words`. */
	slotWord(slot: number, word: number): number {
		return slotWordsOffset / 4 + slot * slotWords + word;
	}

	/** Index of a frame's word in `words`. */
	frameWord(frame: number, word: number): number {
		return frameWordsOffset / 4 + frame * frameWords + word;
	}

	/** Bytes of the frames that hold a page. */
	get usedBytes(): number {
		let frames = 0;
		for (let frame = 0; frame < frameCount; frame++)
			if (this.words[this.frameWord(frame, frameWord.slot)] !== 0) frames++;
		return frames * pageSize;
	}

	/** The status of a slot's file, `statusField` by `statusField`. */
	status(slot: number): Uint8Array<SharedArrayBuffer> {
		const at = statusOffset + slot * statusBytes;
		return this.#bytes.subarray(at, at + statusBytes);
	}

	getStatus(slot: number, field: number): bigint {
		return this.#view.getBigUint64(statusOffset + slot * statusBytes + field, true);
	}

	setStatus(slot: number, field: number, value: bigint): void {
		this.#view.setBigUint64(statusOffset + slot * statusBytes + field, value, true);
	}

	/** Size of a slot's file, without the cost of a bigint. */
	getSize(slot: number): number {
		const at = statusOffset + slot * statusBytes + statusField.size;
		return this.#view.getUint32(at + 4, true) * 2 ** 32 + this.#view.getUint32(at, true);
	}

	setSize(slot: number, size: number): void {
		const at = statusOffset + slot * statusBytes + statusField.size;
		this.#view.setUint32(at, size % 2 ** 32, true);
		this.#view.setUint32(at + 4, Math.floor(size / 2 ** 32), true);
	}

	/** Copies out of a frame. */
	// biome-ignore lint/complexity/useMaxParams: a view made for each small copy costs more than the copy.
	copyOut(frame: number, start: number, into: Uint8Array, at: number, length: number): void {
		const from = framesOffset + frame * pageSize + start;
		if (length > smallCopy) into.set(this.#bytes.subarray(from, from + length), at);
		else for (let index = 0; index < length; index++) into[at + index] = this.#bytes[from + index] as number;
	}

	/** Copies into a frame. */
	// biome-ignore lint/complexity/useMaxParams: a view made for each small copy costs more than the copy.
	copyIn(frame: number, start: number, from: Uint8Array, at: number, length: number): void {
		const into = framesOffset + frame * pageSize + start;
		if (length > smallCopy) this.#bytes.set(from.subarray(at, at + length), into);
		else for (let index = 0; index < length; index++) this.#bytes[into + index] = from[at + index] as number;
	}

	/** Bytes `start` to `end` of a frame. */
	bytes(frame: number, start: number, end: number): Uint8Array<SharedArrayBuffer> {
		const at = framesOffset + frame * pageSize;
		return this.#bytes.subarray(at + start, at + end);
	}
}

/** Marks all frames clean; done once, before the memory is shared. */
export function prepareFileMemory(buffer: SharedArrayBuffer): void {
	const memory = new FileMemory(buffer);
	for (let frame = 0; frame < frameCount; frame++) memory.words[memory.frameWord(frame, frameWord.dirty)] = cleanFrame;
}
