/**
 * Files that the kernel keeps for itself on the volume, below `/System`: the settings, the events and the accounts.
 *
 * Rules of use:
 * - They are reached from here by inode, in the same groups of changes as everybody's files: what is written is stored when
 *   the group is. `make` runs one change of the file system; a `Changes` of the caller stands behind it.
 * - For processes they can be read and nothing more, whatever their token: `isSealed` says so to the walk of paths.
 */

import { aceFlags, fullAccess } from '#abi/access.ts';
import { isWithin } from '#base/path.ts';
import type { FileSystem, Inode } from '#fs/file-system.ts';
import { formatDescriptor } from '#security/security-descriptor.ts';
import { type Sid, sids } from '#security/sid.ts';

export const settingsPath = '/System/Settings';
export const eventsPath = '/System/Events';
export const accountsPath = '/System/Accounts';

const sealedPaths = [settingsPath, eventsPath, accountsPath];

/** Whether a process may change nothing at `path`: neither what stands there nor, for its folders, their names. */
export function isSealed(path: string | undefined): boolean {
	return path !== undefined && sealedPaths.some((sealed) => isWithin(path, sealed));
}

/** Whether the name of a folder is needed to reach what is sealed, so that it must stay. */
export function holdsSealed(path: string | undefined): boolean {
	return path === '/System' || isSealed(path);
}

/** Whether nobody but the system sees what stands at `path`, not even who may back up everything. */
export function isSecret(path: string | undefined): boolean {
	return path !== undefined && isWithin(path, accountsPath);
}

/** Of a folder that is for the system alone. */
export function secretDescriptor(): string {
	return describeFor([sids.system]);
}

/** Of a folder that is only for the system, those who administer it, and perhaps one user. */
export function privateDescriptor(user?: Sid): string {
	return describeFor([sids.system, sids.administrators, ...(user === undefined ? [] : [user])]);
}

function describeFor(readers: readonly Sid[]): string {
	const flags = aceFlags.objectInherit | aceFlags.containerInherit;
	const dacl = readers.map((sid) => ({ type: 'allow', flags, mask: fullAccess, sid }) as const);
	return formatDescriptor({ owner: sids.system, group: sids.system, dacl, sacl: [], isProtected: true });
}

/** Runs one change of the file system in the caller's group. */
export type MakeChange = <T>(change: () => T) => T;

export class SystemFiles {
	readonly fileSystem: FileSystem;

	constructor(fileSystem: FileSystem) {
		this.fileSystem = fileSystem;
	}

	find(path: string): Inode | undefined {
		let inode: Inode | undefined = this.fileSystem.root;
		for (const name of path.split('/').slice(1)) {
			if (inode === undefined || this.fileSystem.kindOf(inode) !== 'directory') return undefined;
			inode = this.fileSystem.find(inode, name);
		}
		return inode;
	}

	/** Bytes of a file from `offset` on. */
	read(inode: Inode, offset = 0): Uint8Array<ArrayBuffer> {
		const bytes = new Uint8Array(Math.max(0, this.fileSystem.stat(inode).size - offset));
		this.fileSystem.read(inode, offset, bytes);
		return bytes;
	}

	/** All names in the directory at `path`; none when there is no such directory. */
	list(path: string): string[] {
		const directory = this.find(path);
		if (directory === undefined) return [];
		const names: string[] = [];
		let cursor = '';
		do {
			const page = this.fileSystem.list(directory, cursor, 1000);
			names.push(...page.names);
			cursor = page.next;
		} while (cursor !== '');
		return names;
	}

	/** The directory at `path`, made with all above it where there is none; a new one gets `descriptor`. */
	ensureDirectory(path: string, make: MakeChange, descriptor?: string): Inode {
		let inode: Inode = this.fileSystem.root;
		const names = path.split('/').slice(1);
		for (const [index, name] of names.entries()) {
			const directory = inode;
			const own = index === names.length - 1 ? descriptor : undefined;
			inode =
				this.fileSystem.find(directory, name) ?? make(() => this.fileSystem.create(directory, name, 'directory', own));
		}
		return inode;
	}
}
