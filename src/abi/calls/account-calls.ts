/** People: their accounts, logging on, and sessions. */
import { call, type SystemCallDefinition } from '../call-definition.ts';

const account = ['string', 'security identifier of the account'] as const;
const proof = ['Credential', 'what the account proves itself with now'] as const;
const changeErrors = ['EACCES', 'ENOENT', 'ENOTDIR', 'EINVAL', 'ENOSPC', 'EROFS', 'EIO'] as const;
/** Of everything that looks at a credential. */
const proofErrors = ['ENOENT', 'EACCES', 'EINVAL', 'EAGAIN', 'EIO', 'ECANCELED'] as const;

export const accountCalls: readonly SystemCallDefinition[] = [
	call(200, 'account_list', 'Tells about all accounts', {
		description:
			'In the order in which they were made. The hint is told to whom it is meant for, and is empty for others.',
		result: 'AccountInfo[]',
		seeAlso: ['account_create', 'session_list'],
	}),
	call(201, 'account_create', 'Makes an account', {
		description:
			'For administrators; for the logon screen while there is none, and then it administers this computer. Makes its home folder and returns its security identifier. EEXIST when the name is taken, EINVAL when it cannot be a name or the password does not fit the policy.',
		arguments: { account: ['NewAccount', 'what to make'] },
		result: 'string',
		errors: [...changeErrors, 'EEXIST'],
		mutates: true,
		seeAlso: ['account_change', 'account_remove'],
	}),
	call(202, 'account_change', 'Changes an account', {
		description:
			'Its picture by itself; everything by administrators. EBUSY for the last account that can administer this computer.',
		arguments: { account, change: ['AccountChange', 'what to change'] },
		errors: [...changeErrors, 'EEXIST', 'EBUSY'],
		mutates: true,
		seeAlso: ['account_list', 'account_set_password'],
	}),
	call(203, 'account_remove', 'Removes an account', {
		description:
			'For administrators. Its encrypted files can then be opened only by others who could before. EBUSY while it is logged on, and for the last account that can administer this computer. Files that stay can be reached by administrators.',
		arguments: { account, keepFiles: ['boolean', 'its home folder stays'] },
		errors: [...changeErrors, 'EBUSY'],
		mutates: true,
		seeAlso: ['account_create'],
	}),
	call(204, 'account_set_password', 'Sets another password', {
		description:
			'By what proves the account: its password, its recovery code or a passkey. No encrypted file is touched, all of them stay open to it. For the account itself and for the logon screen, whose person may have come in by the recovery code or with a password that has expired.',
		arguments: { account, proof, password: ['NewPassword', 'the new one'] },
		errors: [...proofErrors, 'ENOSPC', 'EROFS'],
		mutates: true,
		seeAlso: ['account_reset_password', 'logon'],
	}),
	call(205, 'account_reset_password', 'Sets the password of somebody who has forgotten it', {
		description:
			'For administrators. The account gets new keys: what it had encrypted stays closed until it gives the old password or the recovery code (`account_unlock_keys`), or an agent helps. Ask `account_reset_effect` first and say so.',
		arguments: { account, password: ['NewPassword', 'the new one'] },
		errors: [...changeErrors],
		mutates: true,
		seeAlso: ['account_reset_effect', 'account_unlock_keys'],
	}),
	call(206, 'account_reset_effect', 'Tells what a reset of the password would close', {
		description: 'For administrators.',
		arguments: { account },
		result: 'PasswordReset',
		errors: ['EACCES', 'ENOENT'],
		seeAlso: ['account_reset_password'],
	}),
	call(207, 'account_unlock_keys', 'Opens keys that a reset of the password has closed', {
		description:
			'For the account itself, with the old password or the recovery code of that time. Returns how many sets of keys are open again; EACCES when it opens none.',
		arguments: { proof: ['Credential', 'the old one'] },
		result: 'u32',
		errors: [...proofErrors, 'ENOSPC', 'EROFS'],
		mutates: true,
		seeAlso: ['account_reset_password'],
	}),
	call(208, 'account_make_recovery', 'Makes a recovery code', {
		description:
			'For the account itself. Returns the code to be printed or written down; it counts, and the one before no longer does, when it was typed back (`account_confirm_recovery`).',
		arguments: { proof },
		result: 'string',
		errors: [...proofErrors],
		seeAlso: ['account_confirm_recovery'],
	}),
	call(209, 'account_confirm_recovery', 'Proves that a recovery code was kept', {
		description: 'For the account itself, in the session that made it. EACCES when it is not the code.',
		arguments: { code: ['bytes', 'the code as it was typed, in UTF-8'] },
		errors: ['EACCES', 'ENOENT', 'EINVAL', 'ENOSPC', 'EROFS', 'EIO'],
		mutates: true,
		seeAlso: ['account_make_recovery'],
	}),
	call(210, 'account_add_passkey', 'Lets an account log on with a passkey', {
		description: 'For the account itself. EINVAL without a password: a passkey is never the only way.',
		arguments: { proof, passkey: ['NewPasskey', 'the passkey'] },
		errors: [...proofErrors, 'EEXIST', 'ENOSPC', 'EROFS'],
		mutates: true,
		seeAlso: ['account_passkeys', 'account_remove_passkey'],
	}),
	call(211, 'account_remove_passkey', 'Takes a passkey away from an account', {
		description: 'For the account itself and administrators.',
		arguments: { account, id: ['bytes', 'credential identifier of the passkey'] },
		errors: [...changeErrors],
		mutates: true,
		seeAlso: ['account_add_passkey'],
	}),
	call(212, 'account_passkeys', 'Tells which passkeys an account can log on with', {
		description: 'For the account itself, administrators and the logon screen.',
		arguments: { account },
		result: 'Passkey[]',
		errors: ['EACCES', 'ENOENT'],
		seeAlso: ['account_add_passkey', 'logon'],
	}),
	call(213, 'logon', 'Logs on, or unlocks the session that the account has', {
		description:
			'For the logon screen. EACCES when it is not the credential of the account: after some of these in a row no attempt is looked at for a while (EAGAIN; `lockedUntilTime` tells until when), longer each time. A session that was active is locked.',
		arguments: { account, credential: ['Credential', 'what proves it'] },
		result: 'SessionInfo',
		errors: ['EPERM', ...proofErrors],
		seeAlso: ['session_lock', 'session_log_off', 'account_list'],
	}),
	call(214, 'session_self', 'Tells about the session of the calling process', {
		description: 'Absent for a process that belongs to none, such as a service.',
		result: 'SessionInfo?',
		seeAlso: ['session_list', 'token_read'],
	}),
	call(215, 'session_list', 'Tells about all sessions', {
		result: 'SessionInfo[]',
		seeAlso: ['session_self', 'logon'],
	}),
	call(216, 'session_lock', 'Locks the session of the calling process', {
		description:
			'Its programs run on; the screen goes to the logon screen. Also the way to switch to another account. ESRCH for a process that belongs to none.',
		errors: ['ESRCH'],
		seeAlso: ['logon', 'session_log_off'],
	}),
	call(217, 'session_log_off', 'Ends a session', {
		description:
			'All its processes end, the caller too when it is one of them, and its keys are forgotten; of a guest, all files go. For a session of one’s own, for administrators, and for the logon screen.',
		arguments: { session: ['size', 'its number; 0: that of the caller'] },
		errors: ['ESRCH', 'EPERM'],
		seeAlso: ['logon', 'session_lock'],
	}),
	call(218, 'session_next', 'Waits until something happens to a session', {
		description: 'For the logon screen alone.',
		result: 'SessionEvent',
		errors: ['EPERM', 'EAGAIN'],
		seeAlso: ['logon', 'session_list'],
	}),
	call(
		219,
		'elevation_approve',
		'Agrees, as an administrator, that a program of somebody else administers this computer',
		{
			description:
				'For the secure desktop alone, when a standard user is asked: the program then acts for the administrator whose credential it is. Attempts count as those to log on do.',
			arguments: { request: ['size', 'number of the request'], account, credential: ['Credential', 'what proves it'] },
			errors: ['EPERM', 'ESRCH', ...proofErrors],
			seeAlso: ['elevation_answer', 'elevation_next'],
		},
	),
];
