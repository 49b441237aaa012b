/** The structures of the contract that are about people: accounts, what proves who somebody is, and sessions. */

export const accountEnums = {
	AccountKind: {
		summary:
			'What an account may do: administer this computer, work with what is its own, or that only until it logs off; a guest leaves nothing behind.',
		values: ['administrator', 'standard', 'guest'],
	},
	CredentialKind: {
		summary:
			'How somebody proves who they are: not at all (an account without a password), by password, by the recovery code, or by the secret of a passkey.',
		values: ['none', 'password', 'recovery', 'passkey'],
	},
	SessionState: {
		summary: 'Whether a session is before its person, or waits behind the logon screen; its programs run either way.',
		values: ['active', 'locked'],
	},
	SessionEventKind: {
		summary: 'What happened to a session.',
		values: ['started', 'locked', 'unlocked', 'ended'],
	},
} as const;

export const accountStructs = {
	Credential: {
		summary: 'What somebody proves who they are with.',
		fields: {
			kind: { type: 'CredentialKind', summary: 'what it is' },
			secret: {
				type: 'bytes',
				summary:
					'the password or recovery code in UTF-8, or the 32 bytes that a passkey gives; empty for `none`. At most 1,024 bytes',
			},
		},
	},
	AccountInfo: {
		summary: 'What is known of an account.',
		fields: {
			sid: { type: 'string', summary: 'its security identifier' },
			name: { type: 'string', summary: 'what it is called' },
			kind: { type: 'AccountKind', summary: 'what it may do' },
			enabled: { type: 'boolean', summary: 'whether it can log on' },
			home: { type: 'path', summary: 'folder of its files' },
			picture: { type: 'string', summary: 'its picture, a `data:` address; empty: none' },
			credentials: {
				type: 'CredentialKind[]',
				summary: 'what it can log on with; `none` alone when it has no password',
			},
			hint: {
				type: 'string',
				summary: 'what helps to remember the password; told to itself, administrators and the logon screen',
			},
			createdTime: { type: 'time', summary: 'when it was made' },
			lastLogonTime: { type: 'time?', summary: 'when it last logged on' },
			passwordTime: { type: 'time?', summary: 'when its password was last set' },
			passwordExpiresTime: { type: 'time?', summary: 'from when on it must choose a new one to log on' },
			lockedUntilTime: { type: 'time?', summary: 'no attempt to log on is looked at before' },
			session: { type: 'size?', summary: 'its session, when it is logged on' },
			lockedKeys: {
				type: 'u32',
				summary: 'sets of older keys that wait for the old password, the recovery code or an agent to be opened',
			},
		},
	},
	NewAccount: {
		summary: 'An account to make.',
		fields: {
			name: { type: 'string', summary: 'what it is called; its home folder gets this name' },
			kind: { type: 'AccountKind', summary: 'what it may do' },
			password: { type: 'bytes', summary: 'in UTF-8; empty: none' },
			hint: { type: 'string', summary: 'what helps to remember the password; everybody at the screen can read it' },
			mustChange: { type: 'boolean', summary: 'it must choose another password when it first logs on' },
		},
	},
	AccountChange: {
		summary: 'Parts of an account to change; what is absent stays.',
		fields: {
			name: { type: 'string?', summary: 'what it is called; the home folder keeps its name' },
			kind: { type: 'AccountKind?', summary: 'what it may do, from its next logon on' },
			enabled: { type: 'boolean?', summary: 'whether it can log on' },
			picture: { type: 'string?', summary: 'its picture, a `data:image/` address of at most 64 KiB; empty: none' },
		},
	},
	NewPassword: {
		summary: 'A password to set.',
		fields: {
			password: { type: 'bytes', summary: 'in UTF-8; empty: none' },
			hint: { type: 'string', summary: 'what helps to remember it; everybody at the screen can read it' },
			mustChange: {
				type: 'boolean',
				summary: 'the person must choose another one at the next logon; for who resets it',
			},
		},
	},
	PasswordReset: {
		summary: 'What becomes of encrypted files when an administrator resets a password.',
		fields: {
			hasKeys: { type: 'boolean', summary: 'the person has keys of their own, which stay locked' },
			encryptedFiles: { type: 'size', summary: 'files that only the locked keys open for the person' },
			hasRecovery: { type: 'boolean', summary: 'the person has a recovery code that opens them again' },
			hasAgent: { type: 'boolean', summary: 'an agent can open them again' },
		},
	},
	Passkey: {
		summary: 'A passkey that an account can log on with.',
		fields: {
			id: { type: 'bytes', summary: 'its credential identifier' },
			salt: { type: 'bytes', summary: 'what the passkey makes the secret of' },
			name: { type: 'string', summary: 'what the person calls it' },
			createdTime: { type: 'time', summary: 'when it was added' },
		},
	},
	NewPasskey: {
		summary: 'A passkey to add.',
		fields: {
			id: { type: 'bytes', summary: 'its credential identifier, at most 1,023 bytes' },
			salt: { type: 'bytes', summary: '32 random bytes that the passkey made the secret of' },
			secret: { type: 'bytes', summary: 'the 32 bytes that the passkey gave for the salt' },
			name: { type: 'string', summary: 'what the person calls it' },
		},
	},
	SessionInfo: {
		summary: 'Somebody’s work at this computer, from logging on to logging off.',
		fields: {
			id: { type: 'size', summary: 'its number' },
			account: { type: 'string', summary: 'security identifier of the account' },
			name: { type: 'string', summary: 'what the account is called' },
			kind: { type: 'AccountKind', summary: 'what it may do' },
			home: { type: 'path', summary: 'folder of its files' },
			state: { type: 'SessionState', summary: 'whether it is before its person' },
			startedTime: { type: 'time', summary: 'when it logged on' },
			processes: { type: 'u32', summary: 'processes that belong to it' },
			mustChange: {
				type: 'boolean',
				summary: 'the password has served its time: the person is to choose another one now',
			},
		},
	},
	SessionEvent: {
		summary: 'Something that happened to a session.',
		fields: {
			kind: { type: 'SessionEventKind', summary: 'what happened' },
			session: { type: 'SessionInfo', summary: 'the session as it is now' },
		},
	},
} as const;
