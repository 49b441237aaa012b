/**
 * Encrypting and decrypting on a person's behalf: nothing is encrypted before they have a way back that was proved.
 *
 * Rules of use: one for the desktop (`DesktopFiles.encryption`); who shows the window of the key backup listens to
 * `wayBackWanted` and says how it ended.
 */
import { OsError } from '#abi/errors.ts';
import type { EncryptionKeys } from '#abi/structures.generated.ts';
import { Emitter } from '#base/emitter.ts';
import type { System } from '#runtime/system.ts';
import type { FileOperations } from '../files/file-operations.ts';
import type { Transfer } from '../files/transfer.ts';
import type { EncryptionWish } from './encryption-job.ts';

export interface WayBackWish {
	/** The person has proved a way back, or does not want to. */
	settle(isProved: boolean): void;
}

export class EncryptionActions {
	readonly wayBackWanted = new Emitter<WayBackWish>();
	readonly #system: System;
	readonly #operations: FileOperations;
	#isSupported = false;

	constructor(system: System, operations: FileOperations) {
		this.#system = system;
		this.#operations = operations;
	}

	/** Whether this system encrypts files at all; known after `open`. */
	get isSupported(): boolean {
		return this.#isSupported;
	}

	async open(): Promise<void> {
		this.#isSupported = (await this.#findKeys()) !== undefined;
	}

	/** `undefined` when the person did not want a way back, and so nothing was begun. */
	async change(paths: readonly string[], wish: EncryptionWish): Promise<Transfer | undefined> {
		if (wish.change !== 'decrypt' && !(await this.ensureWayBack())) return undefined;
		return this.#operations.changeEncryption(paths, wish);
	}

	/** Whether there is a way back to encrypted files; the person is asked to make one. */
	async ensureWayBack(): Promise<boolean> {
		return (await this.#hasWayBack()) || (await this.askForWayBack());
	}

	askForWayBack(): Promise<boolean> {
		return new Promise((settle) => this.wayBackWanted.fire({ settle }));
	}

	dispose(): void {
		this.wayBackWanted.dispose();
	}

	/** Where nothing can be encrypted the attempt itself says so. */
	async #hasWayBack(): Promise<boolean> {
		const keys = await this.#findKeys();
		// An account without a password gets its key with the first way back.
		return keys === undefined || (keys.recovery.length > 0 && keys.key !== '');
	}

	/** `undefined` on a system that encrypts nothing. */
	async #findKeys(): Promise<EncryptionKeys | undefined> {
		try {
			return await this.#system.encryptionKeys();
		} catch (error) {
			if (error instanceof OsError && error.code === 'ENOTSUP') return undefined;
			throw error;
		}
	}
}
