/**
 * Updates of the PC that Vitrine has for itself: `pc_update` … `pc_update_choose`. Where there is no PC, they answer ENXIO.
 * An update takes effect at the next start that the person chooses; nothing here restarts anything.
 */
import { call, type SystemCallDefinition } from '../call-definition.ts';

export const pcUpdateCalls: readonly SystemCallDefinition[] = [
	call(270, 'pc_update', 'Tells which versions this PC has, and which one starts next', {
		result: 'PcUpdate',
		errors: ['ENXIO', 'EIO'],
		seeAlso: ['pc_update_find', 'pc_facts'],
	}),
	call(271, 'pc_update_find', 'Looks for updates on the sticks and discs of the PC', {
		description:
			'An update is an image beside its signature, `NAME.iso` and `NAME.iso.minisig`, in the first folder or one in it. ENOTSUP when the running image has no key for updates.',
		result: 'PcUpdateOffer[]',
		errors: ['ENXIO', 'EIO', 'ENOTSUP'],
		seeAlso: ['pc_update_install'],
	}),
	call(272, 'pc_update_install', 'Begins to install an update beside the running version', {
		description:
			'Checks it, writes it to the other slot of the disk, reads it back, and has it tried at the next start. Closing the last handle cancels. For administrators; the job fails with EILSEQ when the image is not what was signed, EPERM when its signature does not allow it here, EBUSY when the running version is not the one that starts, ENOENT when it is not there any more, ENOTSUP when Vitrine is not installed on this PC.',
		arguments: { offer: ['string', 'identifier of the update, from `pc_update_find`'] },
		result: 'handle',
		errors: ['EACCES', 'ENXIO', 'EMFILE'],
		seeAlso: ['pc_job_state', 'pc_update_find'],
	}),
	call(273, 'pc_update_choose', 'Decides which version starts', {
		description:
			'For administrators. ENOENT when there is no other version; EBUSY when the running one is not the one that starts; ENOTSUP when Vitrine is not installed on this PC.',
		arguments: { choice: ['PcUpdateChoice', 'what is decided'] },
		errors: ['EACCES', 'ENXIO', 'EIO', 'ENOENT', 'EBUSY', 'ENOTSUP'],
		seeAlso: ['pc_update'],
	}),
];
