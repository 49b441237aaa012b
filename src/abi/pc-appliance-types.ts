/** The structures of the contract that are about a PC that does one thing alone; part of the tables in `types.ts`. */

export const pcApplianceStructs = {
	PcAppliance: {
		summary: 'The one thing that the PC does from its start on, when it is an appliance.',
		fields: {
			start: { type: 'string', summary: 'path of the file that is opened, or name of a program; empty: no appliance' },
			account: { type: 'string', summary: 'SID of the account that it acts for' },
			keptFolders: { type: 'string[]', summary: 'paths of the folders whose files outlive the session' },
			left: { type: 'boolean', summary: 'an administrator has left it until the next start' },
		},
	},
} as const;
