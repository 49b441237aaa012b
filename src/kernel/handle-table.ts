/**
 * The handles of one process: small numbers that stand for kernel objects with the rights given to each.
 *
 * Invariants:
 * - A number is never used twice in a process, so a stale handle never reaches another object.
 * - A handle's rights never grow.
 * - Waits made through a handle end with ECANCELED when it is closed.
 */
import { type ErrorName, OsError } from '#abi/errors.ts';
import type { KernelObject } from './kernel-object.ts';
import { type EndableWait, Wait } from './wait.ts';

export const maximumHandles = 4096;

interface Entry {
	readonly object: KernelObject;
	readonly rights: number;
	/** Why it has no more rights; told to whoever misses one. */
	readonly lacking: string | undefined;
	readonly waits: Set<EndableWait>;
}

/** A class of kernel objects, abstract or not. */
export type ObjectClass<T extends KernelObject> = abstract new (...parts: never[]) => T;

export class HandleTable {
	readonly #maximum: number;
	readonly #entries = new Map<number, Entry>();
	#next = 1;

	constructor(maximum = maximumHandles) {
		this.#maximum = maximum;
	}

	get size(): number {
		return this.#entries.size;
	}

	/** EMFILE unless `count` more handles fit. */
	requireRoom(count = 1): void {
		if (this.#entries.size + count > this.#maximum) throw new OsError('EMFILE');
	}

	add(object: KernelObject, rights: number, lacking?: string): number {
		this.requireRoom();
		const handle = this.#next++;
		object.retain();
		this.#entries.set(handle, { object, rights, lacking, waits: new Set() });
		return handle;
	}

	/** The object behind `handle`; EBADF when it is not open. */
	get(handle: number): KernelObject {
		return this.#entry(handle).object;
	}

	/** The object behind `handle` when it is a `type`; `otherwise` when it is something else. */
	getOf<T extends KernelObject>(handle: number, type: ObjectClass<T>, otherwise: ErrorName = 'EBADF'): T {
		const { object } = this.#entry(handle);
		if (!(object instanceof type)) throw new OsError(otherwise, `handle ${handle}`);
		return object;
	}

	/** All that are open. */
	*all(): Generator<{ readonly handle: number; readonly object: KernelObject }> {
		for (const [handle, { object }] of this.#entries) yield { handle, object };
	}

	/** How many of these handles point to an object. */
	count(object: KernelObject): number {
		let count = 0;
		for (const entry of this.#entries.values()) if (entry.object === object) count++;
		return count;
	}

	rightsOf(handle: number): number {
		return this.#entry(handle).rights;
	}

	/** EACCES unless the handle carries all `rights`. */
	requireRights(handle: number, rights: number): void {
		const entry = this.#entry(handle);
		if ((entry.rights & rights) !== rights) throw new OsError('EACCES', entry.lacking ?? `handle ${handle}`);
	}

	/** A second handle to the same object, here or in another process's table. */
	duplicate(handle: number, rights: number, into: HandleTable = this): number {
		const entry = this.#entry(handle);
		if ((entry.rights & rights) !== rights) throw new OsError('EACCES', `handle ${handle}`);
		return into.add(entry.object, rights, entry.lacking);
	}

	/** Makes a wait that ends with ECANCELED when the handle is closed. */
	waitOn<T>(handle: number): Wait<T> {
		const { waits } = this.#entry(handle);
		const wait = new Wait<T>();
		waits.add(wait);
		wait.whenOver(() => waits.delete(wait));
		return wait;
	}

	close(handle: number): void {
		const entry = this.#entry(handle);
		this.#entries.delete(handle);
		for (const wait of [...entry.waits]) wait.reject(new OsError('ECANCELED', 'the handle was closed'));
		entry.object.release();
	}

	/** For undo: the process may have closed it, or ended, in between. */
	closeIfOpen(handle: number): void {
		if (this.#entries.has(handle)) this.close(handle);
	}

	/** Closes everything without answering waits: their process is gone. */
	closeAll(): void {
		for (const [handle, entry] of [...this.#entries]) {
			this.#entries.delete(handle);
			for (const wait of [...entry.waits]) wait.abandon();
			entry.object.release();
		}
	}

	#entry(handle: number): Entry {
		const entry = this.#entries.get(handle);
		if (entry === undefined) throw new OsError('EBADF', `handle ${handle}`);
		return entry;
	}
}
