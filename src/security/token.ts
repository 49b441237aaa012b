/**
 * Who a process acts for. A token is given when the process starts and never changes.
 *
 * Decisions are functions of tokens here, with their reason, and denied by default; the kernel asks and obeys.
 */
import { type Sid, sids } from './sid.ts';

/** What a token may do beside what access lists allow. */
export type Privilege = 'takeOwnership' | 'manageAuditing' | 'backup' | 'restore' | 'shutDown' | 'changeTime' | 'debug';

export interface Token {
	/** The account. */
	readonly user: Sid;
	/** Groups that it belongs to. */
	readonly groups: readonly Sid[];
	readonly privileges: ReadonlySet<Privilege>;
	/** `system`: a part of the system itself, such as the desktop. `user`: a program that a person started. */
	readonly integrity: 'system' | 'user';
}

export type Decision = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

/** Whether a process with `token` may signal or end one with `target`. */
export function decideControl(token: Token, target: Token): Decision {
	if (target.integrity === 'system' && token.integrity !== 'system')
		return { allowed: false, reason: 'it belongs to the system' };
	if (target.user !== token.user && token.integrity !== 'system')
		return { allowed: false, reason: 'it belongs to another account' };
	return { allowed: true };
}

/** The token of a program started by a process with `token`: never more than a person's own rights. */
export function childToken(token: Token): Token {
	return { ...token, integrity: 'user' };
}

/** Parts of the system act for it, and may do all of it. */
export const systemToken: Token = {
	user: sids.system,
	groups: [sids.administrators, sids.users],
	privileges: new Set(),
	integrity: 'system',
};
