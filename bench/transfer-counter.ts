/**
 * Counts what the servers of this process send: the one honest place, because the page, its Workers and the engines
 * all have to ask here.
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';

const channel = 'http.server.response.finish';

interface Transfer {
	readonly bytes: number;
	/** When the answer was handed to the network, milliseconds since 1970. */
	readonly time: number;
}

export class TransferCounter implements Disposable {
	readonly #transfers: Transfer[] = [];
	readonly #record = (message: unknown): void => {
		const { response } = message as { response: ServerResponse };
		this.#transfers.push({ bytes: Number(response.getHeader('content-length') ?? 0), time: Date.now() });
	};

	constructor() {
		subscribe(channel, this.#record);
	}

	/** Answers, and the bytes of their bodies as compressed on the wire, until a moment on this computer's clock. */
	until(time: number): { bytes: number; requests: number } {
		const before = this.#transfers.filter((transfer) => transfer.time <= time);
		return { bytes: before.reduce((sum, { bytes }) => sum + bytes, 0), requests: before.length };
	}

	[Symbol.dispose](): void {
		unsubscribe(channel, this.#record);
	}
}
