/** The structures of the contract that are about the PC's disks; part of the tables in `types.ts`. */

export const pcDiskEnums = {
	PcDiskUse: {
		summary:
			'Whether a disk can be used for something: it can, it is the one that the PC was started from, it is in use, it cannot be written, it is too small, it has what it needs already, it is of a kind that is not supported, or it is built in.',
		values: [
			...['possible', 'started-from', 'in-use', 'read-only', 'too-small', 'there-already', 'not-supported'],
			'not-removable',
		],
	},
	PcImageVerdict: {
		summary:
			'What is known of an image before it is read: it is signed with the key of the running one, it has no signature, its signature is none that can be checked here, or it is not what was signed.',
		values: ['signed', 'unsigned', 'unverifiable', 'damaged'],
	},
	PcJobPhase: {
		summary: 'How far something is that the PC does.',
		values: ['running', 'done', 'failed', 'cancelled'],
	},
	PcDataState: {
		summary:
			'How the data partition is: there is none, files are kept on it, it is locked, it was left alone for this session, or it is damaged.',
		values: ['none', 'kept', 'locked', 'left-alone', 'damaged'],
	},
} as const;

export const pcDiskStructs = {
	PcDisk: {
		summary: 'A disk or stick of the PC.',
		fields: {
			identifier: { type: 'string', summary: 'names it in other calls, while it stays plugged in' },
			device: { type: 'string', summary: 'its name in Linux, such as `sda`' },
			model: { type: 'string', summary: 'maker and model; empty when it does not say' },
			connection: { type: 'string', summary: 'how it is attached, such as `usb`, `sata`, `nvme`; empty when unknown' },
			sizeBytes: { type: 'size', summary: 'its size' },
			removable: { type: 'boolean', summary: 'a stick, a card or a disk on USB' },
			startedFrom: { type: 'boolean', summary: 'the PC was started from it' },
			parts: { type: 'PcDiskPart[]', summary: 'what is on it' },
			install: { type: 'PcDiskUse', summary: 'whether Vitrine can be installed to it, which erases it' },
			makeData: { type: 'PcDiskUse', summary: 'whether it can take a data partition' },
			dataErases: { type: 'boolean', summary: 'making a data partition erases the disk' },
			dataBytes: { type: 'size', summary: 'how large that data partition would be' },
			writeImage: { type: 'PcDiskUse', summary: 'whether an image can be written to it, which erases it' },
		},
	},
	PcDiskPart: {
		summary: 'A part of a disk, or a whole disk that holds files without parts.',
		fields: {
			device: { type: 'string', summary: 'its name in Linux, such as `sda1`' },
			label: { type: 'string', summary: 'its name; empty without one' },
			format: {
				type: 'string',
				summary: 'how it stores files, in the words of Linux, such as `ntfs`; empty when unknown',
			},
			sizeBytes: { type: 'size', summary: 'its size' },
		},
	},
	PcImage: {
		summary: 'What the signature of an image says of it. Its bytes have not been read.',
		fields: {
			verdict: { type: 'PcImageVerdict', summary: 'what is known' },
			version: { type: 'string', summary: 'the version of Vitrine that it is; empty unless it is signed' },
		},
	},
	PcJobState: {
		summary: 'How something goes that the PC does.',
		fields: {
			sequence: { type: 'u32', summary: 'grows with each change of the state' },
			phase: { type: 'PcJobPhase', summary: 'how far it is' },
			step: { type: 'string', summary: 'what is being done: a word of the one who began it; empty before the first' },
			doneBytes: { type: 'size', summary: 'bytes that are done' },
			totalBytes: { type: 'size', summary: 'bytes in all; 0 while nobody can tell' },
			error: { type: 'string', summary: 'name of the error when it failed; empty otherwise' },
			problem: { type: 'string', summary: 'why it failed; empty otherwise' },
		},
	},
	PcData: {
		summary: 'The data partition, where files are kept beyond the end of the session.',
		fields: {
			state: { type: 'PcDataState', summary: 'how it is' },
			device: { type: 'string', summary: 'its name in Linux; empty without one' },
			disk: { type: 'string', summary: 'model of the disk that it is on; empty when unknown' },
			encrypted: { type: 'boolean', summary: 'a passphrase opens it' },
			sizeBytes: { type: 'size', summary: 'its size' },
			freeBytes: { type: 'size', summary: 'what is free of that; 0 unless files are kept on it' },
		},
	},
} as const;
