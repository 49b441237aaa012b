/** Remembers which windows "show desktop" has hidden, so that the same set comes back in the same order. */

interface HiddenSet {
	readonly visible: ReadonlySet<string>;
	readonly focusedId: string | undefined;
	/** Ids from the bottom to the top. */
	readonly order: readonly string[];
}

export class ShowDesktop {
	#hidden: HiddenSet | undefined;

	get shown(): boolean {
		return this.#hidden !== undefined;
	}

	/** Hides what is visible (`undefined`), or gives back the set that was hidden. */
	toggle(visible: readonly string[], focusedId: string | undefined, order: readonly string[]): HiddenSet | undefined {
		if (this.#hidden !== undefined && visible.length === 0) {
			const hidden = this.#hidden;
			this.#hidden = undefined;
			return hidden;
		}
		this.#hidden = { visible: new Set(visible), focusedId, order: [...order] };
		return undefined;
	}

	/** A window has opened or come back by itself: the set is no longer the one to restore. */
	forget(): void {
		this.#hidden = undefined;
	}
}
