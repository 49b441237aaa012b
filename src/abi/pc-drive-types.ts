/** The structures of the contract that are about what a person plugs into the PC; part of the tables in `types.ts`. */

export const pcDriveStructs = {
	PcDrive: {
		summary: 'A stick, card, disc or disk that was plugged in, as far as it holds files.',
		fields: {
			identifier: { type: 'string', summary: 'names it in other calls, while it stays plugged in' },
			name: { type: 'string', summary: 'its label, else its model' },
			format: { type: 'string', summary: 'how it stores files, in the words of Linux, such as `vfat`' },
			sizeBytes: { type: 'size', summary: 'its size' },
			readOnly: { type: 'boolean', summary: 'nothing can be written to it; known for certain once it is open' },
			path: { type: 'string', summary: 'the folder that it is open at; empty while it is not' },
		},
	},
} as const;
