/**
 * What a new file or folder gets from the folder it is made in ([MS-DTYP] 2.5.3.4).
 *
 * Invariant: what a folder hands down nothing to belongs to its maker and the system alone; it is never open to all.
 */
import { aceFlags, fullAccess } from '#abi/access.ts';
import type { AccessControlEntry, SecurityDescriptor } from './security-descriptor.ts';
import { type Sid, sids } from './sid.ts';

const inheritance = aceFlags.objectInherit | aceFlags.containerInherit | aceFlags.noPropagate | aceFlags.inheritOnly;

/** The descriptor of something new: what the folder hands down, owned by whoever makes it. */
export function inheritDescriptor(
	parent: SecurityDescriptor,
	kind: 'file' | 'directory',
	maker: { readonly owner: Sid; readonly group: Sid },
): SecurityDescriptor {
	const handDown = (entries: readonly AccessControlEntry[]): AccessControlEntry[] =>
		entries.flatMap((entry) => inheritEntry(entry, kind, maker.owner));
	const inherited = handDown(parent.dacl ?? []);
	return {
		...maker,
		dacl: inherited.length > 0 ? inherited : makersOwn(kind, maker.owner),
		sacl: handDown(parent.sacl),
		isProtected: false,
	};
}

/** Its own entries stay first; what the folder hands down is taken anew, unless the descriptor is protected from it. */
export function reinheritDescriptor(
	own: SecurityDescriptor,
	parent: SecurityDescriptor,
	kind: 'file' | 'directory',
): SecurityDescriptor {
	if (own.isProtected) return own;
	const isOwn = ({ flags }: AccessControlEntry): boolean => (flags & aceFlags.inherited) === 0;
	const handDown = (entries: readonly AccessControlEntry[]): AccessControlEntry[] =>
		entries.flatMap((entry) => inheritEntry(entry, kind, own.owner));
	const dacl = [...(own.dacl ?? []).filter(isOwn), ...handDown(parent.dacl ?? [])];
	return {
		...own,
		dacl:
			own.dacl === undefined ? undefined : dacl.length === 0 && own.dacl.length > 0 ? makersOwn(kind, own.owner) : dacl,
		sacl: [...own.sacl.filter(isOwn), ...handDown(parent.sacl)],
	};
}

function makersOwn(kind: 'file' | 'directory', owner: Sid): AccessControlEntry[] {
	const flags = kind === 'directory' ? aceFlags.objectInherit | aceFlags.containerInherit : 0;
	return [sids.system, owner].map((sid) => ({ type: 'allow', flags, mask: fullAccess, sid }));
}

function inheritEntry(entry: AccessControlEntry, kind: 'file' | 'directory', owner: Sid): AccessControlEntry[] {
	const { flags } = entry;
	const has = (flag: number): boolean => (flags & flag) !== 0;
	if (kind === 'file')
		return has(aceFlags.objectInherit) ? [{ ...effective(entry, owner), flags: keptFlags(flags) }] : [];
	const goesOn = has(aceFlags.objectInherit) || has(aceFlags.containerInherit);
	if (!goesOn) return [];
	if (has(aceFlags.noPropagate))
		return has(aceFlags.containerInherit) ? [{ ...effective(entry, owner), flags: keptFlags(flags) }] : [];
	const handedOn = keptFlags(flags) | (flags & (aceFlags.objectInherit | aceFlags.containerInherit));
	// For files below only: it has no effect on the folder that hands it on.
	if (!has(aceFlags.containerInherit)) return [{ ...entry, flags: handedOn | aceFlags.inheritOnly }];
	if (entry.sid !== sids.creatorOwner) return [{ ...entry, flags: handedOn }];
	// The maker of this folder gets it here; the makers of what comes into it get it there.
	return [
		{ ...effective(entry, owner), flags: keptFlags(flags) },
		{ ...entry, flags: handedOn | aceFlags.inheritOnly },
	];
}

function effective(entry: AccessControlEntry, owner: Sid): AccessControlEntry {
	return entry.sid === sids.creatorOwner ? { ...entry, sid: owner } : entry;
}

function keptFlags(flags: number): number {
	return (flags & ~inheritance) | aceFlags.inherited;
}
