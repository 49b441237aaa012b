/** The calls about what proves a person: `logon`, passwords, recovery codes, passkeys. */

import { attributeBits } from '#abi/attributes.ts';
import { OsError } from '#abi/errors.ts';
import type { Credential, NewPassword, PasswordReset, SessionInfo } from '#abi/structures.generated.ts';
import { type AccountRecord, hasPassword } from '#accounts/account-record.ts';
import type { Inode } from '#fs/file-system.ts';
import type { Sid } from '#security/sid.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import type { Process } from '../process.ts';
import { passkeysOf } from '../sessions/credentials.ts';
import { requireAdministrator, requireLogon, requireOwn, requireWholeSight } from '../sessions/session-access.ts';
import { SystemFiles } from '../system-files.ts';

type PasswordCalls = Extract<keyof CallHandlers, `account_${string}password` | 'account_reset_effect'>;
type OtherCalls = Extract<keyof CallHandlers, `account_${string}${'recovery' | 'passkey' | 'passkeys' | 'keys'}`>;
export type CredentialCalls = Pick<CallHandlers, PasswordCalls | OtherCalls | 'logon' | 'elevation_approve'>;

export function createCredentialCalls(kernel: Kernel): CredentialCalls {
	const { credentials, accounts } = kernel;
	return {
		logon: ({ process }, account, credential) => logOn(kernel, process, account, credential),
		async account_set_password({ process }, account, proof, password) {
			const asker = process.token.privileges.has('logon') ? 'screen' : 'program';
			if (asker === 'program') requireOwn(process, account);
			requireWholeSight(process);
			await credentials.setPassword(account, { credential: proof, asker }, password);
		},
		account_reset_password: ({ process }, account, password) => reset(kernel, process, account, password),
		account_reset_effect: ({ process }, account) => describeReset(kernel, process, account),
		account_unlock_keys: ({ process }, proof) => credentials.unlockKeys(process.token.user, proof),
		account_make_recovery: ({ process }, proof) => credentials.makeRecovery(ownSession(process), proof),
		account_confirm_recovery: ({ process }, code) => credentials.confirmRecovery(ownSession(process), code),
		account_add_passkey({ process }, proof, passkey) {
			requireWholeSight(process);
			return credentials.addPasskey(process.token.user, proof, passkey);
		},
		account_remove_passkey({ process, changes }, account, id) {
			requireWholeSight(process);
			if (process.token.user !== account) requireAdministrator(process);
			credentials.removePasskey(account, id, changes);
			const name = kernel.access.nameOf(account);
			changes.whenStored(() => kernel.access.note('information', `${process.label} took a passkey away from ${name}`));
		},
		account_passkeys({ process }, account) {
			const { token } = process;
			if (!token.privileges.has('logon') && token.user !== account) requireAdministrator(process);
			return passkeysOf(accounts.book.get(account));
		},
		async elevation_approve({ process }, request, account, credential) {
			const record = accounts.book.get(account);
			kernel.elevation.requireAnswerable(process, request);
			await credentials.proveAdministrator(record, credential);
			kernel.elevation.approve(process, request, account);
		},
	};
}

async function logOn(kernel: Kernel, process: Process, account: Sid, credential: Credential): Promise<SessionInfo> {
	requireLogon(process);
	const { credentials, sessions, accounts } = kernel;
	const record = accounts.book.get(account);
	const { ring } = await credentials.prove(record, credential);
	const session = sessions.enter(accounts.book.get(account), ring);
	session.mustChange = credentials.mustChange(record);
	return sessions.describe(session);
}

async function reset(kernel: Kernel, process: Process, account: Sid, password: NewPassword): Promise<void> {
	requireAdministrator(process);
	await kernel.credentials.resetPassword(account, password);
	kernel.access.note('warning', `${process.label} reset the password of ${kernel.access.nameOf(account)}`);
}

function describeReset(kernel: Kernel, process: Process, account: Sid): PasswordReset {
	requireAdministrator(process);
	const record = kernel.accounts.book.get(account);
	const hasKeys = record.keys !== undefined && hasPassword(record);
	return {
		hasKeys,
		encryptedFiles: hasKeys ? countEncrypted(kernel, record) : 0,
		hasRecovery: record.keys?.slots.some(({ kind }) => kind === 'recovery') ?? false,
		hasAgent: kernel.personKeys !== undefined && kernel.personKeys.agents().length > 0,
	};
}

/** Files in the home of a person that its key opens. */
function countEncrypted({ encryption, volume }: Kernel, { sid, home }: AccountRecord): number {
	const top = new SystemFiles(volume).find(home);
	if (encryption === undefined || top === undefined) return 0;
	let count = 0;
	const pending: Inode[] = [top];
	for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
		const { inodes, kinds, attributes } = volume.list(at, '', Number.MAX_SAFE_INTEGER);
		for (const [index, inode] of inodes.entries()) {
			if (kinds[index] === 1) pending.push(inode);
			else if (((attributes[index] ?? 0) & attributeBits.encrypted) !== 0 && opens(encryption, inode, sid)) count++;
		}
	}
	return count;
}

function opens(encryption: NonNullable<Kernel['encryption']>, inode: Inode, sid: Sid): boolean {
	return encryption.encryptionOf(inode)?.recipients.some(({ name }) => name === sid) ?? false;
}

function ownSession(process: Process) {
	const { logon, token } = process;
	if (logon === undefined || logon.account !== token.user)
		throw new OsError('ENOENT', 'the process acts for nobody who is logged on');
	requireWholeSight(process);
	return logon;
}
