/**
 * Byte streams of builtin commands over handles.
 *
 * Rules of use:
 * - Output waits in a buffer until 32 KiB are there or `flush` is called. Both fail with `Interrupted` once `signal` is aborted.
 * - Neither closes its handle: who opened it does.
 */
import type { System } from '#runtime/system.ts';
import { Interrupted, untilAborted } from './scope.ts';

const bufferBytes = 32_768;

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

/** All that comes out of a handle until its end. */
export async function readToEnd(system: System, handle: number): Promise<Uint8Array<ArrayBuffer>> {
	const pieces: Uint8Array<ArrayBuffer>[] = [];
	let length = 0;
	for (;;) {
		const piece = await system.streamRead(handle, 65_536);
		if (piece.length === 0) return concatenate(pieces, length);
		pieces.push(piece);
		length += piece.length;
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
