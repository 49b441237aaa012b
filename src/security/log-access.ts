/** Who may read and clear which logs. The kernel asks here and nowhere else. */
import type { LogChannel } from '#abi/structures.generated.ts';
import { type Decision, isAdministrator, type Token } from './token.ts';

/** Everybody may read what the system and the applications write, but who did what is for those who audit. */
export function mayReadLog({ privileges }: Token, channel: LogChannel): boolean {
	return channel !== 'security' || privileges.has('manageAuditing');
}

export function decideLogClear(token: Token, channel: LogChannel): Decision {
	if (!isAdministrator(token)) return { allowed: false, reason: 'it needs an administrator' };
	if (!mayReadLog(token, channel)) return { allowed: false, reason: 'it needs the privilege to manage auditing' };
	return { allowed: true };
}
