/**
 * Permissions while a person changes them, and what they would come to.
 *
 * Rules of use: a draft is never changed, only replaced, so that undo keeps the earlier ones. `previewOf` is what the kernel
 * would store (its own function makes it, `security/inheritance.ts`); `changeOf` is what to ask the kernel for.
 *
 * Invariant: the order of entries is their meaning. A new entry that denies stands before those that allow, one that allows
 * behind them; what is inherited comes last.
 */
import { aceFlags } from '#abi/access.ts';
import type { AccessEntry, SecurityDescriptor as ReadDescriptor, SecurityChange } from '#abi/structures.generated.ts';
import { reinheritDescriptor } from '#security/inheritance.ts';
import type { AccessControlEntry, SecurityDescriptor } from '#security/security-descriptor.ts';
import type { Subject } from './access-words.ts';

export interface DraftEntry extends AccessEntry {
	/** Stays with the entry while it is edited. */
	readonly key: string;
}

export interface PermissionsDraft {
	readonly owner: string;
	readonly isProtected: boolean;
	/** What stands here itself, not what comes from above. */
	readonly own: readonly DraftEntry[];
}

/** Where the permissions stand. */
export interface PermissionsPlace {
	readonly subject: Subject;
	readonly stored: ReadDescriptor;
	/** Of the folder above; `undefined` when it cannot be read, or there is none. */
	readonly above: ReadDescriptor | undefined;
}

let keys = 0;

export function draftOf({ owner, protected: isProtected, access }: ReadDescriptor): PermissionsDraft {
	return { owner, isProtected, own: access.filter((entry) => !isInherited(entry)).map(withKey) };
}

export function addEntry(draft: PermissionsDraft, entry: AccessEntry): [PermissionsDraft, key: string] {
	const added = withKey(entry);
	const at = entry.kind === 'deny' ? draft.own.findIndex(({ kind }) => kind === 'allow') : -1;
	return [{ ...draft, own: at < 0 ? [...draft.own, added] : draft.own.toSpliced(at, 0, added) }, added.key];
}

export function removeEntry(draft: PermissionsDraft, key: string): PermissionsDraft {
	return { ...draft, own: draft.own.filter((entry) => entry.key !== key) };
}

export function changeEntry(
	draft: PermissionsDraft,
	key: string,
	change: Partial<Pick<AccessEntry, 'kind' | 'rights' | 'flags'>>,
): PermissionsDraft {
	const before = draft.own.find((entry) => entry.key === key);
	if (before === undefined) return draft;
	const after = { ...before, ...change };
	if (after.kind === before.kind)
		return { ...draft, own: draft.own.map((entry) => (entry.key === key ? after : entry)) };
	// One that denies now, or no longer does, has another place.
	const [moved] = addEntry(removeEntry(draft, key), after);
	return { ...moved, own: moved.own.map((entry) => (sameEntry(entry, after) ? { ...entry, key } : entry)) };
}

/** Takes nothing from above any longer; `kept` are entries that become its own. */
export function protect(draft: PermissionsDraft, kept: readonly AccessEntry[]): PermissionsDraft {
	const own = kept.map((entry) => withKey({ ...entry, flags: entry.flags & ~aceFlags.inherited }));
	return { ...draft, isProtected: true, own: [...draft.own, ...own] };
}

export function unprotect(draft: PermissionsDraft): PermissionsDraft {
	return { ...draft, isProtected: false };
}

export function isChanged(draft: PermissionsDraft, stored: ReadDescriptor): boolean {
	return Object.keys(changeOf(draft, stored)).length > 0;
}

/** Only what differs, so that one who may change the list alone can. */
export function changeOf(draft: PermissionsDraft, stored: ReadDescriptor): SecurityChange {
	const before = draftOf(stored);
	const isSameList =
		before.own.length === draft.own.length &&
		before.own.every((entry, index) => sameEntry(entry, draft.own[index] as DraftEntry));
	const isSameProtection = draft.isProtected === stored.protected;
	return {
		...(draft.owner === stored.owner ? {} : { owner: draft.owner }),
		...(isSameList && isSameProtection ? {} : { access: { entries: draft.own.map(withoutKey) } }),
		...(isSameProtection ? {} : { protected: draft.isProtected }),
	};
}

/** All of the list, for files that have different ones. */
export function wholeChangeOf(draft: PermissionsDraft, stored: ReadDescriptor): SecurityChange {
	return {
		...changeOf(draft, stored),
		access: { entries: draft.own.map(withoutKey) },
		protected: draft.isProtected,
	};
}

/** What takes a change back: the same parts, as they were. */
export function inverseOf(change: SecurityChange, stored: ReadDescriptor): SecurityChange {
	return {
		...(change.owner === undefined ? {} : { owner: stored.owner }),
		...(change.access === undefined
			? {}
			: { access: { entries: stored.access.filter((entry) => !isInherited(entry)).map(withoutKey) } }),
		...(change.protected === undefined ? {} : { protected: stored.protected }),
	};
}

/** The descriptor that the kernel would store. */
export function previewOf(draft: PermissionsDraft, { subject, stored, above }: PermissionsPlace): SecurityDescriptor {
	if (!isChanged(draft, stored)) return descriptorOf(stored);
	const inherited = draft.isProtected ? [] : stored.access.filter(isInherited);
	const own: SecurityDescriptor = {
		owner: draft.owner,
		group: stored.group,
		dacl: [...draft.own, ...inherited].map(toControlEntry),
		sacl: [],
		isProtected: draft.isProtected,
	};
	return above === undefined ? own : reinheritDescriptor(own, descriptorOf(above), subject);
}

/** What comes from above in a descriptor, as entries with names where `named` has them. */
export function inheritedEntries(descriptor: SecurityDescriptor, named: readonly AccessEntry[]): AccessEntry[] {
	const nameOf = (sid: string) => named.find((entry) => entry.sid === sid)?.name;
	return (descriptor.dacl ?? [])
		.filter(({ flags }) => (flags & aceFlags.inherited) !== 0)
		.map(({ type, sid, mask, flags }) => ({ kind: type, sid, name: nameOf(sid), rights: mask, flags }));
}

/** Whether the folder above hands down something else than what stands here: it was moved here, for instance. */
export function isStale(place: PermissionsPlace): boolean {
	if (place.above === undefined || place.stored.protected) return false;
	const current = descriptorOf(place.stored);
	const anew = reinheritDescriptor(current, descriptorOf(place.above), place.subject);
	return JSON.stringify(anew.dacl) !== JSON.stringify(current.dacl);
}

export function descriptorOf({ owner, group, access, protected: isProtected }: ReadDescriptor): SecurityDescriptor {
	return { owner, group, dacl: access.map(toControlEntry), sacl: [], isProtected };
}

export function isInherited({ flags }: Pick<AccessEntry, 'flags'>): boolean {
	return (flags & aceFlags.inherited) !== 0;
}

export function sameEntry(a: AccessEntry, b: AccessEntry): boolean {
	return a.kind === b.kind && a.sid === b.sid && a.rights === b.rights && a.flags === b.flags;
}

/** Whether two say the same, whatever things are called. */
export function sameDescriptor(a: ReadDescriptor, b: ReadDescriptor): boolean {
	return (
		a.owner === b.owner &&
		a.protected === b.protected &&
		a.access.length === b.access.length &&
		a.access.every((entry, index) => sameEntry(entry, b.access[index] as AccessEntry))
	);
}

function toControlEntry({ kind, sid, rights, flags }: AccessEntry): AccessControlEntry {
	return { type: kind, sid, mask: rights, flags };
}

function withKey(entry: AccessEntry): DraftEntry {
	return { ...entry, key: `own-${++keys}` };
}

function withoutKey({ kind, sid, rights, flags }: AccessEntry): AccessEntry {
	return { kind, sid, rights, flags };
}
