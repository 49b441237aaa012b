/**
 * The keys of one encrypted file while somebody may open it: numbers of the vault, by epoch, and for whom they were opened.
 *
 * Rules of use: `forget` when nobody may open it any more. An epoch that ended is kept until what ended it is durable.
 */
import type { Sid } from '#security/sid.ts';
import type { FileCipher, FileKey } from './file-cipher.ts';

export class FileKeys {
	readonly #cipher: FileCipher;
	readonly #byEpoch = new Map<number, FileKey>();
	/** People whose keys have opened it. */
	readonly openers = new Set<Sid>();

	constructor(cipher: FileCipher) {
		this.#cipher = cipher;
	}

	get isOpen(): boolean {
		return this.#byEpoch.size > 0;
	}

	find(epoch: number): FileKey | undefined {
		return this.#byEpoch.get(epoch);
	}

	/** Takes over a key; one that is here already for the epoch stays, and the new one is given back. */
	add(epoch: number, key: FileKey): void {
		if (this.#byEpoch.has(epoch)) this.#cipher.forgetFileKey(key);
		else this.#byEpoch.set(epoch, key);
	}

	/** Forgets all epochs but these. */
	keepOnly(epochs: readonly number[]): void {
		for (const [epoch, key] of this.#byEpoch) {
			if (epochs.includes(epoch)) continue;
			this.#byEpoch.delete(epoch);
			this.#cipher.forgetFileKey(key);
		}
	}

	forget(): void {
		this.keepOnly([]);
		this.openers.clear();
	}
}
