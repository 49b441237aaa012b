/**
 * A process's connection to the kernel: system calls as promises, signals as events.
 *
 * Rules of use:
 * - One `System` a process, made by its host over the port that the kernel gave it.
 * - Calls may be under way at the same time; each gets its own reply.
 * - After `close`, or when the kernel ends the process, every call under way fails with `ECANCELED`.
 */
import { errorName, OsError } from '#abi/errors.ts';
import type { Port, ReplyMessage, RequestMessage, SignalMessage } from '#abi/messages.ts';
import type { Signal } from '#abi/structures.generated.ts';
import { Emitter } from '#base/emitter.ts';
import { SystemCalls } from './system-calls.generated.ts';

/** `file_write` of the contract. */
const fileWriteNumber = 34;

interface PendingCall {
	resolve(result: unknown): void;
	reject(error: OsError): void;
}

class PortTransport {
	readonly signals = new Emitter<Signal>();
	readonly #port: Port;
	readonly #pending = new Map<number, PendingCall>();
	#nextId = 1;
	#closed = false;

	constructor(port: Port) {
		this.#port = port;
		port.onMessage((message) => this.#receive(message as ReplyMessage | SignalMessage));
	}

	call(number: number, callArguments: readonly unknown[], transfer?: readonly ArrayBuffer[]): Promise<unknown> {
		if (this.#closed) return Promise.reject(new OsError('ECANCELED', 'the process has ended'));
		const id = this.#nextId++;
		return new Promise((resolve, reject) => {
			// A value that cannot be sent throws here and rejects the call; then nothing is pending.
			const request: RequestMessage = [id, number, ...callArguments];
			this.#port.send(request, transfer);
			this.#pending.set(id, { resolve, reject });
		});
	}

	close(): void {
		if (this.#closed) return;
		this.#closed = true;
		this.#port.close();
		for (const { reject } of this.#pending.values()) reject(new OsError('ECANCELED', 'the process has ended'));
		this.#pending.clear();
	}

	#receive(message: ReplyMessage | SignalMessage): void {
		if (message[0] === 0) {
			this.signals.fire(message[1] as Signal);
			return;
		}
		const [id, errno, value] = message as ReplyMessage;
		const pending = this.#pending.get(id);
		if (pending === undefined) return;
		this.#pending.delete(id);
		if (errno === 0) pending.resolve(value);
		else pending.reject(new OsError(errorName(errno), String(value ?? '')));
	}
}

export class System extends SystemCalls {
	readonly #transport: PortTransport;

	constructor(port: Port) {
		const transport = new PortTransport(port);
		super(transport);
		this.#transport = transport;
	}

	/** Signals that the process may act on; `kill` is never delivered. */
	get onSignal() {
		return this.#transport.signals.event;
	}

	/** Whether the program listens for signals itself; the host's own listener is the first. */
	get handlesSignals(): boolean {
		return this.#transport.signals.listenerCount > 1;
	}

	/** As `fileWrite`, but the buffer goes over to the kernel uncopied: `data` is empty afterwards. */
	fileWriteGiving(handle: number, offset: number, data: Uint8Array<ArrayBuffer>): Promise<void> {
		return this.#transport.call(fileWriteNumber, [handle, offset, data], [data.buffer]) as Promise<void>;
	}

	close(): void {
		this.#transport.close();
	}
}
