/** The structures of the contract that are about looking after the volume; part of the tables in `types.ts`. */

export const volumeEnums = {
	ScrubPhase: {
		summary: 'How far reading the whole volume is.',
		values: ['running', 'done', 'failed'],
	},
} as const;

export const volumeStructs = {
	ScrubState: {
		summary: 'How reading the whole volume goes, and what it has found.',
		fields: {
			sequence: { type: 'u32', summary: 'grows with each change of the state' },
			phase: { type: 'ScrubPhase', summary: 'how far it is' },
			doneBytes: { type: 'size', summary: 'bytes that have been read' },
			totalBytes: { type: 'size', summary: 'bytes that are to be read, as far as is known' },
			damaged: { type: 'strings', summary: 'paths whose bytes are damaged; `/` when the damage is in no file' },
			mendedPages: { type: 'size', summary: 'pages that were put right on the way' },
			damagedPages: { type: 'size', summary: 'pages that are damaged' },
			problem: { type: 'string', summary: 'why it failed; empty otherwise' },
		},
	},
	VolumeRepair: {
		summary: 'What a repair of the volume has done.',
		fields: {
			rebuiltPages: { type: 'size', summary: 'pages that were made anew from what else is stored' },
			damagedPages: { type: 'size', summary: 'pages that stay damaged' },
		},
	},
	OpenedExport: {
		summary: 'A copy of the whole volume as one file, as of one moment.',
		fields: {
			handle: { type: 'handle', summary: 'for `volume_export_read`; closing it ends the export' },
			size: { type: 'size', summary: 'bytes of the file' },
			identifier: { type: 'string', summary: 'volume identifier, hexadecimal' },
		},
	},
} as const;
