/** Who may read and change which settings. The kernel asks here and nowhere else. */
import type { Sid } from './sid.ts';
import { type Decision, isAdministrator, type Token } from './token.ts';

/** Whose settings they are. */
export type SettingOwner = { readonly kind: 'machine' | 'policy' } | { readonly kind: 'user'; readonly user: Sid };

const allowed: Decision = { allowed: true };

/** What holds for the machine and what a policy says, everybody may know; a user's settings are the user's. */
export function decideSettingRead(token: Token, owner: SettingOwner): Decision {
	if (owner.kind !== 'user' || owner.user === token.user || isSystem(token)) return allowed;
	return { allowed: false, reason: 'the settings of another user' };
}

export function decideSettingChange(token: Token, owner: SettingOwner): Decision {
	if (owner.kind === 'user') return decideSettingRead(token, owner);
	if (isAdministrator(token)) return allowed;
	const reason = owner.kind === 'policy' ? 'policies need an administrator' : 'it needs an administrator';
	return { allowed: false, reason };
}

/** Not the desktop: it is a part of the system, but acts for its person. */
function isSystem(token: Token): boolean {
	return token.integrity === 'system' && isAdministrator(token);
}
