/**
 * Permissions as words: levels that people think in, where an entry applies, and the arguments of the command `access set`.
 *
 * | Argument | Means |
 * |---|---|
 * | `owner=WHO` | the new owner |
 * | `inherit=yes`, `inherit=no` | whether it takes what the folder above hands down |
 * | `allow=WHO:RIGHTS:WHERE`, `deny=…` | an entry of the new list, in the order in which they count; `:WHERE` may be absent |
 * | `list=empty` | the new list has no entry of its own |
 *
 * RIGHTS is a level, names of rights joined by `+`, or their bits (`0x1200a9`); WHO is a SID or the name of a well-known one.
 *
 * Invariant: `parsePermissions(formatPermissions(change))` is `change`, but for names, inherited entries and the audit list.
 */
import {
	type AccessRight,
	accessRights,
	aceFlags,
	executeAccess,
	fullAccess,
	knownAccess,
	modifyAccess,
	readAccess,
	writeAccess,
} from '#abi/access.ts';
import { OsError } from '#abi/errors.ts';
import type { AccessEntry, SecurityChange } from '#abi/structures.generated.ts';
import { findWellKnownName, sids } from '#abi/well-known-sids.ts';

export type AccessLevel = 'full' | 'change' | 'run' | 'read' | 'write';

export const levelRights: Readonly<Record<AccessLevel, number>> = {
	full: fullAccess,
	change: modifyAccess,
	run: readAccess | executeAccess,
	read: readAccess,
	write: writeAccess,
};

/** The level that these rights are; `undefined` when they are a choice of their own. */
export function findLevel(rights: number): AccessLevel | undefined {
	const meaning = rights & (fullAccess | accessRights.accessSystemSecurity);
	// To delete what is in a folder is a part of changing it.
	if (meaning === (modifyAccess | accessRights.deleteChild)) return 'change';
	return (Object.keys(levelRights) as AccessLevel[]).find((level) => levelRights[level] === meaning);
}

/** Where an entry of a folder's list applies; of a file's list all mean the file. */
export type AppliesTo = 'all' | 'here' | 'folders' | 'files' | 'inside' | 'folders-inside' | 'files-inside';

const { objectInherit, containerInherit, inheritOnly, noPropagate, inherited } = aceFlags;

const appliesToFlags: Readonly<Record<AppliesTo, number>> = {
	all: objectInherit | containerInherit,
	here: 0,
	folders: containerInherit,
	files: objectInherit,
	inside: objectInherit | containerInherit | inheritOnly,
	'folders-inside': containerInherit | inheritOnly,
	'files-inside': objectInherit | inheritOnly,
};

const placeFlags = objectInherit | containerInherit | inheritOnly;

export function whereApplies(flags: number): AppliesTo {
	const found = Object.entries(appliesToFlags).find(([, value]) => value === (flags & placeFlags));
	return (found?.[0] ?? 'here') as AppliesTo;
}

/** `flags` with another place; everything else of them stays. */
export function applyAt(flags: number, where: AppliesTo): number {
	return (flags & ~placeFlags) | appliesToFlags[where];
}

/** The arguments of `access set PATH` that make this change. */
export function formatPermissions({ owner, protected: isProtected, access }: SecurityChange): string[] {
	const own = (access?.entries ?? []).filter(({ flags }) => (flags & inherited) === 0);
	return [
		...(owner === undefined ? [] : [`owner=${formatWho(owner)}`]),
		...(isProtected === undefined ? [] : [`inherit=${isProtected ? 'no' : 'yes'}`]),
		...(access !== undefined && own.length === 0 ? ['list=empty'] : own.map(formatEntry)),
	];
}

function formatEntry({ kind, sid, rights, flags }: AccessEntry): string {
	const once = (flags & noPropagate) === 0 ? '' : '+once';
	const where = `${whereApplies(flags)}${once}`;
	return `${kind}=${formatWho(sid)}:${findExactLevel(rights) ?? `0x${rights.toString(16)}`}:${where}`;
}

function findExactLevel(rights: number): AccessLevel | undefined {
	return (Object.keys(levelRights) as AccessLevel[]).find((level) => levelRights[level] === rights);
}

function formatWho(sid: string): string {
	return findWellKnownName(sid)?.replaceAll(' ', '-') ?? sid;
}

/** EINVAL, with what is wrong, when these are no such arguments. `findAccount` knows the accounts of this computer by name. */
export function parsePermissions(
	list: readonly string[],
	findAccount: (name: string) => string | undefined = () => undefined,
): SecurityChange {
	let entries: AccessEntry[] | undefined;
	let owner: string | undefined;
	let isProtected: boolean | undefined;
	for (const text of list) {
		const [key, value] = splitOnce(text, '=');
		if (key === 'owner') owner = parseWho(value, findAccount);
		else if (key === 'inherit' && (value === 'yes' || value === 'no')) isProtected = value === 'no';
		else if (key === 'list' && value === 'empty') entries ??= [];
		else if (key === 'allow' || key === 'deny') entries = [...(entries ?? []), parseEntry(key, value, findAccount)];
		else throw new OsError('EINVAL', text);
	}
	return {
		...(owner === undefined ? {} : { owner }),
		...(isProtected === undefined ? {} : { protected: isProtected }),
		...(entries === undefined ? {} : { access: { entries } }),
	};
}

function parseEntry(
	kind: 'allow' | 'deny',
	text: string,
	findAccount: (name: string) => string | undefined,
): AccessEntry {
	const [who, rest] = splitOnce(text, ':');
	const [rights, where = ''] = splitOnce(rest, ':');
	return { kind, sid: parseWho(who, findAccount), rights: parseRights(rights), flags: parseWhere(where) };
}

function parseWho(text: string, findAccount: (name: string) => string | undefined): string {
	const known = Object.values(sids).find((sid) => formatWho(sid) === text);
	const sid = known ?? (text.startsWith('S-1-') ? text : findAccount(text));
	if (sid === undefined) throw new OsError('EINVAL', `there is nobody called “${text}”`);
	return sid;
}

function parseRights(text: string): number {
	if (Object.hasOwn(levelRights, text)) return levelRights[text as AccessLevel];
	const isBits = /^0x[0-9a-f]{1,8}$/i.test(text);
	const rights = isBits ? Number(text) : text.split('+').reduce((mask, name) => mask | rightOf(name), 0);
	if ((rights & ~knownAccess) !== 0 || rights === 0) throw new OsError('EINVAL', `“${text}” are no rights`);
	return rights;
}

function rightOf(name: string): number {
	if (!Object.hasOwn(accessRights, name)) throw new OsError('EINVAL', `there is no right “${name}”`);
	return accessRights[name as AccessRight];
}

function parseWhere(text: string): number {
	const [place = '', once] = text.split('+');
	if (text === '') return appliesToFlags.all;
	if (!Object.hasOwn(appliesToFlags, place) || (once !== undefined && once !== 'once'))
		throw new OsError('EINVAL', `“${text}” is no place where an entry applies`);
	return appliesToFlags[place as AppliesTo] | (once === undefined ? 0 : noPropagate);
}

/** What stands before and after the first separator. */
function splitOnce(text: string, separator: string): [before: string, after: string] {
	const at = text.indexOf(separator);
	return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
