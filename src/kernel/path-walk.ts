/**
 * The walk from a path to what stands there, name by name, through links and mounts.
 *
 * Rules of use:
 * - `beneath` holds the walk below its start: `..` above it, an absolute path and an absolute link are EPERM. That is
 *   what a directory handle gives: a program that holds one reaches nothing else by it.
 * - Without it the start is the root of the namespace, where `..` stays at the root.
 *
 * Invariants:
 * - `..` goes back the way the walk came, so a directory that is renamed meanwhile opens no way out.
 * - No name is looked up in a directory that `admit` refuses: what stands there is not even told to exist.
 * - At most `maximumLinks` links are followed (ELOOP), so every walk ends.
 */
import { OsError } from '#abi/errors.ts';
import { below, joinName, type Mounts, type Place, requireName, type Slot } from './place.ts';
import { holdsSealed } from './system-files.ts';

const maximumLinks = 40;

export interface WalkOptions {
	readonly beneath: boolean;
	/** Whether a link at the very end is followed; one with a `/` behind it always is. */
	readonly followLast: boolean;
	/**
	 * Called with each directory before a name is looked up in it; throws to refuse. Not for the start of a walk that is
	 * held beneath it: the handle that stands for it carries the right.
	 */
	readonly admit?: (directory: Place) => void;
}

export interface Walked {
	/** Where the last name stands; `undefined` when the path ends in no name: the start, `.` or `..`. */
	readonly slot: Slot | undefined;
	/** What is there. */
	readonly place: Place | undefined;
}

export function walkPath(namespace: Mounts, start: Place, path: string, options: WalkOptions): Walked {
	return new Walk(namespace, start, options).run(path);
}

class Walk {
	readonly #namespace: Mounts;
	readonly #options: WalkOptions;
	/** The way from the start to here. */
	#way: Place[];
	/** Names still to walk, the next one last. */
	#rest: string[] = [];
	#links = 0;
	/** Where the place at the end of the way has its name. */
	#slot: Slot | undefined;

	constructor(namespace: Mounts, start: Place, options: WalkOptions) {
		this.#namespace = namespace;
		this.#way = [start];
		this.#options = options;
	}

	run(path: string): Walked {
		if (path === '') throw new OsError('ENOENT', path);
		this.#add(path);
		while (this.#rest.length > 0) {
			const name = this.#rest.pop() as string;
			if (name === '' || name === '.') this.#requireDirectory(path);
			else if (name === '..') this.#goUp(path);
			else if (!this.#step(name, path)) return { slot: this.#slot, place: undefined };
		}
		return { slot: this.#slot, place: this.#here };
	}

	get #here(): Place {
		return this.#way.at(-1) as Place;
	}

	/** Puts the names of a path in front of those still to walk. */
	#add(path: string): void {
		const names = path.split('/');
		if (path.startsWith('/')) {
			if (this.#options.beneath) throw new OsError('EPERM', 'the path leads out of the folder');
			this.#way = [this.#namespace.root];
			this.#slot = undefined;
			names.shift();
		}
		for (const name of names.reverse()) this.#rest.push(name);
	}

	#requireDirectory(path: string): void {
		const { fileSystem, inode } = this.#here;
		if (fileSystem.kindOf(inode) !== 'directory') throw new OsError('ENOTDIR', path);
	}

	#goUp(path: string): void {
		this.#requireDirectory(path);
		if (this.#way.length > 1) this.#way.pop();
		else if (this.#options.beneath) throw new OsError('EPERM', 'the path leads out of the folder');
		this.#slot = undefined;
	}

	/** Goes on to `name`; `false` when nothing stands there and it is the last one. */
	#step(name: string, path: string): boolean {
		this.#requireDirectory(path);
		requireName(name, path);
		const here = this.#here;
		if (!this.#options.beneath || this.#way.length > 1) this.#options.admit?.(here);
		const attached = this.#namespace.findAttached(here, name);
		if (attached !== undefined) {
			this.#way.push(attached);
			this.#slot = undefined;
			return true;
		}
		const found = here.fileSystem.findEntry(here.inode, name);
		const real = found?.name ?? name;
		const isLast = this.#rest.every((rest) => rest === '');
		const slotPath = joinName(here.path, real);
		this.#slot = {
			fileSystem: here.fileSystem,
			directory: here.inode,
			name: real,
			spelling: name,
			path: slotPath,
			readOnly: here.readOnly || holdsSealed(slotPath),
			inode: found?.inode,
			mustBeDirectory: this.#rest.length > 0,
		};
		if (found === undefined) {
			if (isLast) return false;
			throw new OsError('ENOENT', path);
		}
		const { inode } = found;
		if (here.fileSystem.kindOf(inode) === 'link' && (this.#rest.length > 0 || this.#options.followLast))
			this.#follow(here.fileSystem.readLink(inode), path);
		else this.#way.push(this.#namespace.cross(below(here, real, inode)));
		return true;
	}

	#follow(target: string, path: string): void {
		this.#links++;
		if (this.#links > maximumLinks) throw new OsError('ELOOP', path);
		this.#add(target);
	}
}
