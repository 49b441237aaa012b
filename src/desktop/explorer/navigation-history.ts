/**
 * Where a window has been: back, forward, and for each place the scroll position and the selection it was left with.
 */

export interface Place {
	readonly path: string;
	scrollTop: number;
	selected: readonly string[];
	focus: string | undefined;
}

const capacity = 100;

export class NavigationHistory {
	readonly #places: Place[];
	#position = 0;

	constructor(path: string) {
		this.#places = [newPlace(path)];
	}

	get current(): Place {
		const place = this.#places[this.#position];
		if (place === undefined) throw new RangeError('The history is empty.');
		return place;
	}

	get canGoBack(): boolean {
		return this.#position > 0;
	}

	get canGoForward(): boolean {
		return this.#position < this.#places.length - 1;
	}

	/** All places, oldest first, and which is the current one. */
	get list(): { places: readonly Place[]; position: number } {
		return { places: this.#places, position: this.#position };
	}

	/** Notes how the current place is left. */
	leave(state: { scrollTop: number; selected: readonly string[]; focus: string | undefined }): void {
		Object.assign(this.current, state);
	}

	/** Goes to a new place; what was forward is forgotten. Going to where one is only changes what is selected. */
	go(path: string, selected: readonly string[] = []): Place {
		if (path === this.current.path) {
			if (selected.length > 0) Object.assign(this.current, { selected, focus: selected[0] });
			return this.current;
		}
		this.#places.splice(this.#position + 1);
		this.#places.push({ ...newPlace(path), selected, focus: selected[0] });
		if (this.#places.length > capacity) this.#places.shift();
		this.#position = this.#places.length - 1;
		return this.current;
	}

	/** Moves along the history: -1 back, 1 forward. Returns the place, or `undefined` at an end. */
	move(steps: number): Place | undefined {
		const position = this.#position + steps;
		if (position < 0 || position >= this.#places.length || steps === 0) return undefined;
		this.#position = position;
		return this.current;
	}
}

function newPlace(path: string): Place {
	return { path, scrollTop: 0, selected: [], focus: undefined };
}
