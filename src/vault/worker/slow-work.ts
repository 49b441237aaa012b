/**
 * What takes long in the vault, in a thread of its own for each time: stretching a password, and files of keys that a
 * passphrase seals. The vault itself goes on answering the kernel, which waits for it.
 *
 * Rules of use: the host gives a way to make a Worker that runs `serveSlowWork`.
 *
 * Invariants:
 * - One at a time, so that two logons at once do not need twice the memory.
 * - The Worker ends with its one work, and with it the memory that had the password or the bytes of keys.
 */
import { type ErrorName, OsError } from '#abi/errors.ts';
import type { ExportFormat } from '#vault/key-vault.ts';
import type { ExportableKey } from './key-file.ts';
import type { PasswordCost } from './password-cost.ts';

export interface KeyFileToWrite {
	readonly keys: readonly ExportableKey[];
	readonly format: ExportFormat;
	readonly passphrase: string;
	readonly label: string;
}

/** What it does, by name. `CryptoKey`s go from thread to thread as they are. */
export interface SlowWork {
	/** 32 bytes by Argon2id. */
	stretch(password: string, salt: Uint8Array, cost: PasswordCost): Promise<Uint8Array>;
	writeKeyFile(request: KeyFileToWrite): Promise<Uint8Array>;
	/** `undefined`: the passphrase is not the right one. */
	readKeyFile(file: Uint8Array, passphrase: string): Promise<readonly ExportableKey[] | undefined>;
}

export interface SlowRequest {
	readonly work: keyof SlowWork;
	readonly values: readonly unknown[];
}

export type SlowOutcome = { readonly value: unknown } | { readonly error: ErrorName; readonly detail: string };

/** Makes a Worker, gives it a request, and calls back once: with its outcome, or with why it has ended. Returns how to end it. */
export type StartSlowWork = (
	request: SlowRequest,
	told: (outcome: SlowOutcome) => void,
	ended: (reason: string) => void,
) => () => void;

export class SlowWorker implements SlowWork {
	readonly #start: StartSlowWork;
	/** What each waits for: one at a time for memory's sake; who logs on does not wait for files that programs open. */
	readonly #last: Record<'passwords' | 'files', Promise<unknown>> = {
		passwords: Promise.resolve(),
		files: Promise.resolve(),
	};

	constructor(start: StartSlowWork) {
		this.#start = start;
	}

	stretch(password: string, salt: Uint8Array, cost: PasswordCost): Promise<Uint8Array> {
		return this.#queue('stretch', password, salt, cost);
	}

	writeKeyFile(request: KeyFileToWrite): Promise<Uint8Array> {
		return this.#queue('writeKeyFile', request);
	}

	readKeyFile(file: Uint8Array, passphrase: string): Promise<readonly ExportableKey[] | undefined> {
		return this.#queue('readKeyFile', file, passphrase);
	}

	#queue<Work extends keyof SlowWork>(work: Work, ...values: Parameters<SlowWork[Work]>): ReturnType<SlowWork[Work]> {
		const line = work === 'stretch' ? 'passwords' : 'files';
		const outcome = this.#last[line].then(() => this.#run({ work, values }));
		this.#last[line] = outcome.catch(() => undefined);
		return outcome as ReturnType<SlowWork[Work]>;
	}

	async #run(request: SlowRequest): Promise<unknown> {
		const outcome = Promise.withResolvers<unknown>();
		const end = this.#start(
			request,
			(told) => ('value' in told ? outcome.resolve(told.value) : outcome.reject(new OsError(told.error, told.detail))),
			(reason) => outcome.reject(new OsError('ENOMEM', reason)),
		);
		return outcome.promise.finally(end);
	}
}
