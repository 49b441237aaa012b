/**
 * The disks of the PC that Vitrine has for itself: `pc_disks` … `pc_write_image`. What changes a disk is for administrators;
 * where there is no PC, they answer ENXIO.
 */
import { call, type SystemCallDefinition } from '../call-definition.ts';

const diskErrors = ['EACCES', 'ENXIO', 'EIO'] as const;
const disk = [
	'string',
	'identifier of the disk, from `pc_disks`: it names this disk while it stays plugged in',
] as const;
const passphrase = [
	'string',
	'encrypts the data partition: 8 to 512 characters; empty for a partition that anybody can read',
] as const;
const signature = ['string', 'content of `IMAGE.minisig`; empty without one'] as const;
const long = 'Whether it may be done is found out before anything is written. Closing the last handle cancels.';

export const pcDiskCalls: readonly SystemCallDefinition[] = [
	call(260, 'pc_disks', 'Lists the disks and sticks of the PC', {
		description: 'With what is on each, and what may be done with it.',
		result: 'PcDisk[]',
		errors: ['ENXIO', 'EIO'],
		seeAlso: ['pc_install', 'pc_make_data'],
	}),
	call(261, 'pc_install', 'Begins to install Vitrine to a disk, erasing it', {
		description: `Copies the image that the PC was started from, makes a data partition, and reads back what was copied. ${long} For administrators; EINVAL when the disk is another by now or may not be erased.`,
		arguments: { disk, passphrase },
		result: 'handle',
		errors: [...diskErrors, 'EINVAL', 'EMFILE'],
		seeAlso: ['pc_job_state', 'pc_disks'],
	}),
	call(262, 'pc_make_data', 'Begins to make a data partition', {
		description: `On the medium that the PC was started from: behind the image, and nothing is erased. On another disk: all of it is erased. ${long} For administrators; EINVAL when the disk is another by now or may not be used.`,
		arguments: { disk, passphrase },
		result: 'handle',
		errors: [...diskErrors, 'EINVAL', 'EMFILE'],
		seeAlso: ['pc_job_state', 'pc_disks'],
	}),
	call(263, 'pc_job_state', 'Tells how something goes that the PC does', {
		description:
			'Waits until its sequence is another than `seen`; 0 was never one. Closing the last handle cancels it.',
		arguments: {
			handle: ['handle', 'of a call that begins something'],
			seen: ['u32', 'the sequence that the caller knows'],
		},
		result: 'PcJobState',
		rights: ['wait'],
		errors: ['EBADF', 'EACCES'],
		seeAlso: ['pc_install', 'pc_make_data'],
	}),
	call(264, 'pc_data', 'Tells about the data partition', {
		description: 'What keeps files beyond the end of the session.',
		result: 'PcData',
		errors: ['ENXIO', 'EIO'],
		seeAlso: ['pc_make_data', 'pc_data_passphrase'],
	}),
	call(265, 'pc_data_passphrase', 'Sets another passphrase for the data partition', {
		description:
			'For administrators. EACCES when the present one is wrong, too; ENOTSUP when the partition is not encrypted.',
		arguments: {
			present: ['string', 'the passphrase that it has'],
			next: ['string', 'the new one: 8 to 512 characters'],
		},
		errors: [...diskErrors, 'EINVAL', 'ENOTSUP'],
		seeAlso: ['pc_data'],
	}),
	call(266, 'pc_judge_image', 'Tells what the signature of an image says of it', {
		description:
			'By the key that the running image was built with. Whether the bytes are what was signed is found out when it is written.',
		arguments: { signature, sizeBytes: ['size', 'size of the image'] },
		result: 'PcImage',
		errors: ['ENXIO', 'EIO'],
		seeAlso: ['pc_write_image'],
	}),
	call(267, 'pc_write_image', 'Begins to write an image to a stick, erasing it', {
		description: `A signed image is read and checked first, and nothing is erased when it is not what was signed. A drive of the stick that is open is closed. What was written is read back and compared. A stick that this was begun for and not ended holds nothing. ${long} For administrators; the job fails with EINVAL when the stick is another by now or may not be erased, EBUSY when a program has a file of it open, EILSEQ when the image is not what was signed or the stick did not keep what was written, ENOSPC when it is too small.`,
		arguments: { file: ['handle', 'of the image'], signature, disk },
		result: 'handle',
		rights: ['read'],
		errors: ['EACCES', 'ENXIO', 'EBADF', 'EINVAL', 'EMFILE'],
		seeAlso: ['pc_job_state', 'pc_disks', 'pc_judge_image'],
	}),
];
