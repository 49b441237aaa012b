/**
 * A pipe: bytes in order from its writers to its readers, through memory that processes may share (`base/ring-buffer.ts`).
 *
 * Rules of use:
 * - The calls of processes that send messages come here; a process that shares the memory uses it without the kernel.
 * - `share` gives the memory to a process; `unshare` when it has ended takes what it still held.
 *
 * Invariants:
 * - A write is never split among others: its bytes stand together, for it keeps the lock of writers until it is whole.
 * - Without a writer, readers get what is left and then an empty result; without a reader, writers get EPIPE.
 * - The kernel never stands still: it is told by `Atomics.waitAsync`.
 */
import { OsError } from '#abi/errors.ts';
import { RingBuffer, ringWords } from '#base/ring-buffer.ts';
import { KernelObject } from './kernel-object.ts';
import { type Wait, WaitQueue } from './wait.ts';

/** Four pieces as programs write them (64 KiB): both ends work at the same time, five times faster than with room for one. */
export const pipeCapacity = 262_144;

/** Holds a lock for the kernel; no process has this number. */
const kernelOwner = -1;

type Bytes = Uint8Array<ArrayBuffer>;

/** What became of trying to move on: nobody wants to, it went on, there is nothing to do yet, the lock is held. */
type Progress = 'idle' | 'moved' | 'waits' | 'locked';

interface BlockedWrite {
	readonly bytes: Bytes;
	readonly wait: Wait<void>;
	done: number;
}

interface BlockedRead {
	readonly maximum: number;
	readonly wait: Wait<Bytes>;
}

export class Pipe {
	readonly reader: PipeReader = new PipeReader(this);
	readonly writer: PipeWriter = new PipeWriter(this);
	readonly #ring = new RingBuffer(pipeCapacity);
	/** Processes that have its memory. */
	readonly #sharers = new Set<number>();
	readonly #blockedWrites = new Set<BlockedWrite>();
	readonly #blockedReads = new Set<BlockedRead>();
	readonly #polls = new WaitQueue<void>();
	/** Words of the ring for whose change it waits already. */
	readonly #armed = new Set<number>();

	/** Memory for a process that reads or writes without the kernel. */
	share(pid: number): SharedArrayBuffer {
		this.#sharers.add(pid);
		return this.#ring.buffer;
	}

	/** Nothing of the process runs any more: what it had locked is free, also under a name that nobody has. */
	unshare(pid: number): void {
		this.#sharers.delete(pid);
		for (const lock of [ringWords.readLock, ringWords.writeLock]) {
			const owner = Atomics.load(this.#ring.words, lock);
			const isKernels = lock === ringWords.writeLock && owner === kernelOwner && this.#isWriting;
			if (owner !== 0 && !isKernels && !this.#sharers.has(owner)) this.#ring.unlock(lock, owner);
		}
	}

	/** Whether the kernel is in the middle of a write, and so keeps the lock of writers. */
	get #isWriting(): boolean {
		const [blocked] = this.#blockedWrites;
		return blocked !== undefined && blocked.done > 0;
	}

	/** Whether a read would be answered at once. */
	get readable(): boolean {
		return this.#ring.filled > 0 || this.#ring.writersGone;
	}

	/** Whether a write would be begun at once. */
	get writable(): boolean {
		return this.#ring.readersGone || (this.#ring.filled < pipeCapacity && this.#blockedWrites.size === 0);
	}

	/** Resolves `wait` at the next change of `readable` or `writable`. */
	admitPoll(wait: Wait<void>): void {
		this.#polls.add(wait);
		this.#count(ringWords.readersWaiting, wait);
		this.#count(ringWords.writersWaiting, wait);
		for (const word of [ringWords.readSignal, ringWords.writeSignal])
			this.#arm(word, Atomics.load(this.#ring.words, word));
	}

	/** Bytes at once, or `undefined` when the reader has to wait: then call `admitReader`. */
	read(maximum: number): Bytes | undefined {
		if (maximum === 0) return new Uint8Array(0);
		const bytes = this.#blockedReads.size === 0 ? this.#take(maximum) : undefined;
		if (bytes !== undefined) this.#pump();
		return bytes;
	}

	/** As `read`, but nothing behind the first line feed. */
	readLine(maximum: number): Bytes | undefined {
		return this.read(Math.min(maximum, Math.max(1, this.#ring.lineLength)));
	}

	admitReader(maximum: number, wait: Wait<Bytes>): void {
		const blocked = { maximum, wait };
		this.#blockedReads.add(blocked);
		wait.whenOver(() => this.#blockedReads.delete(blocked));
		this.#count(ringWords.readersWaiting, wait);
		this.#pump();
	}

	/** Whether all bytes were taken at once; when not, call `admitWriter`. */
	write(bytes: Bytes): boolean {
		const ring = this.#ring;
		if (ring.readersGone) throw new OsError('EPIPE');
		if (this.#blockedWrites.size > 0 || bytes.length > pipeCapacity - ring.filled) return false;
		if (!ring.tryLock(ringWords.writeLock, kernelOwner)) return false;
		ring.write(bytes);
		ring.unlock(ringWords.writeLock, kernelOwner);
		this.#pump();
		return true;
	}

	admitWriter(bytes: Bytes, wait: Wait<void>): void {
		const blocked = { bytes, wait, done: 0 };
		this.#blockedWrites.add(blocked);
		this.#count(ringWords.writersWaiting, wait);
		wait.whenOver(() => {
			this.#blockedWrites.delete(blocked);
			// One that gives up in the middle lets the next one write.
			if (blocked.done > 0) this.#ring.unlock(ringWords.writeLock, kernelOwner);
			this.#pump();
		});
		this.#pump();
	}

	closeReader(): void {
		this.#ring.leave(ringWords.readersGone);
		this.#ring.clear();
		for (const { wait } of [...this.#blockedWrites]) wait.reject(new OsError('EPIPE'));
		this.#polls.resolveAll();
	}

	closeWriter(): void {
		this.#ring.leave(ringWords.writersGone);
		this.#pump();
		this.#polls.resolveAll();
	}

	/** Moves on whatever can move on, and waits for the rest. */
	#pump(): void {
		const { words } = this.#ring;
		// Looked at before the bytes are: a change after that ends the wait for it at once.
		const readSignal = Atomics.load(words, ringWords.readSignal);
		const writeSignal = Atomics.load(words, ringWords.writeSignal);
		let reading: Progress = 'moved';
		let writing: Progress = 'moved';
		while (reading === 'moved' || writing === 'moved') {
			writing = this.#pumpWrites();
			reading = this.#pumpReads();
			if (reading === 'moved' || writing === 'moved') this.#polls.resolveAll();
		}
		if (reading === 'waits') this.#arm(ringWords.readSignal, readSignal);
		if (reading === 'locked') this.#arm(ringWords.readLock, Atomics.load(words, ringWords.readLock));
		if (writing === 'waits') this.#arm(ringWords.writeSignal, writeSignal);
		if (writing === 'locked') this.#arm(ringWords.writeLock, Atomics.load(words, ringWords.writeLock));
	}

	#pumpWrites(): Progress {
		const [blocked] = this.#blockedWrites;
		if (blocked === undefined) return 'idle';
		const ring = this.#ring;
		if (blocked.done === 0 && !ring.tryLock(ringWords.writeLock, kernelOwner)) return 'locked';
		const count = ring.write(blocked.bytes.subarray(blocked.done));
		blocked.done += count;
		const isWhole = blocked.done === blocked.bytes.length;
		if (isWhole || blocked.done === 0) ring.unlock(ringWords.writeLock, kernelOwner);
		if (!isWhole) return count > 0 ? 'moved' : 'waits';
		// Before anybody hears of it: what they do then may come back here.
		this.#blockedWrites.delete(blocked);
		blocked.done = 0;
		blocked.wait.resolve();
		return 'moved';
	}

	#pumpReads(): Progress {
		const [blocked] = this.#blockedReads;
		if (blocked === undefined) return 'idle';
		const ring = this.#ring;
		if (ring.filled > 0 && Atomics.load(ring.words, ringWords.readLock) !== 0) return 'locked';
		const bytes = this.#take(blocked.maximum);
		if (bytes === undefined) return 'waits';
		this.#blockedReads.delete(blocked);
		blocked.wait.resolve(bytes);
		return 'moved';
	}

	/** What is there, in memory that nobody else holds; empty at the end; `undefined`: nothing yet. */
	#take(maximum: number): Bytes | undefined {
		const ring = this.#ring;
		if (ring.filled === 0) return ring.writersGone ? new Uint8Array(0) : undefined;
		if (!ring.tryLock(ringWords.readLock, kernelOwner)) return undefined;
		const bytes = new Uint8Array(Math.min(maximum, ring.filled));
		ring.read(bytes);
		ring.unlock(ringWords.readLock, kernelOwner);
		return bytes;
	}

	/** Counts the kernel among those who wait, as long as `wait` is not over. */
	#count<T>(waiting: number, wait: Wait<T>): void {
		Atomics.add(this.#ring.words, waiting, 1);
		wait.whenOver(() => void Atomics.sub(this.#ring.words, waiting, 1));
	}

	/** Looks again when a word of the ring is no longer what was seen. */
	#arm(word: number, seen: number): void {
		if (this.#armed.has(word)) return;
		this.#armed.add(word);
		const isFreeLock = seen === 0 && (word === ringWords.readLock || word === ringWords.writeLock);
		const change = isFreeLock ? undefined : Atomics.waitAsync(this.#ring.words, word, seen);
		const over = (): void => {
			this.#armed.delete(word);
			this.#polls.resolveAll();
			this.#pump();
		};
		if (change?.async === true) void change.value.then(over);
		else queueMicrotask(over);
	}
}

export class PipeReader extends KernelObject {
	readonly pipe: Pipe;

	constructor(pipe: Pipe) {
		super();
		this.pipe = pipe;
	}

	protected override onLastClose(): void {
		this.pipe.closeReader();
	}
}

export class PipeWriter extends KernelObject {
	readonly pipe: Pipe;

	constructor(pipe: Pipe) {
		super();
		this.pipe = pipe;
	}

	protected override onLastClose(): void {
		this.pipe.closeWriter();
	}
}
