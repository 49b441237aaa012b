/** Structures of the contract about previous versions of files. */

export const versionEnums = {
	VersionReason: {
		summary:
			'What ended the time of a version: its file was written to, another file took its name, it was deleted, or an older version was restored.',
		values: ['changed', 'replaced', 'deleted', 'restored'],
	},
} as const;

export const versionStructs = {
	PreviousVersion: {
		summary: 'What a file held at an earlier time.',
		fields: {
			id: { type: 'size', summary: 'number of the version' },
			reason: { type: 'VersionReason', summary: 'what came after it' },
			keptTime: { type: 'time', summary: 'until when it was what the file held' },
			modifiedTime: { type: 'time', summary: 'its own last change' },
			size: { type: 'size', summary: 'bytes of content' },
			path: { type: 'string', summary: 'where it can be opened and read, and not changed' },
		},
	},
	DeletedFile: {
		summary: 'A file that is not in its folder any more, and of which versions were kept.',
		fields: {
			name: { type: 'string', summary: 'the name it had' },
			versions: { type: 'PreviousVersion[]', summary: 'what it held, the newest first' },
		},
	},
	VersionStatus: {
		summary: 'Previous versions of files as a whole.',
		fields: {
			versions: { type: 'size', summary: 'how many there are' },
			bytes: { type: 'size', summary: 'bytes that nothing but they hold, as counted last' },
			quotaBytes: { type: 'size', summary: 'bytes that they may hold before the oldest go' },
			oldestTime: { type: 'time?', summary: 'until when the oldest was what its file held; absent: there are none' },
		},
	},
} as const;
