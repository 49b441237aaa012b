/**
 * The one access check: may who holds this token do this with what has that descriptor ([MS-DTYP] 2.5.3.2)?
 *
 * Rules of use: a function of its arguments alone. What it does not allow is denied; the reason says which entry decided,
 * for the log and for the page that explains effective permissions.
 */
import { accessRights, aceFlags, executeAccess, fullAccess, readAccess } from '#abi/access.ts';
import { describeRights, type Subject } from './access-rights.ts';
import type { AccessControlEntry, SecurityDescriptor } from './security-descriptor.ts';
import { findWellKnownName, type Sid, sids } from './sid.ts';
import type { Token } from './token.ts';

export interface AccessDecision {
	readonly allowed: boolean;
	/** The rights asked for that are granted. */
	readonly granted: number;
	readonly reason: string;
	/** The entry that the reason is about, where it is one. */
	readonly decidedBy?: AccessControlEntry;
	/** Entries that want this access to be written down. */
	readonly audited: readonly AccessControlEntry[];
}

export interface AccessQuestion {
	/** Bits of `accessRights`. */
	readonly desired: number;
	/** What it is about; for the words of the reason. */
	readonly subject?: Subject;
	/** The rights of those who may back up and restore count too: the program has said that it does that. */
	readonly isBackup?: boolean;
	/** What an account is called; for the words of the reason. */
	readonly nameOf?: (sid: Sid) => string | undefined;
}

export function checkAccess(token: Token, descriptor: SecurityDescriptor, question: AccessQuestion): AccessDecision {
	const decision = decide(token, descriptor, question);
	const wanted = decision.allowed ? aceFlags.successfulAccess : aceFlags.failedAccess;
	const audited = descriptor.sacl.filter(
		({ flags, mask, sid }) =>
			(flags & wanted) !== 0 &&
			(flags & aceFlags.inheritOnly) === 0 &&
			(mask & question.desired) !== 0 &&
			isDenied(token, descriptor, sid),
	);
	return { ...decision, audited };
}

/** All rights that the token has there, each asked for alone. */
export function effectiveRights(token: Token, descriptor: SecurityDescriptor): number {
	let rights = 0;
	for (const right of Object.values(accessRights))
		if (decide(token, descriptor, { desired: right }).allowed) rights |= right;
	return rights;
}

type Answer = Omit<AccessDecision, 'audited'>;

function decide(token: Token, descriptor: SecurityDescriptor, question: AccessQuestion): Answer {
	const { desired, subject, nameOf } = question;
	const words = (mask: number): string => describeRights(mask, subject);
	const byPrivilege = privilegedRights(token, question);
	if ((desired & accessRights.accessSystemSecurity & ~byPrivilege) !== 0)
		return deny(0, 'what is audited is for those who may manage auditing');
	const { dacl } = descriptor;
	if (dacl === undefined) return { allowed: true, granted: desired, reason: 'it has no access list' };
	let granted = byPrivilege | ownersRights(token, descriptor);
	let reason = (desired & ~byPrivilege) === 0 ? 'by a privilege' : 'as its owner';
	let decidedBy: AccessControlEntry | undefined;
	for (const entry of dacl) {
		if ((entry.flags & aceFlags.inheritOnly) !== 0) continue;
		const matched = entry.mask & desired & ~granted;
		if (matched === 0) continue;
		const name = (): string => nameOf?.(entry.sid) ?? findWellKnownName(entry.sid) ?? entry.sid;
		if (entry.type === 'deny' && isDenied(token, descriptor, entry.sid))
			return { ...deny(desired & granted, `${words(matched)} is denied to ${name()}`), decidedBy: entry };
		if (entry.type !== 'allow' || !isAllowed(token, descriptor, entry.sid)) continue;
		granted |= entry.mask;
		reason = `allowed to ${name()}`;
		decidedBy = entry;
	}
	const missing = desired & ~granted;
	if (missing !== 0) return deny(desired & granted, `nothing allows ${words(missing)}`);
	if (desired === 0) return { allowed: true, granted: 0, reason: 'nothing was asked for' };
	return { allowed: true, granted: desired, reason, ...(decidedBy === undefined ? {} : { decidedBy }) };
}

function deny(granted: number, reason: string): Answer {
	return { allowed: false, granted, reason };
}

/** An owner may always read the descriptor and change the list, unless an entry for `ownerRights` says otherwise. */
function ownersRights(token: Token, descriptor: SecurityDescriptor): number {
	const { owner, dacl } = descriptor;
	const isBounded = dacl?.some(({ sid, flags }) => sid === sids.ownerRights && (flags & aceFlags.inheritOnly) === 0);
	return isAllowed(token, descriptor, owner) && isBounded !== true
		? accessRights.readControl | accessRights.writeDacl
		: 0;
}

const backupRights = readAccess | executeAccess;
const restoreRights = fullAccess & ~(backupRights & ~accessRights.readControl);

function privilegedRights({ privileges }: Token, { desired, isBackup }: AccessQuestion): number {
	let rights = 0;
	if (privileges.has('takeOwnership')) rights |= accessRights.writeOwner;
	if (privileges.has('manageAuditing')) rights |= accessRights.accessSystemSecurity;
	if (isBackup === true && privileges.has('backup')) rights |= backupRights;
	if (isBackup === true && privileges.has('restore')) rights |= restoreRights;
	return rights & desired;
}

function isAllowed(token: Token, { owner }: SecurityDescriptor, sid: Sid): boolean {
	return isMember(token, sid === sids.ownerRights ? owner : sid);
}

function isDenied(token: Token, { owner }: SecurityDescriptor, sid: Sid): boolean {
	const who = sid === sids.ownerRights ? owner : sid;
	return isMember(token, who) || token.denyOnly.includes(who);
}

function isMember({ user, groups }: Token, sid: Sid): boolean {
	return sid === user || sid === sids.everyone || groups.includes(sid);
}
