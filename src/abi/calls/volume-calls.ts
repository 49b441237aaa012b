/** Looking after the volume: reading all of it, mending it, giving room back, copying it as one file. */
import { call, type SystemCallDefinition } from '../call-definition.ts';

const offered = ['ENOTSUP', 'EBUSY', 'EIO'] as const;

export const volumeCalls: readonly SystemCallDefinition[] = [
	call(250, 'volume_scrub', 'Begins to read the whole volume and verify every checksum', {
		description:
			'It gives way to other work, and goes on until it is done or the last handle to it is closed. Who asks while one goes on gets a handle to that. ENOTSUP for a volume that nothing is stored of.',
		result: 'handle',
		errors: ['ENOTSUP', 'EMFILE'],
		seeAlso: ['volume_scrub_state', 'volume_check', 'volume_repair'],
	}),
	call(251, 'volume_scrub_state', 'Tells how reading the whole volume goes', {
		description: 'Waits until its sequence is another than `seen`; 0 was never one.',
		arguments: { handle: ['handle', 'of `volume_scrub`'], seen: ['u32', 'the sequence that the caller knows'] },
		result: 'ScrubState',
		rights: ['wait'],
		errors: ['EBADF', 'EACCES'],
		seeAlso: ['volume_scrub'],
	}),
	call(252, 'volume_repair', 'Makes damaged parts of the volume anew whose content follows from others', {
		description:
			'For administrators. It reads the whole volume, and nothing else goes on meanwhile. What holds the bytes of files is left as it is.',
		result: 'VolumeRepair',
		errors: ['EACCES', ...offered, 'ENOSPC'],
		seeAlso: ['volume_scrub'],
	}),
	call(253, 'volume_export', 'Opens a copy of the whole volume as one file', {
		description:
			'For administrators. The copy is of this moment, whatever is written meanwhile; EBUSY while there is another. Its form: docs/formats/volume.md.',
		result: 'OpenedExport',
		errors: ['EACCES', ...offered, 'EMFILE'],
		seeAlso: ['volume_export_read'],
	}),
	call(254, 'volume_export_read', 'Reads a copy of the whole volume', {
		description: 'ECANCELED when more was written meanwhile than could be held back: then it is to be opened again.',
		arguments: {
			handle: ['handle', 'of `volume_export`'],
			offset: ['size', 'first byte'],
			length: ['u32', 'most bytes to return, at most 16 MiB'],
		},
		result: 'bytes',
		rights: ['read'],
		errors: ['EBADF', 'EACCES', 'ECANCELED', 'EIO', 'EINVAL'],
		seeAlso: ['volume_export'],
	}),
	call(255, 'volume_compact', 'Gives the free room of the volume back to this computer', {
		description: 'Replies with the number of bytes; it gives way to other work.',
		result: 'size',
		errors: [...offered, 'ENOSPC'],
		seeAlso: ['volume_status'],
	}),
];
