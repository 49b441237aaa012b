/**
 * The z-order of windows: ids from the bottom to the top.
 *
 * Invariant: a window stands above its owner, with nothing but other windows of the same owner's family in between
 * after it was raised.
 */

export class WindowStack {
	readonly #owners = new Map<string, string | undefined>();
	#order: string[] = [];

	/** Ids from the bottom to the top. */
	get order(): readonly string[] {
		return this.#order;
	}

	add(id: string, ownerId: string | undefined): void {
		this.#owners.set(id, ownerId);
		this.#order.push(id);
		this.raise(id);
	}

	remove(id: string): void {
		this.#owners.delete(id);
		this.#order = this.#order.filter((other) => other !== id);
	}

	ownerOf(id: string): string | undefined {
		return this.#owners.get(id);
	}

	/** The window that nothing owns, at the end of the line of owners. */
	rootOf(id: string): string {
		let root = id;
		for (let owner = this.#owners.get(root); owner !== undefined; owner = this.#owners.get(root)) root = owner;
		return root;
	}

	/** `id` and what it owns, directly and through others, from the bottom to the top. */
	familyOf(id: string): string[] {
		return this.#order.filter((other) => this.#isInFamily(other, id));
	}

	ownedBy(id: string): string[] {
		return this.#order.filter((other) => this.#owners.get(other) === id);
	}

	/** Brings the whole family of the window's root to the top, the part below `id` last. */
	raise(id: string): void {
		const family = this.familyOf(this.rootOf(id));
		const rest = this.#order.filter((other) => !family.includes(other));
		const branch = new Set(this.familyOf(id));
		const below = family.filter((other) => !branch.has(other));
		this.#order = [...rest, ...below, ...family.filter((other) => branch.has(other))];
	}

	/** Puts the family at the bottom. */
	lower(id: string): void {
		const family = this.familyOf(this.rootOf(id));
		this.#order = [...family, ...this.#order.filter((other) => !family.includes(other))];
	}

	#isInFamily(id: string, ancestor: string): boolean {
		for (let current: string | undefined = id; current !== undefined; current = this.#owners.get(current)) {
			if (current === ancestor) return true;
		}
		return false;
	}
}
