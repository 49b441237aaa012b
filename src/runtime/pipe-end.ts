/**
 * An end of a pipe in a process that waits for it: bytes go through memory that it shares with the other end.
 *
 * Rules of use: in a Worker of its own only. `owner` is the number of the process; the kernel takes its locks when it ends.
 */
import { OsError } from '#abi/errors.ts';
import { RingBuffer, ringWords } from '#base/ring-buffer.ts';
import type { WaitingMeter } from './waiting-meter.ts';

export class PipeEnd {
	readonly #ring: RingBuffer;
	readonly #owner: number;
	readonly #sleep: WaitingMeter['wait'];

	constructor(buffer: SharedArrayBuffer, owner: number, wait: WaitingMeter['wait']) {
		this.#sleep = wait;
		this.#ring = new RingBuffer(buffer);
		this.#owner = owner;
	}

	/** Bytes that can be read at once. */
	get filled(): number {
		return this.#ring.filled;
	}

	/** Waits for bytes; 0 says that no writer is left. */
	read(into: Uint8Array): number {
		const ring = this.#ring;
		if (into.length === 0) return 0;
		for (;;) {
			this.#lock(ringWords.readLock);
			const count = ring.read(into);
			ring.unlock(ringWords.readLock, this.#owner);
			if (count > 0) return count;
			if (ring.writersGone && ring.filled === 0) return 0;
			this.#wait(ringWords.readersWaiting, ringWords.readSignal, () => ring.filled > 0 || ring.writersGone);
		}
	}

	/** Writes all of the bytes, together; EPIPE when nobody reads. */
	write(bytes: Uint8Array): void {
		const ring = this.#ring;
		this.#lock(ringWords.writeLock);
		try {
			for (let done = 0; done < bytes.length; ) {
				if (ring.readersGone) throw new OsError('EPIPE');
				const count = ring.write(done === 0 ? bytes : bytes.subarray(done));
				done += count;
				if (count === 0) this.#waitForRoom();
			}
		} finally {
			ring.unlock(ringWords.writeLock, this.#owner);
		}
	}

	#lock(lock: number): void {
		while (!this.#ring.tryLock(lock, this.#owner)) {
			const owner = Atomics.load(this.#ring.words, lock);
			if (owner !== 0) this.#sleep(this.#ring.words, lock, owner);
		}
	}

	#waitForRoom(): void {
		const ring = this.#ring;
		this.#wait(ringWords.writersWaiting, ringWords.writeSignal, () => ring.filled < ring.capacity || ring.readersGone);
	}

	#wait(waiting: number, signal: number, isOver: () => boolean): void {
		const { words } = this.#ring;
		Atomics.add(words, waiting, 1);
		const seen = Atomics.load(words, signal);
		if (!isOver()) this.#sleep(words, signal, seen);
		Atomics.sub(words, waiting, 1);
	}
}
