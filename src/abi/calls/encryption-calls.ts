/** Encrypted files: who can open them, changing that, the keys of a person, recovery agents. */
import { call, changeErrors, type SystemCallDefinition, walkErrors } from '../call-definition.ts';

const file = ['path', 'the file'] as const;
const key = ['string', 'identifier of the key'] as const;
const passphrase = ['bytes', 'passphrase of the backup, in UTF-8'] as const;
const needsKey = 'Needs a key that opens the file; EACCES names who has one.';
/** EILSEQ: what is stored was changed by somebody else than this system, or has rotted. */
const keyErrors = ['ENOTSUP', 'EILSEQ'] as const;

export const encryptionCalls: readonly SystemCallDefinition[] = [
	call(220, 'encryption_read', 'Tells whether a file or folder is encrypted, and who can open it', {
		description: 'Needs `readAttributes`, and no key.',
		arguments: { path: ['path', 'the file or folder'] },
		result: 'EncryptionInfo',
		errors: [...walkErrors, ...keyErrors],
		seeAlso: ['encryption_begin', 'encryption_share'],
	}),
	call(221, 'encryption_begin', 'Begins to encrypt or decrypt a file', {
		description:
			'`encryption_continue` does the work bit by bit. Meanwhile the file is read and written as any other, whoever can open it afterwards can open it now, and a power cut interrupts it only. Of a folder, what is made in it from then on is encrypted, or is not, and that is all; what stands in it stays as it is. A file that already is what it is to become is finished at once. Encrypting takes previous versions in clear away. Needs `readData` and `writeData`; to decrypt or renew, a key that opens the file. EPERM when the person has proved no way back to encrypted files (`encryption_keys`), or the file is the system’s. EBUSY while another change of it is unfinished.',
		arguments: { path: ['path', 'the file or folder'], change: ['EncryptionChange', 'what to make of it'] },
		result: 'EncryptionProgress',
		errors: [...changeErrors, ...keyErrors, 'EPERM', 'EINVAL', 'EBUSY'],
		mutates: true,
		seeAlso: ['encryption_continue', 'encryption_cancel'],
	}),
	call(222, 'encryption_continue', 'Goes on with a change of encryption', {
		description:
			'Does some megabytes, and replies when they are stored. The step that finishes also erases what the old content has left in the volume. Finished at once where nothing is unfinished.',
		arguments: { path: file },
		result: 'EncryptionProgress',
		errors: [...changeErrors, ...keyErrors],
		mutates: true,
		seeAlso: ['encryption_begin'],
	}),
	call(223, 'encryption_share', 'Lets somebody else open an encrypted file', {
		description: `${needsKey} Permissions stay as they are: the person needs those too.`,
		arguments: { path: file, account: ['string', 'security identifier of the account'] },
		errors: [...changeErrors, ...keyErrors, 'EINVAL', 'E2BIG'],
		mutates: true,
		seeAlso: ['encryption_revoke', 'encryption_people'],
	}),
	call(224, 'encryption_revoke', 'Lets a key no longer open an encrypted file', {
		description: `${needsKey} Who had it may have kept what it opened; \`encryption_begin\` with \`renew\` encrypts the content anew. EINVAL for the last key, and for that of an agent whom the policy names.`,
		arguments: { path: file, key },
		errors: [...changeErrors, ...keyErrors, 'EINVAL'],
		mutates: true,
		seeAlso: ['encryption_share', 'encryption_begin'],
	}),
	call(225, 'encryption_update', 'Gives an encrypted file the keys that it should have', {
		description: `Adds the newest key of the caller’s person and the agents of the policy, and drops agents that it no longer names. ${needsKey} Returns whether anything was missing.`,
		arguments: { path: file },
		result: 'boolean',
		errors: [...changeErrors, ...keyErrors],
		mutates: true,
		seeAlso: ['encryption_agents'],
	}),
	call(226, 'encryption_people', 'Tells with whom encrypted files can be shared', {
		description: 'All accounts that have a key; those that have never logged on have none.',
		result: 'KeyHolder[]',
		errors: ['ENOTSUP'],
		seeAlso: ['encryption_share'],
	}),
	call(227, 'encryption_agents', 'Tells about the recovery agents of the policy', {
		result: 'RecoveryAgent[]',
		errors: ['ENOTSUP'],
		seeAlso: ['encryption_add_agent', 'encryption_remove_agent', 'encryption_make_agent'],
	}),
	call(228, 'encryption_add_agent', 'Makes somebody a recovery agent', {
		description:
			'For administrators. New files can be opened by the agent from now on, older ones after `encryption_update`. It stands in the settings, as `/policy/machine/encryption/agents`.',
		arguments: {
			name: ['string', 'what the agent is called; at most 64 code units'],
			publicKey: ['bytes', 'the public half of the agent’s key: 32 bytes of X25519'],
		},
		result: 'RecoveryAgent',
		errors: ['ENOTSUP', 'EACCES', 'EINVAL', 'EEXIST', 'E2BIG', 'ENOSPC', 'EROFS'],
		mutates: true,
		seeAlso: ['encryption_make_agent'],
	}),
	call(229, 'encryption_remove_agent', 'Takes a recovery agent out of the policy', {
		description: 'For administrators. Files that the agent can open stay so until `encryption_update`.',
		arguments: { key },
		errors: ['ENOTSUP', 'EACCES', 'ENOENT', 'ENOSPC', 'EROFS'],
		mutates: true,
		seeAlso: ['encryption_add_agent'],
	}),
	call(230, 'encryption_make_agent', 'Makes the keys of a new recovery agent', {
		description:
			'Returns them as an age file under the passphrase; nothing of them stays here. Keep the file away from this computer, and give `encryption_add_agent` the public half, which `encryption_backup_key` tells.',
		arguments: { passphrase },
		result: 'bytes',
		errors: ['ENOTSUP', 'EINVAL'],
		seeAlso: ['encryption_add_agent', 'encryption_backup_key'],
	}),
	call(231, 'encryption_backup_key', 'Tells the public half of the newest key in a backup', {
		arguments: { backup: ['bytes', 'the file'], passphrase },
		result: 'bytes',
		errors: ['ENOTSUP', 'EINVAL', 'EACCES'],
		seeAlso: ['encryption_backup', 'encryption_make_agent'],
	}),
	call(232, 'encryption_keys', 'Tells about the keys of the person', {
		result: 'EncryptionKeys',
		errors: ['ENOTSUP'],
		seeAlso: ['encryption_backup'],
	}),
	call(233, 'encryption_backup', 'Makes a backup of the keys of the person', {
		description:
			'All of them, the older ones too, under a passphrase of at least 8 bytes. Whoever has the file and the passphrase can open the encrypted files. It counts as a way back when it was opened once (`encryption_confirm_backup`). EACCES when the keys are not at hand.',
		arguments: { format: ['KeyBackupFormat', 'form of the file'], passphrase },
		result: 'bytes',
		errors: ['ENOTSUP', 'EACCES', 'EINVAL', 'EBUSY', 'ENOSPC', 'EROFS'],
		seeAlso: ['encryption_confirm_backup', 'encryption_restore'],
	}),
	call(234, 'encryption_confirm_backup', 'Proves that a backup of the keys was kept and opens', {
		description:
			'EACCES when the passphrase is not that of the backup, EINVAL when it is not one of the person’s keys.',
		arguments: { backup: ['bytes', 'the file'], passphrase },
		errors: ['ENOTSUP', 'EACCES', 'EINVAL', 'EBUSY', 'ENOSPC', 'EROFS'],
		mutates: true,
		seeAlso: ['encryption_backup', 'encryption_keys'],
	}),
	call(235, 'encryption_restore', 'Takes the keys of a backup in', {
		description:
			'They open what they opened before, beside the keys that the person has; new files are encrypted for the newest key of the person as before. A `.p12` of another system is taken too, when its key is one that encrypted files here can have. Keys of an agent are taken for this session alone. Returns the identifiers of those that are new.',
		arguments: {
			backup: ['bytes', 'the file'],
			passphrase,
			keep: ['boolean', 'kept among the keys of the person; otherwise forgotten at logging off'],
		},
		result: 'strings',
		errors: ['ENOTSUP', 'EACCES', 'EINVAL', 'EBUSY', 'ENOSPC', 'EROFS'],
		mutates: true,
		seeAlso: ['encryption_backup'],
	}),
	call(236, 'encryption_raw_read', 'Reads an encrypted file without opening it', {
		description:
			'The bytes of its `.efsraw` form from `offset` on: header, keys and content as they are stored. Needs `readData`, and no key, so that backups need none. Less than asked for: its end. EINVAL of a file that is not encrypted.',
		arguments: {
			path: file,
			offset: ['size', 'where to begin'],
			length: ['u32', 'at most so many bytes; at most 4,194,304 are read'],
		},
		result: 'bytes',
		errors: [...walkErrors, ...keyErrors, 'EINVAL'],
		seeAlso: ['encryption_raw_restore'],
	}),
	call(237, 'encryption_raw_restore', 'Makes an encrypted file of its raw form', {
		description:
			'The file holds what `encryption_raw_read` gave, written by whatever means; in one step it becomes the encrypted file that it came from, in every name it has. Whether a key opens it is found when it is opened. Needs `readData` and `writeData`. EINVAL when it holds no raw form.',
		arguments: { path: file },
		errors: [...changeErrors, ...keyErrors, 'EINVAL'],
		mutates: true,
		seeAlso: ['encryption_raw_read'],
	}),
	call(238, 'encryption_cancel', 'Turns an unfinished change of encryption round', {
		description:
			'What was done is undone by `encryption_continue`. EINVAL where nothing is unfinished, and when the file gets a new key: that only goes on.',
		arguments: { path: file },
		result: 'EncryptionProgress',
		errors: [...changeErrors, ...keyErrors, 'EINVAL'],
		mutates: true,
		seeAlso: ['encryption_begin', 'encryption_continue'],
	}),
];
