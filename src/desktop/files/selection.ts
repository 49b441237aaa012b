/**
 * Which items of a list are selected, which has the focus, and from where Shift extends.
 *
 * Rules of use:
 * - Items are named by their keys (file names), so that sorting and changes of the folder keep the selection.
 * - `keys` is the list as shown; the owner calls `setKeys` after every change of it.
 *
 * Invariants: selected keys, focus and anchor are always keys of the list; the snapshot changes identity with every
 * change and only then.
 */
import { Emitter } from '#base/emitter.ts';

export interface SelectionModifiers {
	/** Ctrl: toggles, or moves the focus without selecting. */
	readonly toggle: boolean;
	/** Shift: extends from the anchor. */
	readonly extend: boolean;
}

export interface SelectionSnapshot {
	readonly selected: ReadonlySet<string>;
	readonly focus: string | undefined;
}

/** Letters typed closer together than this search as one word. */
const typeaheadMs = 1000;

export class Selection {
	readonly #changes = new Emitter<void>();
	#keys: readonly string[] = [];
	#positions: Map<string, number> | undefined;
	#selected: ReadonlySet<string> = new Set();
	/** Selected keys in the order of the list, once somebody has asked. */
	#ordered: readonly string[] | undefined;
	#focus: string | undefined;
	#anchor: string | undefined;
	#snapshot: SelectionSnapshot = { selected: this.#selected, focus: undefined };
	#typed = '';
	#typedAt = Number.NEGATIVE_INFINITY;

	get onChange() {
		return this.#changes.event;
	}

	get snapshot(): SelectionSnapshot {
		return this.#snapshot;
	}

	get count(): number {
		return this.#selected.size;
	}

	/** Selected keys in the order of the list. */
	get selectedKeys(): readonly string[] {
		this.#ordered ??= this.#inOrder(this.#selected);
		return this.#ordered;
	}

	get focus(): string | undefined {
		return this.#focus;
	}

	/** Position of the focus; -1 for none. */
	get focusIndex(): number {
		return this.#focus === undefined ? -1 : this.indexOf(this.#focus);
	}

	indexOf(key: string): number {
		this.#positions ??= new Map(this.#keys.map((name, index) => [name, index]));
		return this.#positions.get(key) ?? -1;
	}

	/** The list has changed: what is gone is no longer selected; the focus stays near where it was. */
	setKeys(keys: readonly string[]): void {
		const focusIndex = this.focusIndex;
		this.#keys = keys;
		this.#positions = undefined;
		// Another folder: what was typed there is no part of a name here.
		if (keys.length === 0) this.#typed = '';
		const selected = new Set([...this.#selected].filter((key) => this.indexOf(key) >= 0));
		let focus = this.#focus;
		if (focus !== undefined && this.indexOf(focus) < 0) focus = keys[Math.min(focusIndex, keys.length - 1)];
		if (this.#anchor !== undefined && this.indexOf(this.#anchor) < 0) this.#anchor = undefined;
		this.#publish(selected, focus);
	}

	/** A click or a key press on the item at `index`. */
	choose(index: number, { toggle, extend }: SelectionModifiers): void {
		const key = this.#keys[index];
		if (key === undefined) return;
		if (extend) {
			const range = this.#range(this.#anchorIndex(), index);
			this.#publish(toggle ? new Set([...this.#selected, ...range]) : new Set(range), key);
			return;
		}
		this.#anchor = key;
		this.#publish(toggle ? toggled(this.#selected, key) : new Set([key]), key);
	}

	/** Moves the focus only (Ctrl+arrow). */
	moveFocus(index: number): void {
		const key = this.#keys[index];
		if (key !== undefined) this.#publish(this.#selected, key);
	}

	/** Selects exactly these; the focus goes to `focus` or the first. */
	select(keys: readonly string[], focus: string | undefined = keys[0]): void {
		const present = keys.filter((key) => this.indexOf(key) >= 0);
		this.#anchor = focus;
		this.#publish(new Set(present), focus !== undefined && this.indexOf(focus) >= 0 ? focus : this.#focus);
	}

	selectAll(): void {
		this.#publish(new Set(this.#keys), this.#focus ?? this.#keys[0]);
	}

	invert(): void {
		this.#publish(new Set(this.#keys.filter((key) => !this.#selected.has(key))), this.#focus);
	}

	clear(): void {
		this.#publish(new Set(), this.#focus);
	}

	/**
	 * A rubber band over the items `indices`. `base` is what was selected when it began: with Ctrl the band turns
	 * each item over, with Shift it adds.
	 */
	band(indices: Iterable<number>, base: ReadonlySet<string>, { toggle, extend }: SelectionModifiers): void {
		const selected = new Set(toggle || extend ? base : []);
		for (const index of indices) {
			const key = this.#keys[index];
			if (key === undefined) continue;
			if (toggle && base.has(key)) selected.delete(key);
			else selected.add(key);
		}
		this.#publish(selected, this.#focus);
	}

	/**
	 * A letter typed at `timeMs` selects the next item whose label starts with what was typed, and wraps. The same
	 * letter again goes to the next such item. Returns whether one was found.
	 */
	type(letter: string, timeMs: number, labelOf: (key: string) => string = (key) => key): boolean {
		const going = timeMs - this.#typedAt < typeaheadMs;
		this.#typedAt = timeMs;
		this.#typed = going ? this.#typed + letter : letter;
		const repeated = [...this.#typed].every((typed) => typed === letter);
		const wanted = (repeated ? letter : this.#typed).toLocaleLowerCase();
		const start = this.focusIndex + (repeated ? 1 : 0);
		for (let step = 0; step < this.#keys.length; step++) {
			const index = (Math.max(0, start) + step) % this.#keys.length;
			if (
				!labelOf(this.#keys[index] ?? '')
					.toLocaleLowerCase()
					.startsWith(wanted)
			)
				continue;
			this.choose(index, { toggle: false, extend: false });
			return true;
		}
		return false;
	}

	/** Whether a word is being typed, so that Space belongs to it. */
	isTyping(timeMs: number): boolean {
		return this.#typed !== '' && timeMs - this.#typedAt < typeaheadMs;
	}

	/** Of few, their places are compared; of many, the list is walked once. */
	#inOrder(selected: ReadonlySet<string>): readonly string[] {
		if (selected.size * 16 > this.#keys.length) return this.#keys.filter((key) => selected.has(key));
		return [...selected].sort((left, right) => this.indexOf(left) - this.indexOf(right));
	}

	#anchorIndex(): number {
		const anchor = this.#anchor ?? this.#focus ?? this.#keys[0];
		return anchor === undefined ? 0 : Math.max(0, this.indexOf(anchor));
	}

	#range(from: number, to: number): readonly string[] {
		return this.#keys.slice(Math.min(from, to), Math.max(from, to) + 1);
	}

	#publish(selected: ReadonlySet<string>, focus: string | undefined): void {
		this.#selected = selected;
		this.#ordered = undefined;
		this.#focus = focus;
		this.#snapshot = { selected, focus };
		this.#changes.fire();
	}
}

function toggled(selected: ReadonlySet<string>, key: string): Set<string> {
	const result = new Set(selected);
	if (!result.delete(key)) result.add(key);
	return result;
}
