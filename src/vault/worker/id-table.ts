/** Things by ids that are never used again; an id that is not there (any more) is refused with EACCES. */
import { OsError } from '#abi/errors.ts';

/** Gives ids to all tables of one vault, so that none of them takes another's for its own. */
export class IdSource {
	#next: number;

	constructor(first: number) {
		this.#next = first;
	}

	take(): number {
		return this.#next++;
	}
}

export class IdTable<T> {
	readonly #entries = new Map<number, T>();
	readonly #ids: IdSource;
	readonly #what: string;

	constructor(ids: IdSource, what: string) {
		this.#ids = ids;
		this.#what = what;
	}

	add(entry: T): number {
		const id = this.#ids.take();
		this.#entries.set(id, entry);
		return id;
	}

	get(id: number): T {
		const entry = this.#entries.get(id);
		if (entry === undefined) throw new OsError('EACCES', `${this.#what} is not open: its person has logged off`);
		return entry;
	}

	has(id: number): boolean {
		return this.#entries.has(id);
	}

	delete(id: number): void {
		this.#entries.delete(id);
	}

	deleteWhere(isGone: (entry: T) => boolean): void {
		for (const [id, entry] of this.#entries) if (isGone(entry)) this.#entries.delete(id);
	}
}
