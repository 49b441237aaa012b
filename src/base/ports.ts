/**
 * What the system needs from the machine below it. Rooms take these as constructor arguments; only `hosts/`
 * knows a concrete one, so a test can give a clock that it moves and a disk that loses power.
 */

export interface Clock {
	/** Wall clock in milliseconds since 1970-01-01T00:00Z; may step backwards. */
	now(): number;
	/** Monotonic milliseconds since an arbitrary start; never steps. */
	monotonic(): number;
	/** Calls back once after at least `delayMs`; returns the cancel. */
	after(delayMs: number, callback: () => void): () => void;
}

export interface Random {
	/** `length` bytes from the host's cryptographic generator. */
	bytes(length: number): Uint8Array<ArrayBuffer>;
}

/** What an event may say beside its words. */
export interface EventDetails {
	/** What kind of event it is, for programs: `service-failed`. */
	readonly code?: string;
	/** `NAME=value` each. */
	readonly fields?: readonly string[];
	/** The log it stands in; `system` when absent. */
	readonly channel?: 'system' | 'security' | 'application';
	/** The process it comes from, and its user. */
	readonly pid?: number;
	readonly user?: string;
}

export interface Log {
	write(
		level: 'debug' | 'information' | 'warning' | 'error',
		source: string,
		message: string,
		details?: EventDetails,
	): void;
}

/**
 * One file of fixed name on the host, opened exclusively. All calls are synchronous, as SQLite's VFS needs them.
 *
 * Errors: `BlockFileError` with `reason: 'full'` when the host has no room (quota, ENOSPC), `'failed'` otherwise.
 * A failed write may have reached the disk in part.
 */
export interface BlockFile {
	readonly name: string;
	size(): number;
	/** Reads into `into` from byte `at`; returns how many bytes there were (fewer at the end of the file). */
	read(into: Uint8Array, at: number): number;
	/** Writes all of `bytes` at byte `at`, growing the file with zeros in between where needed. */
	write(bytes: Uint8Array, at: number): void;
	truncate(size: number): void;
	/** Returns when everything written before is on stable storage. */
	flush(): void;
	close(): void;
}

export class BlockFileError extends Error {
	readonly reason: 'full' | 'failed';

	constructor(reason: 'full' | 'failed', message: string, options?: ErrorOptions) {
		super(message, options);
		this.name = 'BlockFileError';
		this.reason = reason;
	}
}

/** Where the volume's files stand: an OPFS directory, a directory of the host, or memory in tests. */
export interface BlockStore {
	/** Opens the file, creating an empty one when absent. Fails when another opener holds it. */
	open(name: string): Promise<BlockFile>;
	exists(name: string): Promise<boolean>;
}
