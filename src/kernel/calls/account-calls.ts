/** The calls about people and their sessions: `account_*`, `logon`, `session_*`. */
import { OsError } from '#abi/errors.ts';
import type { AccountChange, Credential, NewAccount, SessionInfo } from '#abi/structures.generated.ts';
import type { Sid } from '#security/sid.ts';
import { isAdministrator } from '#security/token.ts';
import type { Caller } from '../caller.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import type { Process } from '../process.ts';
import type { LogonSession } from '../sessions/logon-session.ts';

export type AccountCalls = Pick<
	CallHandlers,
	Extract<keyof CallHandlers, `account_${string}` | `session_${string}` | 'logon' | 'elevation_approve'>
>;

export function createAccountCalls(kernel: Kernel): AccountCalls {
	const { sessions } = kernel;
	return {
		...createPasswordCalls(),
		account_list: ({ process }) => kernel.accounts.book.all.map((record) => describe(kernel, process, record.sid)),
		account_create: (caller, wish) => create(kernel, caller, wish),
		account_change: (caller, account, change) => changeAccount(kernel, caller, account, change),
		account_remove: (caller, account, keepFiles) => remove(kernel, caller, account, keepFiles),
		logon: ({ process }, account, credential) => logOn(kernel, process, account, credential),
		session_self: ({ process }) => (process.logon === undefined ? undefined : sessions.describe(process.logon)),
		session_list: () => sessions.all.map((session) => sessions.describe(session)),
		session_lock: ({ process }) => sessions.lock(ownSession(process)),
		session_log_off: ({ process }, id) => logOff(kernel, process, id),
		session_next({ process }) {
			requireLogon(process);
			return sessions.next(process);
		},
	};
}

/** Until keys are there, no account has a password, and nobody proves anything by one. */
function createPasswordCalls() {
	const refuse = (): never => {
		throw new OsError('EINVAL', 'accounts have no passwords here');
	};
	return {
		account_set_password: refuse,
		account_reset_password: refuse,
		account_reset_effect: refuse,
		account_unlock_keys: refuse,
		account_make_recovery: refuse,
		account_confirm_recovery: refuse,
		account_add_passkey: refuse,
		account_remove_passkey: refuse,
		account_passkeys: () => [],
		elevation_approve: refuse,
	};
}

function describe(kernel: Kernel, { token }: Process, account: Sid) {
	const tellsHint = token.user === account || isAdministrator(token) || token.privileges.has('logon');
	const info = kernel.accounts.describe(kernel.accounts.book.get(account), { tellsHint });
	const session = kernel.sessions.findOf(account)?.id;
	return session === undefined ? info : { ...info, session };
}

function create(kernel: Kernel, { process, changes }: Caller, wish: NewAccount): Sid {
	const { accounts, sessions, accountFiles, volume } = kernel;
	const isSetUp = accounts.book.all.length === 0 && process.token.privileges.has('logon');
	if (!isSetUp) requireAdministrator(process);
	if (wish.password.length > 0) throw new OsError('EINVAL', 'accounts have no passwords here');
	const home = sessions.homes.chooseHome(wish.name);
	const place = { home, now: kernel.clock.now() };
	const kind = isSetUp ? 'administrator' : wish.kind;
	const record = accounts.create({ ...wish, kind }, place, accountFiles.writer(changes));
	sessions.homes.ensure(home, record.sid, (change) => changes.make(volume, change));
	changes.report('created', home);
	changes.whenStored(() => kernel.access.note('information', `${process.label} made the account ${record.name}`));
	return record.sid;
}

function changeAccount(kernel: Kernel, { process, changes }: Caller, account: Sid, change: AccountChange): void {
	const { name, kind, enabled } = change;
	const isOwnPicture = process.token.user === account && [name, kind, enabled].every((part) => part === undefined);
	if (!isOwnPicture) requireAdministrator(process);
	kernel.accounts.change(account, change, kernel.accountFiles.writer(changes));
	const called = kernel.access.nameOf(account);
	changes.whenStored(() => kernel.access.note('information', `${process.label} changed the account ${called}`));
}

function remove(kernel: Kernel, { process, changes }: Caller, account: Sid, keepFiles: boolean): void {
	requireAdministrator(process);
	const { name, home } = kernel.accounts.book.get(account);
	if (kernel.sessions.findOf(account) !== undefined) throw new OsError('EBUSY', `${name} is logged on`);
	kernel.accounts.remove(account, kernel.accountFiles.writer(changes));
	if (!keepFiles) {
		kernel.sessions.homes.remove(home, (change) => changes.make(kernel.volume, change));
		changes.report('removed', home);
	}
	changes.whenStored(() => kernel.access.note('warning', `${process.label} removed the account ${name}`));
}

function logOn(kernel: Kernel, process: Process, account: Sid, { kind }: Credential): SessionInfo {
	requireLogon(process);
	const record = kernel.accounts.book.get(account);
	if (!record.enabled) throw new OsError('EACCES', `${record.name} cannot log on`);
	if (kind !== 'none') throw new OsError('EACCES', 'this account has no password');
	return kernel.sessions.describe(kernel.sessions.enter(record));
}

function logOff({ sessions }: Kernel, process: Process, id: number): void {
	const session = id === 0 ? ownSession(process) : sessions.get(id);
	const { token } = process;
	if (session.account !== token.user && !isAdministrator(token) && !token.privileges.has('logon'))
		throw new OsError('EPERM', 'it is the session of somebody else');
	sessions.end(session);
}

function ownSession({ logon }: Process): LogonSession {
	if (logon === undefined) throw new OsError('ESRCH', 'the process belongs to no session');
	return logon;
}

function requireLogon({ token }: Process): void {
	if (!token.privileges.has('logon')) throw new OsError('EPERM', 'only the logon screen lets people in');
}

function requireAdministrator({ token }: Process): void {
	if (!isAdministrator(token)) throw new OsError('EACCES', 'only an administrator may do this');
}
