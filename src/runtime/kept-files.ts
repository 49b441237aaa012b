/**
 * The client side of `abi/file-memory.ts`: files of which the process keeps pages, read and written without a call.
 *
 * Rules of use:
 * - `KeptFiles.open` with the slot that the kernel granted; the caller asks the file first and the kernel when it
 *   answers `undefined`: then the kernel has taken the file back, or the file cannot do this here.
 * - `close` before the handle is closed.
 *
 * Invariants:
 * - Bytes first, then `dirty`: whatever moment the process ends at, the kernel finds whole writes.
 * - A page that does not end up wholly written is read before it is written to.
 */
import {
	cleanFrame,
	FileMemory,
	frameCount,
	frameStates,
	frameWord,
	leaseModes,
	pageSize,
	slotWord,
	statusField,
} from '#abi/file-memory.ts';
import type { WaitingSystemCalls } from './waiting-system-calls.generated.ts';

const readAhead = 16;

export class KeptFiles {
	readonly memory: FileMemory;
	readonly system: WaitingSystemCalls;
	readonly now: () => bigint;
	/** Where the search for a frame goes on: frames are used again in turn. */
	#hand = 0;

	constructor(buffer: SharedArrayBuffer, system: WaitingSystemCalls, now: () => bigint) {
		this.memory = new FileMemory(buffer);
		this.system = system;
		this.now = now;
	}

	/** `reads`: whether the handle may read; without that right the process never gets a byte that it has not written. */
	open(handle: number, slot: number, reads: boolean): KeptFile {
		return new KeptFile(this, { handle, slot, reads });
	}

	/** A clean frame that nobody else touches now; `undefined` when all are dirty. */
	claim(): number | undefined {
		const { memory } = this;
		const { words } = memory;
		for (let tried = 0; tried < frameCount; tried++) {
			const frame = this.#hand;
			this.#hand = (frame + 1) % frameCount;
			if (words[memory.frameWord(frame, frameWord.dirty)] !== cleanFrame) continue;
			const state = memory.frameWord(frame, frameWord.state);
			if (Atomics.compareExchange(words, state, frameStates.free, frameStates.changing) !== frameStates.free) continue;
			words[memory.frameWord(frame, frameWord.slot)] = 0;
			return frame;
		}
		return undefined;
	}

	/** The frame stands for a page from now on; slot -1: for nothing. */
	release(frame: number, slot: number, page: number): void {
		const { memory } = this;
		const { words } = memory;
		words[memory.frameWord(frame, frameWord.page)] = page;
		Atomics.store(words, memory.frameWord(frame, frameWord.slot), slot + 1);
		Atomics.store(words, memory.frameWord(frame, frameWord.state), frameStates.free);
	}
}

export class KeptFile {
	readonly #files: KeptFiles;
	readonly #memory: FileMemory;
	readonly #handle: number;
	readonly #slot: number;
	readonly #reads: boolean;
	/** Frame of each page; a frame may have been given away since, which its words tell. */
	readonly #frames = new Map<number, number>();
	#lastPage = -1;
	#lastFrame = -1;
	/** The page after the last that was read in: reading it next is reading on. */
	#nextPage = 0;

	constructor(files: KeptFiles, parts: { handle: number; slot: number; reads: boolean }) {
		this.#files = files;
		this.#memory = files.memory;
		this.#handle = parts.handle;
		this.#slot = parts.slot;
		this.#reads = parts.reads;
	}

	/** Reads at `offset`; `undefined`: ask the kernel. */
	read(offset: number, into: Uint8Array): number | undefined {
		if (this.#mode === leaseModes.none) return undefined;
		const length = Math.max(0, Math.min(into.length, this.size - offset));
		for (let done = 0; done < length; ) {
			const page = Math.floor((offset + done) / pageSize);
			const start = (offset + done) % pageSize;
			const frame = this.#find(page) ?? this.#readIn(page);
			if (frame === undefined) return undefined;
			const step = Math.min(pageSize - start, length - done);
			this.#memory.copyOut(frame, start, into, done, step);
			done += step;
		}
		return length;
	}

	/** Writes at `offset`; `false`: ask the kernel, nothing was written. */
	write(offset: number, bytes: Uint8Array): boolean {
		if (this.#mode !== leaseModes.write) return false;
		const { size } = this;
		if (offset > size) return false;
		// All pages are there before the first byte is changed.
		const first = Math.floor(offset / pageSize);
		const last = Math.floor((offset + Math.max(0, bytes.length - 1)) / pageSize);
		if (last - first + 1 > frameCount / 2) return false;
		for (let page = first; page <= last; page++)
			if (!this.#prepare(page, offset, offset + bytes.length, size)) return false;
		for (let done = 0; done < bytes.length; ) {
			const page = Math.floor((offset + done) / pageSize);
			const start = (offset + done) % pageSize;
			const step = Math.min(pageSize - start, bytes.length - done);
			const frame = this.#find(page);
			if (frame === undefined) return false;
			this.#memory
				.bytes(frame, start, start + step)
				.set(step === bytes.length ? bytes : bytes.subarray(done, done + step));
			this.#publish(frame, start, start + step - 1);
			done += step;
		}
		if (offset + bytes.length > size) this.#memory.setSize(this.#slot, offset + bytes.length);
		this.#memory.words[this.#memory.slotWord(this.#slot, slotWord.touched)] = 1;
		// Taken back in the middle: the kernel may have looked before the bytes were there.
		if (this.#mode !== leaseModes.write) this.#files.system.fileFlush(this.#handle);
		return true;
	}

	/** The size, as long as the kernel lets it be known here. */
	get knownSize(): number | undefined {
		return this.#mode === leaseModes.none ? undefined : this.size;
	}

	get size(): number {
		return this.#memory.getSize(this.#slot);
	}

	/** Copies what the kernel would tell as a `filestat` of WASI; `false`: ask it. */
	copyStatus(into: Uint8Array): boolean {
		const { words } = this.#memory;
		if (this.#mode === leaseModes.none) return false;
		this.#stampTimes();
		const version = this.#memory.slotWord(this.#slot, slotWord.version);
		const before = Atomics.load(words, version);
		into.set(this.#memory.status(this.#slot));
		return (before & 1) === 0 && Atomics.load(words, version) === before;
	}

	/** The kernel changes the size itself: what is kept beyond it is forgotten. */
	forget(): void {
		this.#frames.clear();
		this.#lastPage = -1;
	}

	get #mode(): number {
		return Atomics.load(this.#memory.words, this.#memory.slotWord(this.#slot, slotWord.mode));
	}

	/** As POSIX has it, times are marked when the file is written to and set when somebody asks. */
	#stampTimes(): void {
		const touched = this.#memory.slotWord(this.#slot, slotWord.touched);
		if (this.#memory.words[touched] === 0) return;
		this.#memory.words[touched] = 0;
		const now = this.#files.now();
		this.#memory.setStatus(this.#slot, statusField.modified, now);
		this.#memory.setStatus(this.#slot, statusField.changed, now);
	}

	#find(page: number): number | undefined {
		const frame = page === this.#lastPage ? this.#lastFrame : this.#frames.get(page);
		if (frame === undefined) return undefined;
		const { words } = this.#memory;
		if (
			words[this.#memory.frameWord(frame, frameWord.slot)] !== this.#slot + 1 ||
			words[this.#memory.frameWord(frame, frameWord.page)] !== page
		)
			return undefined;
		this.#lastPage = page;
		this.#lastFrame = frame;
		return frame;
	}

	/** Makes a page ready to be written to from `start` to `end` of the file. */
	#prepare(page: number, start: number, end: number, size: number): boolean {
		const found = this.#find(page);
		const pageStart = page * pageSize;
		if (found !== undefined) {
			if (!this.#reads) this.#requireNoGap(found, start - pageStart, end - pageStart);
			return true;
		}
		// Nothing of it is in the file, or nothing of it stays: it need not be read.
		const overwritten = start <= pageStart && end >= Math.min(size, pageStart + pageSize);
		if (this.#reads && pageStart < size && !overwritten) return this.#readIn(page) !== undefined;
		const frame = this.#claim();
		if (frame === undefined) return false;
		this.#keep(page, frame);
		return true;
	}

	/** What lies between two runs of written bytes must be known, or the first one is handed over before the second. */
	#requireNoGap(frame: number, start: number, end: number): void {
		const dirty = this.#memory.words[this.#memory.frameWord(frame, frameWord.dirty)] as number;
		if (dirty === cleanFrame) return;
		const [first, last] = [dirty >>> 16, dirty & 0xffff];
		if (start > last + 1 || end < first) this.#files.system.fileFlush(this.#handle);
	}

	#claim(): number | undefined {
		const frame = this.#files.claim();
		if (frame !== undefined) return frame;
		this.#files.system.fileFlush(this.#handle);
		return this.#files.claim();
	}

	#keep(page: number, frame: number): void {
		this.#files.release(frame, this.#slot, page);
		this.#frames.set(page, frame);
		this.#lastPage = page;
		this.#lastFrame = frame;
	}

	/** Reads a page, and those after it when the reading goes on from the last time. */
	#readIn(page: number): number | undefined {
		const pages = Math.ceil(this.size / pageSize) - page;
		const wanted = page === this.#nextPage && page > 0 ? Math.min(readAhead, pages) : 1;
		const frames: number[] = [];
		for (let index = 0; index < wanted; index++) {
			if (index > 0 && this.#find(page + index) !== undefined) break;
			const frame = index === 0 ? this.#claim() : this.#files.claim();
			if (frame === undefined) break;
			frames.push(frame);
		}
		if (frames.length === 0) return undefined;
		try {
			this.#files.system.fileFill(this.#handle, page, frames);
		} catch (error) {
			for (const frame of frames) this.#files.release(frame, -1, 0);
			throw error;
		}
		for (const [index, frame] of frames.entries()) this.#keep(page + index, frame);
		this.#nextPage = page + frames.length;
		return this.#find(page);
	}

	/** Adds bytes `first` to `last` of a frame to those that the kernel has to take. */
	#publish(frame: number, first: number, last: number): void {
		const { words } = this.#memory;
		const dirty = this.#memory.frameWord(frame, frameWord.dirty);
		for (let before = Atomics.load(words, dirty); ; ) {
			const low = Math.min(before >>> 16, first);
			const high = Math.max(before & 0xffff, last);
			const seen = Atomics.compareExchange(words, dirty, before, (low << 16) | high | 0);
			if (seen === before) return;
			before = seen;
		}
	}
}
