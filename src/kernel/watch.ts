/**
 * Watches of directories.
 *
 * Invariants:
 * - A watch is bound to a path: it hears of what is created, changed or removed there, and of its own removal.
 * - Changes of one path of the same kind, with no other between them, are told once.
 * - A watch holds at most `watchCapacity` changes; then it forgets them and tells a single `overflow`.
 */
import type { Change } from '#abi/structures.generated.ts';
import { directoryName, isWithin } from '#base/path.ts';
import { KernelObject } from './kernel-object.ts';
import type { Wait } from './wait.ts';
import { WaitQueue } from './wait.ts';

export const watchCapacity = 4096;

export class Watch extends KernelObject {
	readonly path: string;
	readonly #recursive: boolean;
	readonly #onClosed: (watch: Watch) => void;
	readonly #waits = new WaitQueue<Change[]>();
	#changes: Change[] = [];
	/** The newest change that waits for each path. */
	readonly #newest = new Map<string, Change['kind']>();

	constructor(options: { path: string; recursive: boolean; onClosed: (watch: Watch) => void }) {
		super();
		this.path = options.path;
		this.#recursive = options.recursive;
		this.#onClosed = options.onClosed;
	}

	/** All changes since the last call; empty when there are none. */
	take(): Change[] {
		const changes = this.#changes;
		this.#changes = [];
		this.#newest.clear();
		return changes;
	}

	/** Resolves `wait` when there is something to tell. */
	admit(wait: Wait<Change[]>): void {
		this.#waits.add(wait);
	}

	note(changes: readonly Change[]): void {
		for (const change of changes) if (this.#concerns(change)) this.#add(change);
		const wait = this.#waits.first();
		if (wait !== undefined && this.#changes.length > 0) wait.resolve(this.take());
	}

	protected override onLastClose(): void {
		this.#onClosed(this);
	}

	#concerns(change: Change): boolean {
		// That an ancestor went away is news for everything below it.
		if (isWithin(this.path, change.path)) return change.kind === 'removed' || change.path === this.path;
		return this.#recursive ? isWithin(change.path, this.path) : directoryName(change.path) === this.path;
	}

	#add(change: Change): void {
		if (this.#changes[0]?.kind === 'overflow') return;
		const newest = this.#newest.get(change.path);
		if (newest === change.kind || (newest === 'created' && change.kind === 'changed')) return;
		if (this.#changes.length >= watchCapacity) {
			this.take();
			this.#changes = [{ kind: 'overflow', path: this.path }];
			return;
		}
		this.#newest.set(change.path, change.kind);
		this.#changes.push(change);
	}
}

export class WatchRegistry {
	readonly #watches = new Set<Watch>();

	get size(): number {
		return this.#watches.size;
	}

	open(path: string, recursive: boolean): Watch {
		const watch = new Watch({ path, recursive, onClosed: (closed) => this.#watches.delete(closed) });
		this.#watches.add(watch);
		return watch;
	}

	publish(changes: readonly Change[]): void {
		if (changes.length === 0) return;
		for (const watch of this.#watches) watch.note(changes);
	}
}
