/**
 * What a process sees of the files: file systems and parts of them, mounted over the directories of a root.
 *
 * Rules of use:
 * - A path is walked by `walkPath` (`path-walk.ts`); this knows where mounts are and what they cover.
 * - `find` and `findSlot` are the two questions that most calls ask.
 *
 * Invariants:
 * - Nothing outside the root and the mounts can be reached, whatever the path.
 * - A place's `path` is where the system itself finds it, the same in every namespace: watches and open files go by it.
 * - A mount covers a directory; the covered directory cannot be removed or renamed.
 */
import { executeAccess, readAccess } from '#abi/access.ts';
import { OsError } from '#abi/errors.ts';
import { isWithin, splitPath } from '#base/path.ts';
import type { FileSystem } from '#fs/file-system.ts';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { formatDescriptor } from '#security/security-descriptor.ts';
import { sids } from '#security/sid.ts';
import { walkPath } from './path-walk.ts';
import { below, type Mounts, type Place, requireName, type Slot } from './place.ts';

/** Of the directories that only lead to a mount: everybody who sees the namespace may pass and list them. */
const lookOnly = formatDescriptor({
	owner: sids.system,
	group: sids.system,
	dacl: [{ type: 'allow', flags: 0, mask: readAccess | executeAccess, sid: sids.everyone }],
	sacl: [],
	isProtected: true,
});

interface Mount {
	readonly covered: Place;
	readonly place: Place;
}

/** What a node of an attached file system stands for. */
export type Lead = (place: Place) => Place | undefined;

export class Namespace implements Mounts {
	readonly root: Place;
	readonly #mounts: Mount[] = [];
	readonly #attached = new Map<string, Place>();
	readonly #leads = new Map<FileSystem, Lead>();
	#mountPaths: readonly string[] = ['/'];

	constructor(root: Place) {
		this.root = root;
	}

	/** The namespace of the system: `fileSystem` is all there is. */
	static over(fileSystem: FileSystem): Namespace {
		return new Namespace({ fileSystem, inode: fileSystem.root, path: '/', readOnly: fileSystem.readOnly });
	}

	/** The directories that were given, by the paths under which they are seen. */
	get mountPaths(): readonly string[] {
		return this.#mountPaths;
	}

	/** A namespace of exactly these directories; a mount over another hides what it covers. EINVAL, EEXIST. */
	static of(grants: readonly { readonly path: string; readonly place: Place }[]): Namespace {
		const root = grants.find(({ path }) => path === '/');
		const names = new MemoryFileSystem({ clock: { now: () => 0 } });
		names.setDescriptor(names.root, lookOnly);
		names.commit();
		const namespace = new Namespace(root?.place ?? { ...Namespace.over(names).root, path: undefined, readOnly: true });
		const others = grants.filter((grant) => grant !== root).sort((one, other) => one.path.length - other.path.length);
		for (const { path, place } of others) {
			if (root === undefined) makeDirectories(names, path);
			namespace.mountPlace(path, place);
		}
		namespace.#mountPaths = grants.map(({ path }) => path);
		return namespace;
	}

	get fileSystems(): FileSystem[] {
		return [...new Set([this.root, ...this.#mounts.map((mount) => mount.place)].map((place) => place.fileSystem))];
	}

	/** Puts a whole file system over an existing directory. */
	mount(path: string, fileSystem: FileSystem): void {
		const covered = this.find(path);
		const { readOnly } = fileSystem;
		this.mountPlace(path, { fileSystem, inode: fileSystem.root, path: covered.path, readOnly });
	}

	/** Takes away what was put over a directory. What is open there stays open, and its file system has to answer for it. */
	unmount(path: string): void {
		const place = this.#mounts.findIndex((mount) => mount.place.path === path);
		if (place >= 0) this.#mounts.splice(place, 1);
	}

	/** Puts a directory over an existing one. ENOTDIR, EBUSY when one is mounted there already. */
	mountPlace(path: string, place: Place): void {
		const covered = this.find(path);
		if (covered.fileSystem.stat(covered.inode).kind !== 'directory') throw new OsError('ENOTDIR', path);
		if (isSame(covered, this.root) || this.#mounts.some((mount) => isSame(mount.place, covered)))
			throw new OsError('EBUSY', path);
		this.#mounts.push({ covered, place });
	}

	/** Gives a file system a name in the root that is in no listing and hides nothing, such as `dev`; `lead` leads out of it. */
	attach(name: string, fileSystem: FileSystem, lead?: Lead): void {
		const path = `/${name}`;
		if (lead !== undefined) this.#leads.set(fileSystem, lead);
		this.#attached.set(name, { fileSystem, inode: fileSystem.root, path, readOnly: fileSystem.readOnly });
	}

	findAttached(directory: Place, name: string): Place | undefined {
		return this.#attached.size > 0 && isSame(directory, this.root) ? this.#attached.get(name) : undefined;
	}

	/** What stands over `place`: itself, or the mount that covers it. */
	cross(place: Place): Place {
		const led = this.#leads.size === 0 ? undefined : this.#leads.get(place.fileSystem)?.(place);
		if (led !== undefined || this.#mounts.length === 0) return led ?? place;
		return this.#mounts.find((mount) => isSame(mount.covered, place))?.place ?? place;
	}

	/** Mounts at `path` or below it. */
	mountsWithin(path: string): readonly Place[] {
		const places = this.#mounts.map((mount) => mount.place);
		return places.filter((place) => place.path !== undefined && isWithin(place.path, path));
	}

	/** Where the file system of a place is mounted. */
	rootPathOf({ path, fileSystem }: Place): string {
		const holds = (mount: Mount): boolean =>
			mount.place.fileSystem === fileSystem && isWithin(path ?? '/', mount.place.path ?? '/');
		return this.#mounts.findLast(holds)?.place.path ?? '/';
	}

	/** EBUSY when a directory is a mount or holds one. */
	requireUncovered(path: string | undefined): void {
		if (path !== undefined && (path === '/' || this.mountsWithin(path).length > 0)) throw new OsError('EBUSY', path);
	}

	/** What stands at an absolute path; links are followed. */
	find(path: string): Place {
		const { place } = walkPath(this, this.root, path, { beneath: false, followLast: true });
		if (place === undefined) throw new OsError('ENOENT', path);
		return place;
	}

	/** As `find`; `undefined` when nothing can be reached there. */
	tryFind(path: string): Place | undefined {
		try {
			return this.find(path);
		} catch (error) {
			if (error instanceof OsError) return undefined;
			throw error;
		}
	}

	/** The place of a name whose parent exists; a link at the end is not followed. EBUSY for the root. */
	findSlot(path: string): Slot {
		const { slot } = walkPath(this, this.root, path, { beneath: false, followLast: false });
		if (slot === undefined) throw new OsError('EBUSY', path);
		return slot;
	}

	#findFolded(directory: Place, name: string): { name: string; place: Place } | undefined {
		const attached = this.findAttached(directory, name);
		if (attached !== undefined) return { name, place: attached };
		const found = directory.fileSystem.findFolded(directory.inode, name);
		return found && { name: found.name, place: this.cross(below(directory, found.name, found.inode)) };
	}

	/** The real spelling of a path, where names that do not exist as spelled are found without regard to case. */
	resolveFolded(path: string, admit: (directory: Place) => void): string {
		let place = this.root;
		let real = '';
		for (const name of splitPath(path)) {
			requireName(name, path);
			admit(place);
			const found = this.#findFolded(place, name);
			if (found === undefined) throw new OsError('ENOENT', path);
			place = found.place;
			real += `/${found.name}`;
		}
		return real === '' ? '/' : real;
	}
}

/** Directories for mounts to stand over, made where there are none. */
function makeDirectories(names: FileSystem, path: string): void {
	let directory = names.root;
	for (const name of splitPath(path))
		directory = names.find(directory, name) ?? names.create(directory, name, 'directory', lookOnly);
	names.commit();
}

function isSame(one: Place, other: Place): boolean {
	return one.inode === other.inode && one.fileSystem === other.fileSystem;
}
