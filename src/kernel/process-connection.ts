/**
 * How a process reaches the gate: over a message port (here), or through memory that both share (`memory-connection.ts`).
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
	/** While it is stopped nothing is delivered in either direction; what there is follows when the process goes on. */
	setStopped(stopped: boolean): void;
	close(): void;
}

export class PortConnection implements ProcessConnection {
	readonly handlesSignals = true;
	readonly #port: Port;
	/** What waits for a stopped process to go on; `undefined`: it is not stopped. */
	#held: (() => void)[] | undefined;
	#closed = false;

	constructor(port: Port) {
		this.#port = port;
	}

	onRequest(listener: (request: unknown) => void): void {
		this.#port.onMessage((message) => this.#pass(() => listener(message)));
	}

	reply(id: number, errno: number, value: unknown, transfer: readonly ArrayBufferLike[]): void {
		this.#pass(() => this.#port.send([id, errno, value], transfer));
	}

	signal(signal: Signal): void {
		this.#pass(() => this.#port.send([0, signal]));
	}

	setStopped(stopped: boolean): void {
		const held = this.#held;
		this.#held = stopped ? (held ?? []) : undefined;
		if (!stopped) for (const deliver of held ?? []) this.#pass(deliver);
	}

	close(): void {
		if (this.#closed) return;
		this.#closed = true;
		this.#port.close();
	}

	#pass(deliver: () => void): void {
		if (this.#closed) return;
		if (this.#held === undefined) deliver();
		else this.#held.push(deliver);
	}
}
