/**
 * Advisory locks on parts of files.
 *
 * Rules of use:
 * - `lock` answers at once or with a wait; `unlock` gives a part back; `release` everything, when the file is closed.
 *
 * Invariants:
 * - A lock belongs to an open file. On each byte there is one exclusive lock or any number of shared ones, and an open file
 *   has at most one lock there.
 * - Nobody overtakes who waits for the same bytes, but who holds a part of them already: else no writer would ever get
 *   between readers that come and go.
 * - A wait without limit ends, or somebody who could end it is not waiting without limit himself: `isStuck`.
 */
import { OsError } from '#abi/errors.ts';
import type { FileLock, LockKind } from '#abi/structures.generated.ts';
import type { FileSystem, Inode } from '#fs/file-system.ts';
import type { OpenFile } from './open-node.ts';
import type { Process } from './process.ts';
import type { Wait } from './wait.ts';

/** Locked parts that one open file may have. */
const maximumParts = 1024;

export interface Part {
	readonly start: number;
	/** The byte after the last; infinite when it goes on however long the file gets. */
	readonly end: number;
}

interface Lock extends Part {
	readonly file: OpenFile;
	readonly kind: LockKind;
}

interface Request extends Lock {
	readonly process: Process;
	readonly wait: Wait<void>;
	/** The wait ends by itself. */
	readonly isLimited: boolean;
}

/** The locks of one inode. */
interface Locked {
	held: Lock[];
	/** In the order in which they came. */
	readonly waiting: Set<Request>;
}

export class FileLocks {
	readonly #inodes = new Map<FileSystem, Map<Inode, Locked>>();

	/** Takes the lock if nobody stands in its way. */
	tryLock(lock: Lock): boolean {
		const locked = this.#ensure(lock.file);
		if (blockersOf(lock, locked, locked.waiting).size > 0) {
			this.#forgetEmpty(lock.file);
			return false;
		}
		grant(locked, lock);
		return true;
	}

	/** Waits for the lock; EDEADLK when the wait could never end. */
	lock(request: Request): void {
		const { file, wait } = request;
		if (!request.isLimited && this.#isStuck(request)) throw new OsError('EDEADLK');
		const { waiting } = this.#ensure(file);
		waiting.add(request);
		wait.whenOver(() => {
			waiting.delete(request);
			this.#goOn(file);
		});
	}

	unlock(file: OpenFile, part: Part): void {
		const locked = this.#find(file);
		if (locked === undefined) return;
		locked.held = withoutPart(locked.held, { ...part, file });
		requireFewParts(locked.held, file);
		this.#goOn(file);
	}

	/** The file is closed. */
	release(file: OpenFile): void {
		const locked = this.#find(file);
		if (locked === undefined) return;
		locked.held = locked.held.filter((lock) => lock.file !== file);
		this.#goOn(file);
	}

	list(file: OpenFile): FileLock[] {
		const held = this.#find(file)?.held ?? [];
		return [...held]
			.sort((one, other) => one.start - other.start)
			.map((lock) => ({
				kind: lock.kind,
				offset: lock.start,
				length: lock.end === Number.POSITIVE_INFINITY ? 0 : lock.end - lock.start,
				own: lock.file === file,
			}));
	}

	/** Gives those who wait what they can have now. */
	#goOn(file: OpenFile): void {
		const locked = this.#find(file);
		if (locked === undefined) return;
		const earlier = new Set<Request>();
		for (const request of [...locked.waiting]) {
			if (!locked.waiting.has(request)) continue;
			if (blockersOf(request, locked, earlier).size > 0) earlier.add(request);
			else {
				locked.waiting.delete(request);
				answer(request, () => grant(locked, request));
			}
		}
		this.#forgetEmpty(file);
	}

	/**
	 * Whether `request` would wait for ever: somebody holds what it needs, and all who have that file open wait without limit
	 * for each other too. A process that holds it itself is not counted among them: another of its tasks may give it back.
	 */
	#isStuck(request: Request): boolean {
		const requests = [...this.#unlimited(), request];
		const stuck = new Set(requests.map(({ process }) => process));
		const isHeldByStuck = (file: OpenFile): boolean => {
			let count = 0;
			for (const { handles } of stuck) count += handles.count(file);
			return count === file.handleCount;
		};
		const cannotGoOn = (one: Request): boolean => {
			const locked = this.#ensure(one.file);
			const blockers = blockersOf(one, locked, earlierThan(one, locked));
			return [...blockers].some((file) => one.process.handles.count(file) === 0 && isHeldByStuck(file));
		};
		for (let size = -1; size !== stuck.size; ) {
			size = stuck.size;
			for (const process of [...stuck])
				if (!requests.some((one) => one.process === process && cannotGoOn(one))) stuck.delete(process);
		}
		return stuck.has(request.process) && cannotGoOn(request);
	}

	*#unlimited(): Generator<Request> {
		for (const inodes of this.#inodes.values())
			for (const { waiting } of inodes.values()) for (const request of waiting) if (!request.isLimited) yield request;
	}

	#find({ fileSystem, inode }: OpenFile): Locked | undefined {
		return this.#inodes.get(fileSystem)?.get(inode);
	}

	#ensure(file: OpenFile): Locked {
		let inodes = this.#inodes.get(file.fileSystem);
		if (inodes === undefined) {
			inodes = new Map();
			this.#inodes.set(file.fileSystem, inodes);
		}
		let locked = inodes.get(file.inode);
		if (locked === undefined) {
			locked = { held: [], waiting: new Set() };
			inodes.set(file.inode, locked);
		}
		return locked;
	}

	#forgetEmpty({ fileSystem, inode }: OpenFile): void {
		const inodes = this.#inodes.get(fileSystem);
		const locked = inodes?.get(inode);
		if (locked?.held.length === 0 && locked.waiting.size === 0) inodes?.delete(inode);
	}
}

/** Those who came before it, or all when it has not come yet. */
function earlierThan(request: Request, { waiting }: Locked): Set<Request> {
	const all = [...waiting];
	return waiting.has(request) ? new Set(all.slice(0, all.indexOf(request))) : waiting;
}

/** Open files that keep `lock` from being taken: those that hold what excludes it, and those that wait for that. */
function blockersOf(lock: Lock, { held }: Locked, earlier: ReadonlySet<Request>): Set<OpenFile> {
	const excludes = (other: Lock): boolean =>
		other.file !== lock.file && overlaps(other, lock) && (other.kind === 'exclusive' || lock.kind === 'exclusive');
	const blockers = new Set(held.filter(excludes).map(({ file }) => file));
	const holdsSome = held.some((other) => other.file === lock.file && overlaps(other, lock));
	if (!holdsSome) for (const request of earlier) if (excludes(request)) blockers.add(request.file);
	return blockers;
}

function overlaps(one: Part, other: Part): boolean {
	return one.start < other.end && other.start < one.end;
}

function grant(locked: Locked, { file, kind, start, end }: Lock): void {
	const rest = withoutPart(locked.held, { file, start, end });
	const isJoined = (lock: Lock): boolean =>
		lock.file === file && lock.kind === kind && (lock.end === start || lock.start === end);
	const joined = rest.filter(isJoined);
	const whole = {
		file,
		kind,
		start: Math.min(start, ...joined.map((lock) => lock.start)),
		end: Math.max(end, ...joined.map((lock) => lock.end)),
	};
	const held = [...rest.filter((lock) => !isJoined(lock)), whole];
	requireFewParts(held, file);
	locked.held = held;
}

/** The locks without what `file` holds of a part. */
function withoutPart(held: readonly Lock[], part: Part & { readonly file: OpenFile }): Lock[] {
	return held.flatMap((lock) => {
		if (lock.file !== part.file || !overlaps(lock, part)) return [lock];
		const before = { ...lock, end: part.start };
		const after = { ...lock, start: part.end };
		return [before, after].filter(({ start, end }) => start < end);
	});
}

function requireFewParts(held: readonly Lock[], file: OpenFile): void {
	if (held.filter((lock) => lock.file === file).length > maximumParts)
		throw new OsError('EAGAIN', 'the file has too many locked parts');
}

function answer({ wait }: Request, take: () => void): void {
	try {
		take();
		wait.resolve();
	} catch (error) {
		if (!(error instanceof OsError)) throw error;
		wait.reject(error);
	}
}
