/**
 * How a process reaches the gate. Today over a message port; a transport over shared memory can stand beside it.
 *
 * Rules of use: requests come in order; after `close` nothing is delivered in either direction.
 */
import type { Port } from '#abi/messages.ts';
import type { Signal } from '#abi/structures.generated.ts';

export interface ProcessConnection {
	/** Registers the one listener of requests, which are not checked yet. */
	onRequest(listener: (request: unknown) => void): void;
	reply(id: number, errno: number, value: unknown, transfer: readonly ArrayBufferLike[]): void;
	signal(signal: Signal): void;
	/** Whether signals can be delivered; where not, they end the process. */
	readonly handlesSignals: boolean;
	close(): void;
}

export class PortConnection implements ProcessConnection {
	readonly handlesSignals = true;
	readonly #port: Port;
	#closed = false;

	constructor(port: Port) {
		this.#port = port;
	}

	onRequest(listener: (request: unknown) => void): void {
		this.#port.onMessage((message) => {
			if (!this.#closed) listener(message);
		});
	}

	reply(id: number, errno: number, value: unknown, transfer: readonly ArrayBufferLike[]): void {
		if (!this.#closed) this.#port.send([id, errno, value], transfer);
	}

	signal(signal: Signal): void {
		if (!this.#closed) this.#port.send([0, signal]);
	}

	close(): void {
		if (this.#closed) return;
		this.#closed = true;
		this.#port.close();
	}
}
