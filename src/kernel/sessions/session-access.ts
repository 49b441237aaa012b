/** Who may do what with accounts and sessions; each throws with the reason. */
import { OsError } from '#abi/errors.ts';
import type { Sid } from '#security/sid.ts';
import { isAdministrator } from '#security/token.ts';
import type { Process } from '../process.ts';

type Asking = Pick<Process, 'token'>;

/** EPERM for all but the logon screen. */
export function requireLogon({ token }: Asking): void {
	if (!token.privileges.has('logon')) throw new OsError('EPERM', 'only the logon screen lets people in');
}

export function requireAdministrator({ token }: Asking): void {
	if (!isAdministrator(token)) throw new OsError('EACCES', 'only an administrator may do this');
}

/** EPERM for a program that sees only a part of its person's files: it was not given the person's keys either. */
export function requireWholeSight({ namespace, logon }: Pick<Process, 'namespace' | 'logon'>): void {
	if (logon !== undefined && namespace !== logon.namespace)
		throw new OsError('EPERM', 'a program that sees only a part of the files does nothing about keys and passwords');
}

export function requireOwn({ token }: Asking, account: Sid): void {
	if (token.user !== account) throw new OsError('EACCES', 'only the account itself may do this');
}
