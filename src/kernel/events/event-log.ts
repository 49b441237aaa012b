/**
 * The system log: numbers events, keeps them, stores them, finds them.
 *
 * Rules of use:
 * - `write` never fails and never waits. What it was given can be read at once; it is stored a moment later, together with
 *   what else came (`storeDelayMs`), an error sooner. A power cut may take that moment.
 * - `debug` events are kept in memory alone.
 * - After `storeBy` events are stored; before it they wait. `close` stores what waits.
 *
 * Invariants:
 * - Numbers rise by one from event to event, and go on after the stored ones when the system starts again.
 * - A log that is flooded pushes out events of its own only: each channel has room of its own, on the volume and here.
 * - When storing fails, what waits is bounded; what is dropped is counted, and said when there is room again.
 */
import { OsError } from '#abi/errors.ts';
import type { LogChannel, LogEvent, LogLevel, LogStatus } from '#abi/structures.generated.ts';
import type { Clock, EventDetails, Log } from '#base/ports.ts';
import type { FileSystem } from '#fs/file-system.ts';
import { type ChangeGroups, Changes } from '../change-groups.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import { privateDescriptor } from '../system-files.ts';
import { WaitQueue } from '../wait.ts';
import { EventChannel } from './event-channel.ts';
import { logChannels, retentionOf } from './event-settings.ts';

const maximumMessage = 8192;
const keptInMemory = 2000;
/** Events of a channel that may wait to be stored. */
const mostWaiting = 5000;
const storeDelayMs = 1000;
const errorDelayMs = 20;
const retryDelayMs = 30_000;

/** What storing needs that is made after the log. */
export interface EventStorage {
	readonly groups: ChangeGroups;
	readonly settings: Pick<SettingsStore, 'valueFor'>;
}

interface ChannelState {
	readonly stored: EventChannel;
	/** Written and not stored yet; for ever when nothing can be stored. */
	waiting: LogEvent[];
}

export interface EventLogOptions {
	readonly clock: Clock;
	readonly fileSystem: FileSystem;
	/** Sees every event as it is written, for a host that prints them. */
	readonly onEvent?: ((event: LogEvent) => void) | undefined;
}

export class EventLog implements Log {
	/** Those who wait for the next event. */
	readonly waits = new WaitQueue<number>();
	readonly #clock: Clock;
	readonly #fileSystem: FileSystem;
	readonly #onEvent: ((event: LogEvent) => void) | undefined;
	readonly #channels: ReadonlyMap<LogChannel, ChannelState>;
	#debug: LogEvent[] = [];
	#storage: EventStorage | undefined;
	/** Number of the newest event; `undefined` until the stored ones have been looked at. */
	#newest: number | undefined;
	#cancelTimer: (() => void) | undefined;
	#timerEnds = Number.POSITIVE_INFINITY;
	#notBefore = 0;
	#isStoring = false;
	#isClosed = false;
	dropped = 0;
	#droppedTold = 0;

	constructor({ clock, fileSystem, onEvent }: EventLogOptions) {
		this.#clock = clock;
		this.#fileSystem = fileSystem;
		this.#onEvent = onEvent;
		const open = (channel: LogChannel): ChannelState => {
			const descriptor = channel === 'security' ? privateDescriptor() : undefined;
			return { stored: new EventChannel(fileSystem, channel, descriptor), waiting: [] };
		};
		this.#channels = new Map(logChannels.map((channel) => [channel, open(channel)]));
	}

	get newest(): number {
		this.#newest ??= Math.max(...[...this.#channels.values()].map(({ stored }) => stored.open()));
		return this.#newest;
	}

	storeBy(storage: EventStorage): void {
		this.#storage = storage;
		if (this.#countWaiting() > 0) this.#schedule(storeDelayMs);
	}

	write(level: LogLevel, source: string, message: string, details: EventDetails = {}): void {
		const event: LogEvent = {
			...{ sequence: this.newest + 1, time: this.#clock.now(), level },
			...{ channel: details.channel ?? (source === 'security' ? 'security' : 'system'), source },
			...{ code: details.code ?? '', message: cutText(message), fields: [...(details.fields ?? [])] },
			...{ pid: details.pid, user: details.user },
		};
		this.#newest = event.sequence;
		if (level === 'debug') this.#keepDebug(event);
		else this.#keep(event);
		this.#onEvent?.(event);
		this.waits.resolveAll(event.sequence);
	}

	/** The first events after a number. */
	read(after: number, limit: number): LogEvent[] {
		return [...this.forwards(after, logChannels).take(limit)];
	}

	/** Events of some channels after a number, oldest first. */
	forwards(after: number, channels: readonly LogChannel[]): Generator<LogEvent> {
		const sources = this.#sourcesOf(channels).map(({ stored, waiting }) =>
			chain(
				stored?.forwards(after),
				waiting.filter(({ sequence }) => sequence > after),
			),
		);
		return merge(sources, (one, other) => one.sequence - other.sequence);
	}

	/** Events of some channels before a number, newest first. */
	backwards(before: number, channels: readonly LogChannel[]): Generator<LogEvent> {
		const sources = this.#sourcesOf(channels).map(({ stored, waiting }) =>
			chain(waiting.filter(({ sequence }) => sequence < before).reverse(), stored?.backwards(before)),
		);
		return merge(sources, (one, other) => other.sequence - one.sequence);
	}

	status(): LogStatus {
		const channels = [...this.#channels.values()];
		return {
			newest: this.newest,
			storedBytes: channels.reduce((sum, { stored }) => sum + stored.storedBytes, 0),
			unstored: this.#countWaiting(),
			dropped: this.dropped,
			damaged: channels.flatMap(({ stored }) => [...stored.damage]),
		};
	}

	/** Removes the events of a channel, in the caller's group. */
	clear(channel: LogChannel, changes: Changes): void {
		const state = this.#stateOf(channel);
		const done = state.stored.removeAll((change) => changes.make(this.#fileSystem, change));
		const last = this.newest;
		changes.whenStored(() => {
			done();
			state.waiting = state.waiting.filter(({ sequence }) => sequence > last);
		});
	}

	/** Stores what waits, now. */
	store(): void {
		this.#stopTimer();
		const storage = this.#storage;
		if (storage === undefined || this.#isStoring || this.#countWaiting() === 0) return;
		this.#isStoring = true;
		try {
			// Alone in its group: what others changed is not lost when there is no room for events.
			storage.groups.commitAll();
			this.#storeWaiting(storage);
			storage.groups.commitAll();
		} finally {
			this.#isStoring = false;
		}
	}

	close(): void {
		this.store();
		this.#isClosed = true;
		this.#stopTimer();
	}

	#storeWaiting({ groups, settings }: EventStorage): void {
		const changes = new Changes();
		const full = [...this.#channels].filter(([, { waiting }]) => waiting.length > 0);
		try {
			const stored = full.map(([channel, state]) => {
				const events = [...state.waiting];
				const last = events.at(-1)?.sequence ?? 0;
				const retention = retentionOf(settings, channel, this.#clock.now());
				const done = state.stored.append(events, retention, (change) => changes.make(this.#fileSystem, change));
				return () => {
					done();
					state.waiting = state.waiting.filter(({ sequence }) => sequence > last);
				};
			});
			groups.settle(changes, {
				succeed: () => {
					for (const done of stored) done();
					this.#tellDropped();
				},
				fail: () => this.#retryLater(),
			});
		} catch (error) {
			groups.fail(changes, error instanceof OsError ? error : new OsError('EIO', '', { cause: error }));
			this.#retryLater();
			if (!(error instanceof OsError)) throw error;
		}
	}

	#retryLater(): void {
		this.#notBefore = this.#clock.monotonic() + retryDelayMs;
		this.#schedule(retryDelayMs);
	}

	#tellDropped(): void {
		const count = this.dropped - this.#droppedTold;
		this.#droppedTold = this.dropped;
		if (count > 0) this.write('warning', 'log', `${count} events could not be kept.`, { code: 'events-dropped' });
	}

	#keep(event: LogEvent): void {
		const state = this.#stateOf(event.channel);
		state.waiting.push(event);
		if (state.waiting.length > mostWaiting) {
			const excess = state.waiting.length - Math.floor(mostWaiting * 0.75);
			state.waiting.splice(0, excess);
			this.dropped += excess;
		}
		this.#schedule(event.level === 'error' ? errorDelayMs : storeDelayMs);
	}

	#keepDebug(event: LogEvent): void {
		this.#debug.push(event);
		if (this.#debug.length > keptInMemory * 1.25) this.#debug = this.#debug.slice(-keptInMemory);
	}

	#schedule(delayMs: number): void {
		if (this.#storage === undefined || this.#isClosed) return;
		const ends = Math.max(this.#clock.monotonic() + delayMs, this.#notBefore);
		if (ends >= this.#timerEnds) return;
		this.#stopTimer();
		this.#timerEnds = ends;
		this.#cancelTimer = this.#clock.after(ends - this.#clock.monotonic(), () => this.store());
	}

	#stopTimer(): void {
		this.#cancelTimer?.();
		this.#cancelTimer = undefined;
		this.#timerEnds = Number.POSITIVE_INFINITY;
	}

	#countWaiting(): number {
		let count = 0;
		for (const { waiting } of this.#channels.values()) count += waiting.length;
		return count;
	}

	#stateOf(channel: LogChannel): ChannelState {
		return this.#channels.get(channel) as ChannelState;
	}

	#sourcesOf(channels: readonly LogChannel[]): { readonly stored?: EventChannel; readonly waiting: LogEvent[] }[] {
		// The numbers of the stored events must be known before any is read.
		void this.newest;
		const debug = this.#debug.filter(({ channel }) => channels.includes(channel));
		return [...channels.map((channel) => this.#stateOf(channel)), { waiting: debug }];
	}
}

function cutText(text: string): string {
	return text.length > maximumMessage ? `${text.slice(0, maximumMessage)}…` : text;
}

function* chain(...parts: readonly (Iterable<LogEvent> | undefined)[]): Generator<LogEvent> {
	for (const part of parts) if (part !== undefined) yield* part;
}

/** One sequence out of several that are each in order. */
function* merge(
	sources: readonly Generator<LogEvent>[],
	order: (one: LogEvent, other: LogEvent) => number,
): Generator<LogEvent> {
	const heads = sources.map((source) => ({ source, next: source.next() }));
	for (;;) {
		let best: (typeof heads)[number] | undefined;
		for (const head of heads)
			if (!head.next.done && (best === undefined || order(head.next.value, best.next.value) < 0)) best = head;
		if (best === undefined) return;
		yield best.next.value as LogEvent;
		best.next = best.source.next();
	}
}
