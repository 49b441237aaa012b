/** What a new file or folder gets from the folder it is made in ([MS-DTYP] 2.5.3.4). */
import { type AccessControlEntry, aceFlags, type SecurityDescriptor } from './security-descriptor.ts';
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
	return {
		...maker,
		dacl: parent.dacl === undefined ? undefined : handDown(parent.dacl),
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
	const fresh = inheritDescriptor(parent, kind, own);
	const isOwn = ({ flags }: AccessControlEntry): boolean => (flags & aceFlags.inherited) === 0;
	return {
		...own,
		dacl: own.dacl === undefined ? undefined : [...own.dacl.filter(isOwn), ...(fresh.dacl ?? [])],
		sacl: [...own.sacl.filter(isOwn), ...fresh.sacl],
	};
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
