/**
 * Who a process acts for. A token is given when the process starts and never changes.
 *
 * Rules of use: a token is compared by identity where answers are kept for it, so one is made once and handed on.
 *
 * Invariants:
 * - A child's token is never more than its parent's. A group that is taken from a token stays in it for what is denied
 *   (`denyOnly`): otherwise taking a group away would open what is closed to it.
 * - More comes in one way only: `elevated`, which the kernel hands out when the secure desktop has said yes.
 * - Decisions are functions of tokens, with their reason, and denied by default; the kernel asks and obeys.
 */
import { OsError } from '#abi/errors.ts';
import type { Integrity, Privilege, TokenRestriction } from '#abi/structures.generated.ts';
import { type Sid, sids } from './sid.ts';

export type { Integrity, Privilege };

export interface Token {
	/** The account. */
	readonly user: Sid;
	/** Groups that it belongs to. */
	readonly groups: readonly Sid[];
	/** Groups that count only where they are denied something. */
	readonly denyOnly: readonly Sid[];
	/** What it may do beside what access lists allow. */
	readonly privileges: ReadonlySet<Privilege>;
	readonly integrity: Integrity;
	/** What the secure desktop can give in its place. */
	readonly elevated?: Token;
	/** What the secure desktop can give in its place is another's: that of an administrator who gives a password. */
	readonly asksAdministrator?: true;
}

export type Decision = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

const ranks: Readonly<Record<Integrity, number>> = { user: 0, elevated: 1, system: 2 };

/** Of those who administer this computer. To ask the person is the secure desktop's alone, so it is not among them. */
const administratorPrivileges: readonly Privilege[] = [
	'takeOwnership',
	'manageAuditing',
	'backup',
	'restore',
	'shutDown',
	'changeTime',
	'debug',
];

/** Of parts of the system alone; no program that they start has them. */
const systemPrivileges: ReadonlySet<Privilege> = new Set(['secureDesktop', 'logon']);

/** Whether it administers this computer now. The desktop does not: it is a part of the system, but acts for its person. */
export function isAdministrator({ groups }: Pick<Token, 'groups'>): boolean {
	return groups.includes(sids.administrators);
}

/** Whether a process with `token` may signal or end one with `target`, or look into it. */
export function decideControl(token: Token, target: Token): Decision {
	if (ranks[target.integrity] > ranks[token.integrity])
		return {
			allowed: false,
			reason: target.integrity === 'system' ? 'it belongs to the system' : 'it runs with more rights',
		};
	if (target.user !== token.user && !token.privileges.has('debug'))
		return { allowed: false, reason: 'it belongs to another account' };
	return { allowed: true };
}

/**
 * The token of a program started by a process with `token`: never more than a person's own rights. EINVAL for a
 * restriction that names what the token does not have.
 */
export function childToken(token: Token, restriction?: TokenRestriction): Token {
	const child = token.integrity === 'system' ? programToken(token) : token;
	return restriction === undefined ? child : restrictToken(child, restriction);
}

const programTokens = new WeakMap<Token, Token>();

/** The same for every program that a part of the system starts. */
function programToken(token: Token): Token {
	let child = programTokens.get(token);
	if (child === undefined) {
		const privileges = new Set([...token.privileges].filter((privilege) => !systemPrivileges.has(privilege)));
		const integrity = isAdministrator(token) ? 'elevated' : 'user';
		child = { ...token, privileges, integrity };
		programTokens.set(token, child);
	}
	return child;
}

/** Less than `token`, and no way back up. */
function restrictToken(token: Token, restriction: TokenRestriction): Token {
	const groups = new Set(restriction.groups);
	const unknown =
		restriction.privileges.find((privilege) => !token.privileges.has(privilege)) ??
		restriction.groups.find((group) => !token.groups.includes(group));
	if (unknown !== undefined) throw new OsError('EINVAL', `the token does not have ${unknown}`);
	const { elevated: _, asksAdministrator: __, ...rest } = token;
	const dropped = new Set(restriction.privileges);
	const administers = isAdministrator(token) && !groups.has(sids.administrators);
	return {
		...rest,
		groups: token.groups.filter((group) => !groups.has(group)),
		denyOnly: [...token.denyOnly, ...token.groups.filter((group) => groups.has(group))],
		privileges: new Set([...token.privileges].filter((privilege) => !dropped.has(privilege))),
		integrity: administers ? token.integrity : 'user',
	};
}

/** Parts of the system act for it, and may do all of it. */
export const systemToken: Token = {
	user: sids.system,
	groups: [sids.administrators, sids.users],
	denyOnly: [],
	privileges: new Set(administratorPrivileges),
	integrity: 'system',
};

/** Of an account that administers this computer: everyday work without that, and `elevated` for when it is asked for. */
export function administratorToken(user: Sid): Token & { readonly elevated: Token } {
	const elevated: Token = {
		user,
		groups: [sids.administrators, sids.users],
		denyOnly: [],
		privileges: new Set(administratorPrivileges),
		integrity: 'elevated',
	};
	return {
		user,
		groups: [sids.users],
		denyOnly: [sids.administrators],
		privileges: new Set<Privilege>(['shutDown']),
		integrity: 'user',
		elevated,
	};
}

/** Of an account that works with what is its own. */
export function standardToken(user: Sid): Token {
	return {
		user,
		groups: [sids.users],
		denyOnly: [],
		privileges: new Set<Privilege>(['shutDown']),
		integrity: 'user',
		asksAdministrator: true,
	};
}

/** Of a guest: it sees what all users see, and what is denied to guests it is denied. */
export function guestToken(user: Sid): Token {
	const { asksAdministrator: _, ...token } = standardToken(user);
	return { ...token, groups: [sids.users, sids.guests] };
}

/** Of the logon screen: nobody's yet. It lets people in, and sees no file of anybody. */
export const logonToken: Token = {
	user: sids.localService,
	groups: [],
	denyOnly: [],
	privileges: new Set<Privilege>(['logon']),
	integrity: 'system',
};

/** Of the desktop: a person's everyday token in a part of the system that may ask the person. */
export function desktopToken(token: Token): Token {
	return { ...token, privileges: new Set<Privilege>([...token.privileges, 'secureDesktop']), integrity: 'system' };
}

/** Of the console of a headless system: the person in front of it has the computer's files in hand anyway. */
export function consoleToken(token: Token): Token {
	return { ...token, integrity: 'system' };
}
