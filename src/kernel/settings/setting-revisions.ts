/**
 * When each setting was changed, counted in transactions since the system started: what a conditional change is held
 * against.
 *
 * Invariant: at most `mostKept` keys are remembered; what is forgotten counts as changed at the moment of forgetting, so that a
 * conflict is never overlooked.
 */
import { OsError } from '#abi/errors.ts';

const mostKept = 100_000;

export class SettingRevisions {
	readonly #changed = new Map<string, number>();
	#current = 0;
	/** Every key that is not remembered may have been changed up to here. */
	#floor = 0;

	get current(): number {
		return this.#current;
	}

	/** EAGAIN when one of the keys was changed after `since`. */
	requireUnchanged(keys: readonly string[], since: number): void {
		const changed = keys.find((key) => (this.#changed.get(key) ?? this.#floor) > since);
		if (changed !== undefined) throw new OsError('EAGAIN', `${changed} was changed meanwhile`);
	}

	/** Counts a transaction; what it returns takes the keys back, the number stays used. */
	note(keys: readonly string[]): () => void {
		this.#current++;
		const before = keys.map((key) => [key, this.#changed.get(key)] as const);
		for (const key of keys) this.#changed.set(key, this.#current);
		if (this.#changed.size > mostKept) {
			this.#floor = this.#current;
			this.#changed.clear();
		}
		return () => {
			for (const [key, revision] of before)
				if (revision === undefined) this.#changed.delete(key);
				else this.#changed.set(key, revision);
		};
	}
}
