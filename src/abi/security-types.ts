/** The structures of the contract that are about who may do what; part of the tables in `types.ts`. */

export const securityEnums = {
	Integrity: {
		summary:
			'How far a process is trusted: as a program of a person, as one that the person has let administer this computer, as a part of the system.',
		values: ['user', 'elevated', 'system'],
	},
	Privilege: {
		summary:
			'What a token may do beside what access lists allow; `secureDesktop` is to ask the person, `logon` to let people in; neither can be handed on.',
		values: [
			'takeOwnership',
			'manageAuditing',
			'backup',
			'restore',
			'shutDown',
			'changeTime',
			'debug',
			'secureDesktop',
			'logon',
		],
	},
	AccessEntryKind: {
		summary: 'What an entry of a list does: it allows, it denies, or it has access written down.',
		values: ['allow', 'deny', 'audit'],
	},
	ElevationEventKind: {
		summary: 'A program asks the person, or it no longer does.',
		values: ['asked', 'withdrawn'],
	},
} as const;

export const securityStructs = {
	TokenRestriction: {
		summary: 'What a new process does not get of what its parent has; what the parent does not have is EINVAL.',
		fields: {
			privileges: { type: 'Privilege[]', summary: 'privileges that it does not get' },
			groups: { type: 'strings', summary: 'groups that count for it only where they are denied something' },
		},
	},
	AccessEntry: {
		summary: 'An entry of an access or audit list. The first entry that speaks of a right decides.',
		fields: {
			kind: { type: 'AccessEntryKind', summary: 'allow, deny or audit' },
			sid: { type: 'string', summary: 'security identifier of an account or group, `S-1-…`' },
			name: { type: 'string?', summary: 'what it is called, when that is known; not looked at in a change' },
			rights: { type: 'u32', summary: 'bits of rights to a file or folder (`abi/access.ts`)' },
			flags: {
				type: 'u32',
				summary:
					'bits: 1 for files in a folder, 2 for folders in it, 4 not further down, 8 not for the folder itself, 16 inherited; of an audit entry also 64 what was allowed, 128 what was refused',
			},
		},
	},
	AccessList: {
		summary: 'A list of entries, in the order in which they count.',
		fields: { entries: { type: 'AccessEntry[]', summary: 'the entries, at most 256' } },
	},
	SecurityDescriptor: {
		summary: 'Who owns a file or folder, and who may do what with it.',
		fields: {
			owner: { type: 'string', summary: 'security identifier of the owner' },
			ownerName: { type: 'string?', summary: 'what the owner is called, when that is known' },
			group: { type: 'string', summary: 'security identifier of the owner’s group' },
			access: { type: 'AccessEntry[]', summary: 'who may do what; nobody may do anything that nothing allows' },
			audit: { type: 'AccessEntry[]', summary: 'what is written down' },
			protected: { type: 'boolean', summary: 'what the folder above hands down is not taken' },
		},
	},
	SecurityChange: {
		summary: 'Parts of a descriptor to change; what is absent stays.',
		fields: {
			owner: { type: 'string?', summary: 'the new owner' },
			access: { type: 'AccessList?', summary: 'the new access list' },
			audit: { type: 'AccessList?', summary: 'the new audit list' },
			protected: { type: 'boolean?', summary: 'whether what the folder above hands down is not taken' },
		},
	},
	Principal: {
		summary: 'An account with the groups it belongs to.',
		fields: {
			user: { type: 'string', summary: 'security identifier of the account' },
			groups: { type: 'strings', summary: 'security identifiers of its groups' },
		},
	},
	AccessAnswer: {
		summary: 'What somebody may do with a file or folder.',
		fields: {
			allowed: { type: 'boolean', summary: 'whether all that was asked for is allowed' },
			rights: { type: 'u32', summary: 'all rights that they have' },
			reason: { type: 'string', summary: 'what decides, in words for a person' },
		},
	},
	TokenInfo: {
		summary: 'Who a process acts for.',
		fields: {
			user: { type: 'string', summary: 'security identifier of the account' },
			userName: { type: 'string', summary: 'what the account is called' },
			groups: { type: 'strings', summary: 'security identifiers of its groups' },
			denyOnly: { type: 'strings', summary: 'groups that count only where they are denied something' },
			privileges: { type: 'Privilege[]', summary: 'what it may do beside what access lists allow' },
			integrity: { type: 'Integrity', summary: 'how far it is trusted' },
			mayElevate: { type: 'boolean', summary: 'whether the person can let it start a program that administers' },
		},
	},
	ElevationEvent: {
		summary: 'What a program asks the person for.',
		fields: {
			request: { type: 'size', summary: 'number of the request' },
			kind: { type: 'ElevationEventKind', summary: 'whether it asks, or no longer does' },
			pid: { type: 'pid', summary: 'the process that asks' },
			requester: { type: 'string', summary: 'its program' },
			program: { type: 'string', summary: 'the program that it wants to start' },
			arguments: { type: 'strings', summary: 'arguments of that' },
			account: { type: 'string', summary: 'the account it acts for' },
			approvers: {
				type: 'strings',
				summary:
					'security identifiers of the administrators one of whom must agree with a password (`elevation_approve`); empty: the person may agree',
			},
			reason: { type: 'string', summary: 'what it is needed for, in the words of the program that asks' },
		},
	},
} as const;
