/**
 * A PC that does one thing alone: `pc_appliance`, `pc_set_appliance`, `pc_leave_appliance`. Where there is no PC, they answer
 * ENXIO.
 */
import { call, type SystemCallDefinition } from '../call-definition.ts';

const errors = ['ENXIO', 'EIO'] as const;

export const pcApplianceCalls: readonly SystemCallDefinition[] = [
	call(288, 'pc_appliance', 'Tells what the PC does by itself from its start on', {
		result: 'PcAppliance',
		errors,
		seeAlso: ['pc_set_appliance'],
	}),
	call(289, 'pc_set_appliance', 'Decides what the PC does by itself from its next starts on', {
		description:
			'The account logs on by itself and sees nothing but the one program. What it writes is forgotten when the PC goes off, but for what is in the folders that are kept. For administrators. EINVAL for an account with a password or that is turned off, and for a folder that cannot be kept; ENOENT and ENOTDIR name what is not there.',
		arguments: {
			start: [
				'string',
				'path of the file that is opened, or name of a program; empty: the PC is no appliance any more',
			],
			account: ['string', 'SID of the account; empty when `start` is'],
			keptFolders: ['string[]', 'paths of folders, at most 16'],
		},
		errors: [...errors, 'EACCES', 'EINVAL', 'ENOENT', 'ENOTDIR', 'ENOSPC'],
		seeAlso: ['pc_appliance', 'pc_leave_appliance'],
	}),
	call(290, 'pc_leave_appliance', 'Makes the PC an ordinary one until it is started again', {
		description: 'In force when the page is loaded again. For administrators.',
		errors: [...errors, 'EACCES'],
		seeAlso: ['pc_set_appliance'],
	}),
];
