/**
 * Byte streams of commands over handles: reading in pieces and by lines, writing with a buffer.
 *
 * Rules of use:
 * - `read` answers an empty array at the end. Both sides fail with `Interrupted` once `signal` is aborted.
 * - Output waits in a buffer until 32 KiB are there, `flush` is called, or the command waits for input.
 * - Neither closes its handle: who opened it does.
 */
import type { System } from '#runtime/system.ts';

const pieceBytes = 65_536;
const bufferBytes = 32_768;

/** The command was stopped by Ctrl+C or by `terminate`. */
export class Interrupted extends Error {
	constructor() {
		super('interrupted');
		this.name = 'Interrupted';
	}
}

/** Where bytes come from; an empty array is the end. */
export type ReadBytes = () => Promise<Uint8Array<ArrayBuffer>>;

/** Waits for `promise` unless `signal` is aborted first. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
	if (signal.aborted) return Promise.reject(new Interrupted());
	return new Promise((resolve, reject) => {
		const abort = () => reject(new Interrupted());
		signal.addEventListener('abort', abort, { once: true });
		promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
	});
}

export function readHandle(system: System, handle: number | undefined): ReadBytes {
	return async () => (handle === undefined ? new Uint8Array() : await system.streamRead(handle, pieceBytes));
}

export class InputStream {
	readonly #read: ReadBytes;
	readonly #signal: AbortSignal;
	readonly #beforeRead: (() => Promise<void>) | undefined;

	constructor(read: ReadBytes, signal: AbortSignal, beforeRead?: () => Promise<void>) {
		this.#read = read;
		this.#signal = signal;
		this.#beforeRead = beforeRead;
	}

	async read(): Promise<Uint8Array<ArrayBuffer>> {
		await this.#beforeRead?.();
		return untilAborted(this.#read(), this.#signal);
	}

	async *pieces(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
		for (let piece = await this.read(); piece.length > 0; piece = await this.read()) yield piece;
	}

	/** Lines without their line end; a last line without one counts too. */
	async *lines(): AsyncGenerator<string> {
		const decoder = new TextDecoder('utf-8', { ignoreBOM: false });
		let rest = '';
		for await (const piece of this.pieces()) {
			const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
			rest = lines.pop() ?? '';
			yield* lines;
		}
		rest += decoder.decode();
		if (rest !== '') yield rest;
	}
}

export class OutputStream {
	readonly #system: System;
	readonly #handle: number | undefined;
	readonly #signal: AbortSignal;
	readonly #encoder = new TextEncoder();
	#buffer: Uint8Array<ArrayBuffer>[] = [];
	#length = 0;

	/** Without a handle, what is written is discarded. */
	constructor(system: System, handle: number | undefined, signal: AbortSignal) {
		this.#system = system;
		this.#handle = handle;
		this.#signal = signal;
	}

	async write(content: string | Uint8Array<ArrayBuffer>): Promise<void> {
		const bytes = typeof content === 'string' ? this.#encoder.encode(content) : content;
		if (bytes.length === 0) return;
		this.#buffer.push(bytes);
		this.#length += bytes.length;
		if (this.#length >= bufferBytes) await this.flush();
	}

	async flush(): Promise<void> {
		if (this.#signal.aborted) throw new Interrupted();
		if (this.#length === 0) return;
		const bytes = concatenate(this.#buffer, this.#length);
		this.#buffer = [];
		this.#length = 0;
		if (this.#handle === undefined) return;
		await untilAborted(this.#system.streamWrite(this.#handle, bytes), this.#signal);
	}
}

function concatenate(pieces: readonly Uint8Array<ArrayBuffer>[], length: number): Uint8Array<ArrayBuffer> {
	const [only] = pieces;
	if (pieces.length === 1 && only !== undefined) return only;
	const all = new Uint8Array(length);
	let at = 0;
	for (const piece of pieces) {
		all.set(piece, at);
		at += piece.length;
	}
	return all;
}
