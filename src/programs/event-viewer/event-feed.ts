/**
 * The events on the page of Event Viewer: the newest that pass the filter, more when they are asked for, and those to come.
 *
 * Rules of use: `start` once; `setFilter` begins anew; `more` when the end of the list comes into sight; `stop` at the end.
 *
 * Invariants:
 * - `view` is replaced, never changed; its events are in order, newest first, each once.
 * - What was asked for under an older filter changes nothing any more.
 * - A search that finds little goes on by itself, call by call, so that the page stays usable meanwhile.
 */
import { OsError } from '#abi/errors.ts';
import type { LogChannel, LogEvent, LogLevel, LogQuery } from '#abi/structures.generated.ts';
import { Emitter } from '#base/emitter.ts';
import type { Clock } from '#base/ports.ts';
import type { System } from '#runtime/system.ts';

export interface EventFilter {
	readonly level: LogLevel;
	readonly channel: LogChannel | 'all';
	readonly text: string;
}

export interface EventView {
	readonly events: readonly LogEvent[];
	/** Nothing older passes the filter. */
	readonly isComplete: boolean;
	readonly isSearching: boolean;
	/** Why the events could not be read. */
	readonly failure: string | undefined;
}

const pageSize = 500;
/** A search rests when it has found this many more. */
const batch = 200;
const followPauseMs = 200;
const noTimeout = 0xffff_ffff;
const emptyView: EventView = { events: [], isComplete: false, isSearching: true, failure: undefined };

export class EventFeed {
	readonly #system: System;
	readonly #clock: Clock;
	readonly #changes = new Emitter<void>();
	#filter: EventFilter = { level: 'information', channel: 'all', text: '' };
	/** Rises with each new search. */
	#search = 0;
	/** Where the search goes on. */
	#before: number | undefined;
	#newest = 0;
	#isStopped = false;
	view = emptyView;

	constructor(system: System, clock: Clock) {
		this.#system = system;
		this.#clock = clock;
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		const listening = this.#changes.event(listener);
		return () => listening.dispose();
	};

	readonly current = (): EventView => this.view;

	start(): void {
		this.#begin();
		void this.#follow();
	}

	stop(): void {
		this.#isStopped = true;
	}

	setFilter(filter: EventFilter): void {
		this.#filter = filter;
		this.#begin();
	}

	/** Looks for older events, when there may be some and it does not look already. */
	more(): void {
		const { isComplete, isSearching, failure } = this.view;
		if (!isComplete && !isSearching && failure === undefined) void this.#look(this.#search);
	}

	#begin(): void {
		this.#search++;
		this.#before = undefined;
		// What is there stays until something is found, so that typing does not make the list flicker.
		this.#show({ isComplete: false, isSearching: true, failure: undefined });
		void this.#look(this.#search);
	}

	async #look(search: number): Promise<void> {
		this.#show({ isSearching: true });
		let isFirst = this.#before === undefined;
		let found = 0;
		try {
			if (isFirst) this.#newest = (await this.#system.logStatus()).newest;
			do {
				const before = this.#before ?? this.#newest + 1;
				const page = await this.#system.logQuery({ ...this.#query(), before });
				if (search !== this.#search || this.#isStopped) return;
				const events = isFirst ? page.events : [...this.view.events, ...page.events];
				isFirst = false;
				found += page.events.length;
				this.#before = page.next;
				this.#show({ events, isComplete: page.next === undefined });
			} while (found < batch && this.#before !== undefined);
			this.#show({ isSearching: false });
		} catch (error) {
			this.#fail(search, error);
		}
	}

	/** Brings in what is written from now on. */
	async #follow(): Promise<void> {
		let seen = (await this.#system.logStatus().catch(() => undefined))?.newest ?? 0;
		while (!this.#isStopped) {
			try {
				await this.#system.logWait(Math.max(seen, this.#newest), noTimeout);
				// Many at once are one change of the page.
				await new Promise<void>((resolve) => void this.#clock.after(followPauseMs, resolve));
				seen = await this.#takeNew(this.#search);
			} catch (error) {
				this.#fail(this.#search, error);
				return;
			}
		}
	}

	async #takeNew(search: number): Promise<number> {
		const { newest } = await this.#system.logStatus();
		const fresh: LogEvent[] = [];
		for (let after: number | undefined = this.#newest; after !== undefined; ) {
			const page = await this.#system.logQuery({ ...this.#query(), after });
			fresh.push(...page.events);
			after = page.next;
		}
		if (search !== this.#search || this.#isStopped) return newest;
		this.#newest = Math.max(newest, fresh.at(-1)?.sequence ?? 0);
		if (fresh.length > 0) this.#show({ events: [...fresh.reverse(), ...this.view.events] });
		return newest;
	}

	#query(): LogQuery {
		const { level, channel, text } = this.#filter;
		return { limit: pageSize, level, channels: channel === 'all' ? [] : [channel], source: '', text: text.trim() };
	}

	#fail(search: number, error: unknown): void {
		if (search !== this.#search || this.#isStopped) return;
		// The window was closed.
		if (error instanceof OsError && error.code === 'ECANCELED') return;
		this.#show({ failure: error instanceof Error ? error.message : String(error), isSearching: false });
	}

	#show(change: Partial<EventView>): void {
		this.view = { ...this.view, ...change };
		this.#changes.fire();
	}
}
