/** The calls about people and their sessions: `account_*`, `session_*`. */
import { OsError } from '#abi/errors.ts';
import type { AccountChange, AccountInfo, NewAccount } from '#abi/structures.generated.ts';
import type { AccountRecord } from '#accounts/account-record.ts';
import type { Sid } from '#security/sid.ts';
import { isAdministrator } from '#security/token.ts';
import type { Caller } from '../caller.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import type { Process } from '../process.ts';
import type { LogonSession } from '../sessions/logon-session.ts';
import { requireAdministrator, requireLogon } from '../sessions/session-access.ts';

export type AccountCalls = Pick<
	CallHandlers,
	| 'account_list'
	| 'account_create'
	| 'account_change'
	| 'account_remove'
	| Extract<keyof CallHandlers, `session_${string}`>
>;

export function createAccountCalls(kernel: Kernel): AccountCalls {
	const { sessions } = kernel;
	return {
		account_list: ({ process }) => kernel.accounts.book.all.map((record) => describe(kernel, process, record)),
		account_create: (caller, wish) => create(kernel, caller, wish),
		account_change: (caller, account, change) => changeAccount(kernel, caller, account, change),
		account_remove: (caller, account, keepFiles) => remove(kernel, caller, account, keepFiles),
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

function describe(kernel: Kernel, { token }: Process, record: AccountRecord): AccountInfo {
	const { accounts, sessions, credentials } = kernel;
	const info = accounts.describe(record, {
		tellsHint: token.user === record.sid || isAdministrator(token) || token.privileges.has('logon'),
		passwordExpiresTime: credentials.expiryOf(record),
		lockedUntilTime: credentials.lockedUntil(record),
	});
	const session = sessions.findOf(record.sid)?.id;
	return session === undefined ? info : { ...info, session };
}

async function create(kernel: Kernel, { process }: Caller, wish: NewAccount): Promise<Sid> {
	const { accounts, sessions, accountFiles, volume, groups } = kernel;
	const isSetUp = (): boolean => accounts.book.all.length === 0 && process.token.privileges.has('logon');
	if (!isSetUp()) requireAdministrator(process);
	const kind = isSetUp() ? 'administrator' : wish.kind;
	if (kind === 'guest' && wish.password.length > 0) throw new OsError('EINVAL', 'a guest has no password');
	const place = { sid: accounts.book.claimSid(), home: sessions.homes.chooseHome(wish.name), now: kernel.clock.now() };
	// Says what is wrong with the name before a key is made.
	accounts.compose({ ...wish, kind }, place);
	const keys = await kernel.credentials.makeFirstKeys(place.sid, wish.name, wish.password);
	await groups.run((changes) => {
		if (!isSetUp()) requireAdministrator(process);
		const home = sessions.homes.chooseHome(wish.name);
		accounts.create({ ...wish, kind }, { ...place, home, keys }, accountFiles.writer(changes));
		sessions.homes.ensure(home, place.sid, (change) => changes.make(volume, change));
		changes.report('created', home);
	});
	kernel.access.note('information', `${process.label} made the account ${wish.name}`);
	return place.sid;
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
	kernel.settings.forgetUser(account, changes);
	if (!keepFiles) {
		kernel.sessions.homes.remove(home, (change) => changes.make(kernel.volume, change));
		changes.report('removed', home);
	}
	changes.whenStored(() => kernel.access.note('warning', `${process.label} removed the account ${name}`));
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
