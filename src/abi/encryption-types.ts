/** The structures of the contract that are about encrypted files; part of the tables in `types.ts`. */

export const encryptionEnums = {
	EncryptionChange: {
		summary:
			'What becomes of a file: it is encrypted, it is encrypted no longer, or it is encrypted anew, with a key that nobody had before. Of a folder: what is made in it is encrypted from now on, or no longer.',
		values: ['encrypt', 'decrypt', 'renew'],
	},
	KeyHolderKind: {
		summary: 'Whose key opens a file: that of a person, or that of a recovery agent.',
		values: ['person', 'agent'],
	},
	KeyBackupFormat: {
		summary: 'The form of a backup of keys: age (`.age`), or PKCS #12 (`.p12`) for other systems.',
		values: ['age', 'p12'],
	},
	RecoveryPath: {
		summary:
			'A way back to encrypted files when the password is gone: a recovery code that was typed back, a backup of the keys that was opened once, a recovery agent.',
		values: ['code', 'backup', 'agent'],
	},
} as const;

export const encryptionStructs = {
	KeyHolder: {
		summary: 'Somebody whose key opens, or could open, encrypted files.',
		fields: {
			kind: { type: 'KeyHolderKind', summary: 'a person or a recovery agent' },
			key: {
				type: 'string',
				summary: 'identifier of the key: the first 16 bytes of the SHA-256 of its public half, in hexadecimal',
			},
			name: { type: 'string', summary: 'what the person or the agent is called; empty when nobody here knows the key' },
			sid: { type: 'string?', summary: 'security identifier of the account, of a person who is known here' },
		},
	},
	EncryptionInfo: {
		summary: 'Whether a file or folder is encrypted, and who can open it.',
		fields: {
			encrypted: {
				type: 'boolean',
				summary: 'the content is encrypted; of a folder: what is made in it is',
			},
			supported: { type: 'boolean', summary: 'it stands where files can be encrypted' },
			mayOpen: { type: 'boolean', summary: 'the caller has a key that opens it; true of what is not encrypted' },
			holders: { type: 'KeyHolder[]', summary: 'whose keys open it; none of a folder' },
			unfinished: { type: 'EncryptionProgress?', summary: 'a change that was begun and is not finished' },
			outdated: {
				type: 'boolean',
				summary:
					'agents of the policy, or the newest key of the person who asks, are missing: `encryption_update` adds them',
			},
		},
	},
	EncryptionProgress: {
		summary: 'How far a change of encryption is.',
		fields: {
			change: { type: 'EncryptionChange', summary: 'what becomes of the file' },
			doneBytes: { type: 'size', summary: 'bytes that are done' },
			totalBytes: { type: 'size', summary: 'bytes of the file' },
			finished: { type: 'boolean', summary: 'the change is made, and stored' },
		},
	},
	EncryptionKeys: {
		summary: 'The keys of the person whom the caller acts for.',
		fields: {
			key: { type: 'string', summary: 'identifier of the key for new files; empty while there is none' },
			loaded: { type: 'boolean', summary: 'the keys are at hand; they are from logging on to logging off' },
			older: { type: 'strings', summary: 'identifiers of older keys that are at hand' },
			recovery: {
				type: 'RecoveryPath[]',
				summary: 'ways back that were proved; with none, nothing can be encrypted',
			},
		},
	},
	RecoveryAgent: {
		summary: 'Somebody who can open all files that are encrypted on this computer from now on.',
		fields: {
			key: { type: 'string', summary: 'identifier of the key, as in `KeyHolder`' },
			name: { type: 'string', summary: 'what the agent is called' },
			publicKey: { type: 'bytes', summary: 'the public half, 32 bytes of X25519' },
		},
	},
} as const;
