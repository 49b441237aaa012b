/**
 * Changes of who owns something and who may do what with it, and what they hand down.
 *
 * Rules of use: `change` decides for itself whether the process may; `inherit` takes from the folder above anew.
 *
 * Invariants:
 * - A descriptor and all that changes below it with it are one step: no state with half of it is ever stored.
 * - What is handed down reaches only what the process may itself change (`writeDacl`) and what is not protected. So nobody
 *   gets at another's file by moving it into a folder of their own.
 */
import { accessRights, aceFlags } from '#abi/access.ts';
import { OsError } from '#abi/errors.ts';
import type { AccessEntry, SecurityChange } from '#abi/structures.generated.ts';
import { directoryName } from '#base/path.ts';
import { reinheritDescriptor } from '#security/inheritance.ts';
import {
	type AccessControlEntry,
	formatDescriptor,
	requireValidDescriptor,
	type SecurityDescriptor,
} from '#security/security-descriptor.ts';
import { parseSid, type Sid, sids } from '#security/sid.ts';
import type { Caller } from './caller.ts';
import type { Kernel } from './kernel.ts';
import { below, type Place } from './place.ts';
import type { Process } from './process.ts';

export class SecurityChanges {
	readonly #kernel: Kernel;

	constructor(kernel: Kernel) {
		this.#kernel = kernel;
	}

	/** Returns how many things below have changed with it. */
	change(caller: Caller, place: Place, change: SecurityChange): number {
		const current = this.#requireChangeable(place);
		const { access } = this.#kernel;
		if (change.owner !== undefined) this.#requireOwner(caller.process, place, parseSid(change.owner));
		if (change.access !== undefined || change.protected !== undefined)
			access.require(caller.process, place, accessRights.writeDacl);
		if (change.audit !== undefined) access.require(caller.process, place, accessRights.accessSystemSecurity);
		const next = this.#reinherited(applyChange(current, change), place);
		requireValidDescriptor(next);
		this.#store(caller, place, next);
		return this.#kindOf(place) === 'directory' ? this.#handDown(caller, place) : 0;
	}

	/** As `change`, with nothing of its own to change. */
	inherit(caller: Caller, place: Place): number {
		const current = this.#requireChangeable(place);
		this.#kernel.access.require(caller.process, place, accessRights.writeDacl);
		const stored = this.#store(caller, place, this.#reinherited(current, place)) ? 1 : 0;
		return stored + (this.#kindOf(place) === 'directory' ? this.#handDown(caller, place) : 0);
	}

	#requireChangeable(place: Place): SecurityDescriptor {
		const descriptor = this.#kernel.access.descriptorOf(place);
		if (descriptor === undefined) throw new OsError('ENOTSUP', `${place.path ?? 'it'} has no permissions`);
		if (place.readOnly) throw new OsError('EROFS', place.path);
		return descriptor;
	}

	/** Who may change the owner makes itself the owner; who may restore, anybody. */
	#requireOwner(process: Process, place: Place, owner: Sid): void {
		const { privileges, user, groups } = process.token;
		if (privileges.has('restore')) return;
		this.#kernel.access.require(process, place, accessRights.writeOwner);
		const isOwn = owner === user || (owner === sids.administrators && groups.includes(owner));
		if (!isOwn) throw new OsError('EACCES', `${place.path ?? 'it'}: only who may restore can give it to somebody else`);
	}

	#reinherited(own: SecurityDescriptor, place: Place): SecurityDescriptor {
		const parent = this.#findParent(place);
		return parent === undefined ? own : reinheritDescriptor(own, parent, this.#kindOf(place));
	}

	/** Descriptor of the folder that something stands in; `undefined` for what hangs on nothing. */
	#findParent({ path, fileSystem }: Place): SecurityDescriptor | undefined {
		if (path === undefined || path === '/') return undefined;
		const parent = this.#kernel.namespace.find(directoryName(path));
		return parent.fileSystem === fileSystem ? this.#kernel.access.descriptorOf(parent) : undefined;
	}

	#handDown(caller: Caller, top: Place): number {
		let changed = 0;
		const pending = [top];
		for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
			const parent = this.#kernel.access.descriptorOf(at) as SecurityDescriptor;
			for (const child of childrenOf(at)) {
				const own = this.#kernel.access.descriptorOf(child) as SecurityDescriptor;
				if (own.isProtected || !this.#kernel.access.allows(caller.process, child, accessRights.writeDacl)) continue;
				if (this.#store(caller, child, reinheritDescriptor(own, parent, this.#kindOf(child)))) changed++;
				if (this.#kindOf(child) === 'directory') pending.push(child);
			}
		}
		return changed;
	}

	/** Whether it is another one than before. */
	#store({ changes }: Caller, { fileSystem, inode, path }: Place, descriptor: SecurityDescriptor): boolean {
		const text = formatDescriptor(descriptor);
		if (fileSystem.descriptorOf(inode) === text) return false;
		changes.make(fileSystem, () => fileSystem.setDescriptor(inode, text));
		changes.report('changed', path);
		return true;
	}

	#kindOf({ fileSystem, inode }: Place): 'file' | 'directory' {
		return fileSystem.kindOf(inode) === 'directory' ? 'directory' : 'file';
	}
}

function childrenOf(at: Place): Place[] {
	const { names, inodes } = at.fileSystem.list(at.inode, '', Number.MAX_SAFE_INTEGER);
	return names.map((name, index) => below(at, name, inodes[index] as number));
}

function applyChange(current: SecurityDescriptor, change: SecurityChange): SecurityDescriptor {
	const isProtected = change.protected ?? current.isProtected;
	const given = (entries: readonly AccessEntry[]): AccessControlEntry[] =>
		entries.flatMap(({ kind, sid, rights, flags }) => {
			// What is inherited comes from above; what is protected from there keeps it as its own.
			if ((flags & aceFlags.inherited) !== 0 && !isProtected) return [];
			return [{ type: kind, sid, mask: rights, flags: flags & ~aceFlags.inherited }];
		});
	const dacl = change.access === undefined ? current.dacl : given(change.access.entries);
	return {
		owner: change.owner ?? current.owner,
		group: current.group,
		dacl: isProtected ? dacl?.map(asOwn) : dacl,
		sacl: change.audit === undefined ? current.sacl : given(change.audit.entries),
		isProtected,
	};
}

function asOwn(entry: AccessControlEntry): AccessControlEntry {
	return { ...entry, flags: entry.flags & ~aceFlags.inherited };
}
