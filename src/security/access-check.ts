/**
 * The one access check: may who holds this token do this with what has that descriptor ([MS-DTYP] 2.5.3.2)?
 *
 * Rules of use: a function of its arguments alone. What it does not allow is denied; the reason says which entry decided,
 * for the log and for the page that explains effective permissions.
 */
import { accessRights, describeRights } from './access-rights.ts';
import { type AccessControlEntry, aceFlags, type SecurityDescriptor } from './security-descriptor.ts';
import { type Sid, sids } from './sid.ts';
import type { Token } from './token.ts';

export interface AccessDecision {
	readonly allowed: boolean;
	/** The rights asked for that are granted. */
	readonly granted: number;
	readonly reason: string;
	/** Entries that want this access to be written down. */
	readonly audited: readonly AccessControlEntry[];
}

export function checkAccess(token: Token, descriptor: SecurityDescriptor, desired: number): AccessDecision {
	const decision = decide(token, descriptor, desired);
	const wanted = decision.allowed ? aceFlags.successfulAccess : aceFlags.failedAccess;
	const audited = descriptor.sacl.filter(
		({ flags, mask, sid }) => (flags & wanted) !== 0 && (mask & desired) !== 0 && isMember(token, sid),
	);
	return { ...decision, audited };
}

function decide(token: Token, descriptor: SecurityDescriptor, desired: number): Omit<AccessDecision, 'audited'> {
	const byPrivilege = privilegedRights(token, desired);
	if ((desired & accessRights.accessSystemSecurity & ~byPrivilege) !== 0)
		return deny(0, 'what is audited is for those who may manage auditing');
	const { dacl } = descriptor;
	if (dacl === undefined) return { allowed: true, granted: desired, reason: 'it has no access list' };
	let granted = byPrivilege | ownersRights(token, descriptor);
	let reason = granted === 0 ? '' : 'by a privilege or as its owner';
	for (const entry of dacl) {
		if ((entry.flags & aceFlags.inheritOnly) !== 0 || !applies(token, descriptor, entry)) continue;
		const open = desired & ~granted;
		if (open === 0) break;
		if (entry.type === 'deny' && (entry.mask & open) !== 0)
			return deny(desired & granted, `${describeRights(entry.mask & open)} is denied to ${entry.sid}`);
		if (entry.type !== 'allow' || (entry.mask & open) === 0) continue;
		granted |= entry.mask;
		reason = `allowed to ${entry.sid}`;
	}
	const missing = desired & ~granted;
	if (missing !== 0) return deny(desired & granted, `nothing allows ${describeRights(missing)}`);
	return { allowed: true, granted: desired, reason: reason === '' ? 'nothing was asked for' : reason };
}

function deny(granted: number, reason: string): Omit<AccessDecision, 'audited'> {
	return { allowed: false, granted, reason };
}

/** An owner may always read the descriptor and change the list, unless an entry for `ownerRights` says otherwise. */
function ownersRights(token: Token, { owner, dacl }: SecurityDescriptor): number {
	const isBounded = dacl?.some(({ sid, flags }) => sid === sids.ownerRights && (flags & aceFlags.inheritOnly) === 0);
	return isMember(token, owner) && isBounded !== true ? accessRights.readControl | accessRights.writeDacl : 0;
}

function privilegedRights({ privileges }: Token, desired: number): number {
	let rights = 0;
	if (privileges.has('takeOwnership')) rights |= accessRights.writeOwner;
	if (privileges.has('manageAuditing')) rights |= accessRights.accessSystemSecurity;
	return rights & desired;
}

function applies(token: Token, { owner }: SecurityDescriptor, { sid }: AccessControlEntry): boolean {
	return sid === sids.ownerRights ? isMember(token, owner) : isMember(token, sid);
}

function isMember({ user, groups }: Token, sid: Sid): boolean {
	return sid === user || sid === sids.everyone || groups.includes(sid);
}
