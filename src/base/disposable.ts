/**
 * Ownership of things that must be released: listeners, ports, Workers, handles.
 *
 * Rules of use:
 * - Who creates a disposable registers it on the next line (`this.#owned.add(…)`).
 * - `dispose` may be called more than once; only the first call has an effect.
 */

export interface Disposable {
	dispose(): void;
}

/** Makes a disposable of a function; the function runs at most once. */
export function toDisposable(release: () => void): Disposable {
	let released = false;
	return {
		dispose() {
			if (released) return;
			released = true;
			release();
		},
	};
}

/** Releases what was added to it, newest first. Adding to a disposed store releases at once. */
export class DisposableStore implements Disposable {
	readonly #items = new Set<Disposable>();
	#disposed = false;

	add<T extends Disposable>(item: T): T {
		if (this.#disposed) item.dispose();
		else this.#items.add(item);
		return item;
	}

	defer(release: () => void): void {
		this.add(toDisposable(release));
	}

	dispose(): void {
		if (this.#disposed) return;
		this.#disposed = true;
		for (const item of [...this.#items].reverse()) item.dispose();
		this.#items.clear();
	}
}
