/**
 * Watches of settings. They are the same objects as those of folders, so that `watch_read` reads both: many changes of a key
 * that nobody has read are one, and too many are an `overflow`.
 *
 * Invariant: a watch of what holds hears of the hives that its user's value may come from, and of nobody else's.
 */
import type { Sid } from '#security/sid.ts';
import { type Watch, WatchRegistry } from '../watch.ts';
import { formatKey, type SettingKey } from './setting-key.ts';

export class SettingWatches {
	readonly #stored = new WatchRegistry();
	readonly #effective = new Map<Sid, WatchRegistry>();

	/** Watches that are open. */
	get size(): number {
		let size = this.#stored.size;
		for (const registry of this.#effective.values()) size += registry.size;
		return size;
	}

	open(user: Sid, prefix: SettingKey): Watch {
		const path = formatKey(prefix);
		return this.#registryOf(user, prefix).open({ path, shownPath: path, recursive: true });
	}

	publish(keys: readonly SettingKey[]): void {
		this.#stored.publish(keys.map((key) => ({ kind: 'changed', path: formatKey(key) })));
		for (const [user, registry] of this.#effective) {
			const concerning = keys.filter(({ hive }) => hive?.user === undefined || hive.user === user);
			registry.publish(concerning.map(({ name }) => ({ kind: 'changed', path: formatKey({ hive: undefined, name }) })));
		}
	}

	#registryOf(user: Sid, { hive }: SettingKey): WatchRegistry {
		if (hive !== undefined) return this.#stored;
		for (const [other, { size }] of this.#effective) if (size === 0) this.#effective.delete(other);
		const registry = this.#effective.get(user) ?? new WatchRegistry();
		this.#effective.set(user, registry);
		return registry;
	}
}
