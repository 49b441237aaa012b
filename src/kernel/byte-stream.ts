/** What can be read from or written to as a pipe can, whatever stands behind it. */
import type { Wait } from './wait.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export interface ByteSource {
	/** Whether a read would be answered at once. */
	readonly readable: boolean;
	/** Bytes at once, empty at the end; `undefined` when the reader has to wait: then call `admitReader`. */
	read(maximum: number): Bytes | undefined;
	admitReader(maximum: number, wait: Wait<Bytes>): void;
	/** Resolves `wait` at the next change of `readable`. */
	admitPoll(wait: Wait<void>): void;
}

export interface ByteSink {
	/** Whether a write would be begun at once. */
	readonly writable: boolean;
	/** Whether all bytes were taken at once; when not, call `admitWriter`. */
	write(bytes: Bytes): boolean;
	admitWriter(bytes: Bytes, wait: Wait<void>): void;
	/** Resolves `wait` at the next change of `writable`. */
	admitPoll(wait: Wait<void>): void;
}
