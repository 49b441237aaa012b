/**
 * Counts what the servers of this process send: the one honest place, because the page, its Workers and the engines
 * all have to ask here.
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';

const channel = 'http.server.response.finish';

export class TransferCounter implements Disposable {
	#bytes = 0;
	#requests = 0;
	readonly #count = (message: unknown): void => {
		const { response } = message as { response: ServerResponse };
		this.#requests++;
		this.#bytes += Number(response.getHeader('content-length') ?? 0);
	};

	constructor() {
		subscribe(channel, this.#count);
	}

	/** Bytes of bodies, as compressed on the wire, and answers since the last call. */
	take(): { bytes: number; requests: number } {
		const taken = { bytes: this.#bytes, requests: this.#requests };
		this.#bytes = 0;
		this.#requests = 0;
		return taken;
	}

	[Symbol.dispose](): void {
		unsubscribe(channel, this.#count);
	}
}
