/**
 * The keys of one encrypted file while somebody may open it: numbers of the vault, by file identifier and epoch, and for whom
 * they were opened.
 *
 * Rules of use: `forget` when nobody may open it any more. A key that was replaced is kept until what replaced it is durable.
 */
import type { Sid } from '#security/sid.ts';
import type { FileCipher, FileKey } from './file-cipher.ts';
import { contextBytes, type FileContext } from './header.ts';

export class FileKeys {
	readonly #cipher: FileCipher;
	readonly #keys = new Map<string, FileKey>();
	/** People whose keys have opened it. */
	readonly openers = new Set<Sid>();

	constructor(cipher: FileCipher) {
		this.#cipher = cipher;
	}

	find(context: FileContext): FileKey | undefined {
		return this.#keys.get(nameOf(context));
	}

	/** Takes over a key; one that is here already stays, and the new one is given back. */
	add(context: FileContext, key: FileKey): void {
		const name = nameOf(context);
		if (this.#keys.has(name)) this.#cipher.forgetFileKey(key);
		else this.#keys.set(name, key);
	}

	/** A new key; one of an attempt before, which was undone, goes. */
	replace(context: FileContext, key: FileKey): void {
		const before = this.find(context);
		if (before !== undefined) this.#cipher.forgetFileKey(before);
		this.#keys.set(nameOf(context), key);
	}

	/** Forgets all keys but those of these. */
	keepOnly(contexts: readonly FileContext[]): void {
		const kept = contexts.map(nameOf);
		for (const [name, key] of this.#keys) {
			if (kept.includes(name)) continue;
			this.#keys.delete(name);
			this.#cipher.forgetFileKey(key);
		}
	}

	forget(): void {
		this.keepOnly([]);
		this.openers.clear();
	}
}

function nameOf(context: FileContext): string {
	return contextBytes(context).join();
}
