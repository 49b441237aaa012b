/**
 * The bytes that follow a request on the keeper's socket.
 *
 * Rules of use: `drop` when no more is wanted.
 *
 * Invariants: little more is read than somebody waits for, so that who sends the bytes goes no faster than who takes them. While
 * there is room the socket is read, by which its end is noticed, also when all has come.
 */
import type { Socket } from 'node:net';
import { OsError } from '#abi/errors.ts';

/** Read ahead of who takes them. */
const mostAhead = 4 * 1024 * 1024;

export class SocketBytes {
	readonly #socket: Socket;
	#held: Buffer[];
	#heldLength: number;
	/** Of who waits. */
	#wake: (() => void) | undefined;
	#dropped = false;

	/** `rest` came with the request already. */
	constructor(socket: Socket, rest: Buffer) {
		this.#socket = socket;
		this.#held = [rest];
		this.#heldLength = rest.length;
		socket.on('data', (chunk: Buffer) => this.#take(chunk));
		for (const event of ['end', 'close']) socket.on(event, () => this.#wake?.());
	}

	/** Exactly the next `length` bytes; called again when it has resolved. ECANCELED when the connection ends before. */
	async receive(length: number): Promise<Uint8Array> {
		while (this.#heldLength < length) {
			if (this.#socket.readableEnded || this.#socket.destroyed) throw new OsError('ECANCELED');
			await new Promise<void>((resolve) => {
				this.#wake = resolve;
				this.#socket.resume();
			});
			this.#wake = undefined;
		}
		const bytes = Buffer.concat(this.#held);
		this.#held = [bytes.subarray(length)];
		this.#heldLength -= length;
		if (this.#heldLength < mostAhead) this.#socket.resume();
		return bytes.subarray(0, length);
	}

	drop(): void {
		this.#dropped = true;
		this.#held = [];
		this.#heldLength = 0;
		this.#socket.resume();
	}

	#take(chunk: Buffer): void {
		if (this.#dropped) return;
		this.#held.push(chunk);
		this.#heldLength += chunk.length;
		if (this.#wake !== undefined) this.#wake();
		else if (this.#heldLength >= mostAhead) this.#socket.pause();
	}
}
