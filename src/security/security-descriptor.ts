/**
 * Security descriptors: who owns a thing, who may do what with it, and what of that is written down.
 *
 * Rules of use: a descriptor is never changed, only replaced. Its text is SDDL ([MS-DTYP] 2.5.1); the volume stores that.
 *
 * Invariant: the order of the entries of a list is their meaning; nothing here reorders them.
 */
import { aceFlags, knownAccess, knownAceFlags } from '#abi/access.ts';
import { OsError } from '#abi/errors.ts';
import { parseSid, type Sid, sidAliases } from './sid.ts';

export interface AccessControlEntry {
	readonly type: 'allow' | 'deny' | 'audit';
	/** Bits of `aceFlags`. */
	readonly flags: number;
	/** Bits of `accessRights`. */
	readonly mask: number;
	readonly sid: Sid;
}

export interface SecurityDescriptor {
	readonly owner: Sid;
	readonly group: Sid;
	/** `undefined`: no list, everybody may do everything. An empty list: nobody may do anything. */
	readonly dacl: readonly AccessControlEntry[] | undefined;
	readonly sacl: readonly AccessControlEntry[];
	/** What the folder above hands down is not taken. */
	readonly isProtected: boolean;
}

const flagCodes = [
	['OI', aceFlags.objectInherit],
	['CI', aceFlags.containerInherit],
	['NP', aceFlags.noPropagate],
	['IO', aceFlags.inheritOnly],
	['ID', aceFlags.inherited],
	['SA', aceFlags.successfulAccess],
	['FA', aceFlags.failedAccess],
] as const;

const typeCodes = { allow: 'A', deny: 'D', audit: 'AU' } as const;

export function formatDescriptor({ owner, group, dacl, sacl, isProtected }: SecurityDescriptor): string {
	const list = dacl === undefined ? 'NO_ACCESS_CONTROL' : dacl.map(formatEntry).join('');
	const audit = sacl.length === 0 ? '' : `S:${sacl.map(formatEntry).join('')}`;
	return `O:${owner}G:${group}D:${isProtected ? 'P' : ''}${list}${audit}`;
}

function formatEntry({ type, flags, mask, sid }: AccessControlEntry): string {
	const letters = flagCodes.filter(([, flag]) => (flags & flag) !== 0).map(([code]) => code);
	return `(${typeCodes[type]};${letters.join('')};0x${mask.toString(16)};;;${sid})`;
}

const descriptorPattern =
	/^O:([A-Z0-9-]+)G:([A-Z0-9-]+)D:(P?)(NO_ACCESS_CONTROL|(?:\([^()]*\))*)(?:S:((?:\([^()]*\))*))?$/;

/** EINVAL when the text is no descriptor as `formatDescriptor` writes one, or with aliases of SIDs. */
export function parseDescriptor(text: string): SecurityDescriptor {
	const [, owner, group, isProtected, dacl = '', sacl = ''] = descriptorPattern.exec(text) ?? [];
	if (owner === undefined || group === undefined) throw new OsError('EINVAL', 'a security descriptor');
	return {
		owner: sidOf(owner),
		group: sidOf(group),
		dacl: dacl === 'NO_ACCESS_CONTROL' ? undefined : parseEntries(dacl),
		sacl: parseEntries(sacl),
		isProtected: isProtected === 'P',
	};
}

function parseEntries(text: string): AccessControlEntry[] {
	return [...text.matchAll(/\(([^()]*)\)/g)].map(([, entry = '']) => parseEntry(entry));
}

function parseEntry(text: string): AccessControlEntry {
	const [code = '', flags = '', mask = '', object, inheritedObject, sid = '', ...rest] = text.split(';');
	const type = Object.entries(typeCodes).find(([, value]) => value === code)?.[0] as
		| AccessControlEntry['type']
		| undefined;
	if (
		type === undefined ||
		object !== '' ||
		inheritedObject !== '' ||
		rest.length > 0 ||
		!/^0x[0-9a-f]{1,8}$/.test(mask)
	)
		throw new OsError('EINVAL', `an entry of a security descriptor: ${text}`);
	return { type, flags: parseFlags(flags), mask: Number(mask), sid: sidOf(sid) };
}

function parseFlags(text: string): number {
	let flags = 0;
	for (const [code] of text.matchAll(/.{1,2}/g)) {
		const flag = flagCodes.find(([known]) => known === code)?.[1];
		if (flag === undefined) throw new OsError('EINVAL', `the flag ${code} of a security descriptor`);
		flags |= flag;
	}
	return flags;
}

function sidOf(text: string): Sid {
	return sidAliases[text] ?? parseSid(text);
}

/** Most entries of one list, so that a check stays quick whatever somebody wrote. */
export const maximumEntries = 256;

/** EINVAL when an entry stands in the wrong list or has bits that mean nothing. */
export function requireValidDescriptor({ owner, group, dacl, sacl }: SecurityDescriptor): void {
	for (const sid of [owner, group]) parseSid(sid);
	for (const entry of dacl ?? []) requireValidEntry(entry, entry.type !== 'audit', 0);
	const audit = aceFlags.successfulAccess | aceFlags.failedAccess;
	for (const entry of sacl) requireValidEntry(entry, entry.type === 'audit', audit);
	if ((dacl?.length ?? 0) > maximumEntries || sacl.length > maximumEntries)
		throw new OsError('EINVAL', `more than ${maximumEntries} entries`);
}

function requireValidEntry({ flags, mask, sid }: AccessControlEntry, isInPlace: boolean, auditFlags: number): void {
	parseSid(sid);
	const isAudit = auditFlags !== 0;
	const allowedFlags = knownAceFlags & ~(aceFlags.successfulAccess | aceFlags.failedAccess);
	if (!isInPlace) throw new OsError('EINVAL', 'an entry in the wrong list');
	if (mask === 0 || (mask & ~knownAccess) !== 0) throw new OsError('EINVAL', 'the rights of an entry');
	if ((flags & ~(allowedFlags | auditFlags)) !== 0 || (isAudit && (flags & auditFlags) === 0))
		throw new OsError('EINVAL', 'the flags of an entry');
}
