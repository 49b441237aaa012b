/**
 * The names of one directory of a `MemoryFileSystem`.
 *
 * Invariants: the sorted names and the folded index are made when first asked for after a change, never kept stale.
 */
import { foldName } from '#base/path.ts';
import type { Entry, Inode } from './file-system.ts';

export class DirectoryNames {
	readonly #inodes = new Map<string, Inode>();
	#sorted: string[] | undefined;
	#folded: Map<string, string> | undefined;

	get size(): number {
		return this.#inodes.size;
	}

	keys(): IterableIterator<string> {
		return this.#inodes.keys();
	}

	get(name: string): Inode | undefined {
		return this.#inodes.get(name);
	}

	/** Gives `name` to an inode, or takes it away with `undefined`. */
	assign(name: string, inode: Inode | undefined): void {
		const known = this.#inodes.has(name);
		if (inode === undefined) this.#inodes.delete(name);
		else this.#inodes.set(name, inode);
		if (known && inode !== undefined) return;
		this.#sorted = undefined;
		this.#folded = undefined;
	}

	/** The first name in order that is `name` when case is ignored; an exact one before all others. */
	findFolded(name: string): Entry | undefined {
		const exact = this.#inodes.get(name);
		if (exact !== undefined) return { name, inode: exact };
		const found = this.#foldedIndex().get(foldName(name));
		return found === undefined ? undefined : { name: found, inode: this.#inodes.get(found) as Inode };
	}

	/** Whether no two names are the same when case is ignored. */
	get areDistinct(): boolean {
		return this.#foldedIndex().size === this.size;
	}

	/** At most `limit` names after `cursor`; `last` says that none follows. */
	page(cursor: string, limit: number): { names: string[]; last: boolean } {
		const all = this.#sortedNames();
		const start = cursor === '' ? 0 : firstAfter(all, cursor);
		const names = all.slice(start, start + limit);
		return { names, last: start + names.length >= all.length };
	}

	#sortedNames(): string[] {
		this.#sorted ??= [...this.#inodes.keys()].sort();
		return this.#sorted;
	}

	#foldedIndex(): Map<string, string> {
		if (this.#folded !== undefined) return this.#folded;
		this.#folded = new Map();
		for (const name of this.#sortedNames()) {
			const key = foldName(name);
			if (!this.#folded.has(key)) this.#folded.set(key, name);
		}
		return this.#folded;
	}
}

/** Index of the first name after `cursor` in the order of UTF-16 code units. */
function firstAfter(sorted: readonly string[], cursor: string): number {
	let low = 0;
	let high = sorted.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((sorted[middle] as string) <= cursor) low = middle + 1;
		else high = middle;
	}
	return low;
}
