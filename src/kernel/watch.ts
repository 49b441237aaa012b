/**
 * Watches of directories.
 *
 * Invariants:
 * - A watch that was opened by a path is bound to it; one that was opened by a handle to the directory, wherever that is
 *   moved. It hears of what is created, changed or removed there, and of its own removal.
 * - It tells paths as its owner knows them: never one outside of what the owner sees.
 * - Changes of one path of the same kind, with no other between them, are told once.
 * - Of what is further down a watch hears only what its owner could find by listing folder after folder.
 * - A watch holds at most `watchCapacity` changes; then it forgets them and tells a single `overflow`.
 */
import type { Change } from '#abi/structures.generated.ts';
import { directoryName, isWithin } from '#base/path.ts';
import { KernelObject } from './kernel-object.ts';
import type { OpenDirectory } from './open-node.ts';
import type { Wait } from './wait.ts';
import { WaitQueue } from './wait.ts';

export const watchCapacity = 4096;

export interface WatchOptions {
	/** Where the directory is in the system. */
	readonly path: string;
	/** What its owner calls that; empty when paths are to count from there. */
	readonly shownPath: string;
	readonly recursive: boolean;
	/** Whether its owner may know of a change at a path, below where the watch stands now. Absent: of all. */
	readonly admits?: (path: string, watched: string) => boolean;
	/** The watch goes with it instead of staying at the path. */
	readonly directory?: OpenDirectory;
}

export class Watch extends KernelObject {
	readonly #options: WatchOptions;
	readonly #onClosed: (watch: Watch) => void;
	readonly #waits = new WaitQueue<Change[]>();
	#path: string;
	#changes: Change[] = [];
	/** The newest change that waits for each path. */
	readonly #newest = new Map<string, Change['kind']>();

	constructor(options: WatchOptions, onClosed: (watch: Watch) => void) {
		super();
		this.#options = options;
		this.#path = options.path;
		this.#onClosed = onClosed;
		options.directory?.retain();
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
		this.#path = this.#options.directory?.path ?? this.#path;
		for (const change of changes) if (this.#concerns(change)) this.#add({ ...change, path: this.#show(change.path) });
		const wait = this.#waits.first();
		if (wait !== undefined && this.#changes.length > 0) wait.resolve(this.take());
	}

	protected override onLastClose(): void {
		this.#options.directory?.release();
		this.#onClosed(this);
	}

	#concerns(change: Change): boolean {
		const { recursive, directory } = this.#options;
		// That it was moved is no news to a watch that went with it.
		if (directory !== undefined && isWithin(this.#path, change.path) && change.rename !== undefined) return false;
		// That an ancestor went away is news for everything below it.
		if (isWithin(this.#path, change.path)) return change.kind === 'removed' || change.path === this.#path;
		if (directoryName(change.path) === this.#path) return true;
		return recursive && isWithin(change.path, this.#path) && this.#options.admits?.(change.path, this.#path) !== false;
	}

	/** The path as the owner knows it; of something above the directory, that of the directory. */
	#show(path: string): string {
		const { shownPath } = this.#options;
		if (shownPath === this.#path) return path;
		if (!isWithin(path, this.#path) || path === this.#path) return shownPath;
		const rest = path.slice(this.#path === '/' ? 1 : this.#path.length + 1);
		if (shownPath === '') return rest;
		return shownPath === '/' ? `/${rest}` : `${shownPath}/${rest}`;
	}

	#add(change: Change): void {
		if (this.#changes[0]?.kind === 'overflow') return;
		const newest = this.#newest.get(change.path);
		if (newest === change.kind || (newest === 'created' && change.kind === 'changed')) return;
		if (this.#changes.length >= watchCapacity) {
			this.take();
			this.#changes = [{ kind: 'overflow', path: this.#options.shownPath }];
			return;
		}
		this.#newest.set(change.path, change.kind);
		this.#changes.push(change);
	}
}

export class WatchRegistry {
	readonly #watches = new Set<Watch>();
	#renames = 0;

	get size(): number {
		return this.#watches.size;
	}

	open(options: WatchOptions): Watch {
		const watch = new Watch(options, (closed) => this.#watches.delete(closed));
		this.#watches.add(watch);
		return watch;
	}

	/** A number for the two changes of a rename. */
	nextRename(): number {
		return ++this.#renames;
	}

	publish(changes: readonly Change[]): void {
		if (changes.length === 0) return;
		for (const watch of this.#watches) watch.note(changes);
	}
}
