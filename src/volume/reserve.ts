/**
 * Room on the host that is kept so that a full disk can still delete: a file of zeros, cut to nothing when a change
 * that makes room needs some itself, and grown again when there is space.
 *
 * Rules of use: `grow` takes a step at a time, outside the start of the system. Once given up (`released`), nothing
 * that needs room is accepted until it is whole again; the superblock remembers that.
 */
import { type BlockFile, BlockFileError } from '#base/ports.ts';

const step = new Uint8Array(1 << 20);

export class Reserve {
	readonly #file: BlockFile;
	readonly #target: number;
	readonly #remember: (released: boolean) => void;
	#size: number;
	#released: boolean;

	constructor(file: BlockFile, target: number, released: boolean, remember: (released: boolean) => void) {
		this.#file = file;
		this.#target = target;
		this.#remember = remember;
		this.#size = file.size();
		this.#released = released;
	}

	get size(): number {
		return this.#size;
	}

	get released(): boolean {
		return this.#released;
	}

	get whole(): boolean {
		return this.#size >= this.#target;
	}

	/** Gives the room up; returns whether there was any. */
	release(): boolean {
		if (this.#size === 0) return false;
		if (!this.#released) this.#remember(true);
		this.#released = true;
		this.#file.truncate(0);
		this.#file.flush();
		this.#size = 0;
		return true;
	}

	/** Adds up to `bytes`; returns whether the host had room for them. */
	grow(bytes: number): boolean {
		const end = Math.min(this.#target, this.#size + bytes);
		try {
			while (this.#size < end) {
				const part = step.subarray(0, Math.min(step.length, end - this.#size));
				this.#file.write(part, this.#size);
				this.#size += part.length;
			}
			this.#file.flush();
		} catch (error) {
			if (error instanceof BlockFileError && error.reason === 'full') return false;
			throw error;
		}
		if (this.whole && this.#released) {
			this.#remember(false);
			this.#released = false;
		}
		return true;
	}

	close(): void {
		this.#file.close();
	}
}
