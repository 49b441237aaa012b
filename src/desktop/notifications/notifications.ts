/** The notifications that show now. They never take the focus; one without need of an answer goes by itself. */
import { type Disposable, toDisposable } from '#base/disposable.ts';
import { Emitter } from '#base/emitter.ts';
import type { Clock } from '#base/ports.ts';

export interface Notification {
	readonly title: string;
	readonly text: string;
	readonly kind: 'information' | 'warning' | 'error';
	/** One thing that the person may do about it. */
	readonly action?: { readonly label: string; run(): void };
}

export interface ShownNotification extends Notification {
	readonly id: number;
}

const shownMs = { information: 7_000, warning: 14_000, error: 30_000 } as const;
const mostShown = 4;

export class Notifications {
	readonly #clock: Clock;
	readonly #changes = new Emitter<void>();
	readonly #timers = new Map<number, Disposable>();
	#shown: readonly ShownNotification[] = [];
	#nextId = 1;

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/** Oldest first. */
	get shown(): readonly ShownNotification[] {
		return this.#shown;
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		const subscription = this.#changes.event(listener);
		return () => subscription.dispose();
	};

	notify(notification: Notification): void {
		const shown = { ...notification, id: this.#nextId++ };
		const same = this.#shown.find((other) => other.title === shown.title && other.text === shown.text);
		if (same !== undefined) this.dismiss(same.id);
		this.#shown = [...this.#shown, shown];
		for (const { id } of this.#shown.slice(0, -mostShown)) this.dismiss(id);
		this.resume(shown.id);
		this.#changes.fire();
	}

	dismiss(id: number): void {
		this.pause(id);
		this.#shown = this.#shown.filter((notification) => notification.id !== id);
		this.#changes.fire();
	}

	/** Stays while the pointer or the focus is on it. */
	pause(id: number): void {
		this.#timers.get(id)?.dispose();
		this.#timers.delete(id);
	}

	resume(id: number): void {
		const notification = this.#shown.find((shown) => shown.id === id);
		if (notification === undefined) return;
		this.pause(id);
		this.#timers.set(id, toDisposable(this.#clock.after(shownMs[notification.kind], () => this.dismiss(id))));
	}
}
