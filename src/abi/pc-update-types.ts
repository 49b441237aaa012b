/** The structures of the contract that are about updates of a PC; part of the tables in `types.ts`. */

export const pcUpdateEnums = {
	PcUpdatePending: {
		summary:
			'What is to become of the other version on the disk: nothing, it is tried at the next start, its trial is under way, or its trial came to nothing.',
		values: ['none', 'next-start', 'trial', 'failed'],
	},
	PcUpdateVerdict: {
		summary:
			'What a found update is, beside the running version: newer, the same, or older; or why it is not taken: its signature cannot be read, is of another key, or is false; it is before the oldest version that this disk takes, or too large.',
		values: ['newer', 'same', 'older', 'unreadable', 'foreign', 'forged', 'below-floor', 'too-large'],
	},
	PcUpdateChoice: {
		summary:
			'What a person decides: the running version is to start from now on; the other version is tried at the next start; or it is not.',
		values: ['keep', 'try-other', 'withdraw'],
	},
} as const;

export const pcUpdateStructs = {
	PcUpdate: {
		summary: 'Which versions of Vitrine this PC has, and which one starts next.',
		fields: {
			installed: { type: 'boolean', summary: 'it was started from a disk that Vitrine was installed to' },
			verifiable: { type: 'boolean', summary: 'the running image has a key by which updates are told from forgeries' },
			version: { type: 'string', summary: 'the running version' },
			isDefault: { type: 'boolean', summary: 'the running version is the one that starts' },
			otherVersion: { type: 'string', summary: 'what is whole in the other slot; empty for nothing' },
			pending: { type: 'PcUpdatePending', summary: 'what is to become of the other version' },
		},
	},
	PcUpdateOffer: {
		summary: 'An update on a stick or a disc.',
		fields: {
			identifier: { type: 'string', summary: 'names it in `pc_update_install`, while the stick stays plugged in' },
			place: { type: 'string', summary: 'name or model of the stick or disc' },
			file: { type: 'string', summary: 'path of the image on it' },
			version: { type: 'string', summary: 'what the signature says it is; empty when that is not to be believed' },
			sizeBytes: { type: 'size', summary: 'its size' },
			verdict: { type: 'PcUpdateVerdict', summary: 'whether it is taken' },
		},
	},
} as const;
