/**
 * What a person plugs into the PC that Vitrine has for itself: `pc_drives`, `pc_drive_open`, `pc_drive_eject`. Where there
 * is no PC, they answer ENXIO.
 */
import { call, type SystemCallDefinition } from '../call-definition.ts';

export const pcDriveCalls: readonly SystemCallDefinition[] = [
	call(285, 'pc_drives', 'Lists the sticks, cards and discs that are plugged in', {
		result: 'PcDrive[]',
		errors: ['ENXIO', 'EIO'],
		seeAlso: ['pc_drive_open', 'pc_disks'],
	}),
	call(286, 'pc_drive_open', 'Makes the files of a drive a folder', {
		description:
			'Answers the folder, `/Drives/NAME`; the one that it has already, when it is open. EACCES for who is not logged on, ENOENT when it is not plugged in any more, ENOTSUP when its format is none that is known.',
		arguments: { drive: ['string', '`PcDrive.identifier`'] },
		result: 'string',
		errors: ['ENXIO', 'EIO', 'EACCES', 'ENOENT', 'ENOTSUP'],
		seeAlso: ['pc_drives', 'pc_drive_eject'],
	}),
	call(287, 'pc_drive_eject', 'Takes the folder of a drive away, so that it can be unplugged', {
		description:
			'When it is answered, everything is on the drive. EBUSY while a program has a file of it open; EACCES for who is not logged on.',
		arguments: { drive: ['string', '`PcDrive.identifier`'] },
		errors: ['ENXIO', 'EIO', 'EACCES', 'ENOENT', 'EBUSY'],
		seeAlso: ['pc_drive_open'],
	}),
];
