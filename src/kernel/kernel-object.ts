/**
 * What a handle points to: an open file, a pipe end, a watch, an event. Shared by all handles that point to it.
 *
 * Invariant: `onLastClose` runs once, when the last handle, in whatever process, is closed.
 */

export abstract class KernelObject {
	#handles = 0;

	/** Handles to it, in all processes. */
	get handleCount(): number {
		return this.#handles;
	}

	retain(): void {
		this.#handles++;
	}

	release(): void {
		this.#handles--;
		if (this.#handles === 0) this.onLastClose();
	}

	protected abstract onLastClose(): void;
}
