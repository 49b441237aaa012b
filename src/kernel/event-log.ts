/**
 * The system log: the newest events, in memory, numbered from 1 since the kernel started.
 *
 * Invariant: numbers rise by one; the oldest events go when there are more than `logCapacity`.
 */
import type { LogEvent, LogLevel } from '#abi/structures.generated.ts';
import type { Clock, Log } from '#base/ports.ts';

export const logCapacity = 10_000;
const maximumMessage = 8192;

export class EventLog implements Log {
	readonly #clock: Clock;
	readonly #onEvent: ((event: LogEvent) => void) | undefined;
	#events: LogEvent[] = [];
	#sequence = 0;

	/** `onEvent` sees every event as it is written, for a host that prints them. */
	constructor(clock: Clock, onEvent?: (event: LogEvent) => void) {
		this.#clock = clock;
		this.#onEvent = onEvent;
	}

	write(level: LogLevel, source: string, message: string): void {
		const text = message.length > maximumMessage ? `${message.slice(0, maximumMessage)}…` : message;
		const event = { sequence: ++this.#sequence, time: this.#clock.now(), level, source, message: text };
		this.#events.push(event);
		if (this.#events.length > logCapacity * 1.25) this.#events = this.#events.slice(-logCapacity);
		this.#onEvent?.(event);
	}

	read(after: number, limit: number): LogEvent[] {
		const oldest = this.#sequence - this.#events.length;
		const start = Math.max(0, after - oldest);
		return this.#events.slice(start, start + limit);
	}
}
