/**
 * The folders of a person: made when the account is, whole again when the person logs on, gone with a guest.
 *
 * Rules of use: everything is made in the group of changes of the caller; what stands there stays as it is.
 *
 * Invariant: a home is closed to everybody but its person, administrators and the system from the moment it exists.
 */
import { aceFlags, fullAccess } from '#abi/access.ts';
import { OsError } from '#abi/errors.ts';
import { foldersOf, homeFolders, usersFolder } from '#base/known-folders.ts';
import { baseName, directoryName, splitPath } from '#base/path.ts';
import type { FileSystem, Inode } from '#fs/file-system.ts';
import { inheritDescriptor } from '#security/inheritance.ts';
import { formatDescriptor, parseDescriptor } from '#security/security-descriptor.ts';
import { type Sid, sids } from '#security/sid.ts';
import type { MakeChange } from '../system-files.ts';

/** Of a home and of a recycle bin: its person has everything there. */
export function homeDescriptor(person: Sid): string {
	const flags = aceFlags.objectInherit | aceFlags.containerInherit;
	const dacl = [sids.system, sids.administrators, person].map(
		(sid) => ({ type: 'allow', flags, mask: fullAccess, sid }) as const,
	);
	return formatDescriptor({ owner: person, group: sids.users, dacl, sacl: [], isProtected: true });
}

export class HomeFolders {
	readonly #fileSystem: FileSystem;

	constructor(fileSystem: FileSystem) {
		this.#fileSystem = fileSystem;
	}

	/** A path below `/Users` for a person of this name at which nothing stands, in any spelling. */
	chooseHome(name: string): string {
		const users = this.#find(usersFolder);
		const bins = this.#find(directoryName(foldersOf('/').recycleBin));
		const isTaken = (candidate: string): boolean =>
			[users, bins].some(
				(folder) => folder !== undefined && this.#fileSystem.findFolded(folder, candidate) !== undefined,
			);
		let candidate = name;
		for (let count = 2; isTaken(candidate); count++) candidate = `${name} ${count}`;
		return `${usersFolder}/${candidate}`;
	}

	/** Makes those of the person's folders that are missing. */
	ensure(home: string, person: Sid, make: MakeChange): void {
		const own = homeDescriptor(person);
		this.#ensureFolder(home, own, make);
		for (const path of homeFolders(home).slice(1)) this.#ensureFolder(path, inherited(own, person), make);
		this.#ensureFolder(foldersOf(home).recycleBin, own, make);
	}

	/** Removes the home and what was deleted from it. */
	remove(home: string, make: MakeChange): void {
		for (const path of [home, foldersOf(home).recycleBin]) {
			const directory = this.#find(directoryName(path));
			if (directory === undefined || this.#fileSystem.find(directory, baseName(path)) === undefined) continue;
			make(() => this.#fileSystem.removeTree(directory, baseName(path)));
		}
	}

	#ensureFolder(path: string, descriptor: string, make: MakeChange): void {
		const directory = this.#find(directoryName(path));
		if (directory === undefined) throw new OsError('ENOENT', directoryName(path));
		const fileSystem = this.#fileSystem;
		// A file in a folder's place is the person's: it is left alone.
		if (fileSystem.find(directory, baseName(path)) !== undefined) return;
		make(() => fileSystem.create(directory, baseName(path), 'directory', descriptor));
	}

	#find(path: string): Inode | undefined {
		let inode: Inode | undefined = this.#fileSystem.root;
		for (const name of splitPath(path)) {
			if (inode === undefined || this.#fileSystem.kindOf(inode) !== 'directory') return undefined;
			inode = this.#fileSystem.find(inode, name);
		}
		return inode;
	}
}

function inherited(parent: string, owner: Sid): string {
	const descriptor = inheritDescriptor(parseDescriptor(parent), 'directory', { owner, group: sids.users });
	return formatDescriptor(descriptor);
}
