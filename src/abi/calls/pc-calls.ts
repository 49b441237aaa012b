/**
 * The PC that Vitrine has for itself: `pc_*`. Where there is none, in a browser tab and in Node, every one of these calls
 * answers ENXIO. To know is everybody's; to change is an administrator's, but for what somebody who sits before the PC turns
 * every day: sound and screen.
 */
import { call, type SystemCallDefinition } from '../call-definition.ts';

/** Of all that reads: there is no PC, or it did not answer. */
const pcErrors = ['ENXIO', 'EIO'] as const;

export const pcCalls: readonly SystemCallDefinition[] = [
	call(275, 'pc_facts', 'Tells what the PC is and how it was started', {
		result: 'PcFacts',
		errors: pcErrors,
		seeAlso: ['pc_power', 'system_info'],
	}),
	call(276, 'pc_power', 'Tells where the PC has its power from', {
		result: 'PcPower',
		errors: pcErrors,
		seeAlso: ['pc_facts'],
	}),
	call(277, 'pc_settings', 'Tells what was chosen for the PC', {
		result: 'PcSettings',
		errors: pcErrors,
		seeAlso: ['pc_change_settings', 'pc_choices', 'pc_network'],
	}),
	call(278, 'pc_change_settings', 'Changes what was chosen for the PC', {
		description:
			'It is in force when it is answered, and kept where files are kept. EACCES for who does not administer this computer. EINVAL names what does not fit: then nothing has changed.',
		arguments: { change: ['PcSettingsChange', 'what is to change'] },
		errors: [...pcErrors, 'EACCES', 'EINVAL', 'ENOSPC'],
		seeAlso: ['pc_settings'],
	}),
	call(279, 'pc_choices', 'Lists what the settings of the PC may be', {
		result: 'PcChoices',
		errors: pcErrors,
		seeAlso: ['pc_change_settings'],
	}),
	call(280, 'pc_sound', 'Tells where sound goes, and how loud', {
		result: 'PcSound',
		errors: pcErrors,
		seeAlso: ['pc_set_sound'],
	}),
	call(281, 'pc_set_sound', 'Sets where sound goes, and how loud', {
		description: 'EACCES for who is not logged on. ENXIO also when there is no such sound card.',
		arguments: {
			output: ['string', 'the card'],
			percent: ['u32', 'its volume, 0 to 100'],
			muted: ['boolean', 'silent whatever the volume'],
		},
		errors: [...pcErrors, 'EACCES', 'EINVAL'],
		seeAlso: ['pc_sound'],
	}),
	call(282, 'pc_network', 'Tells about the network of the PC', {
		result: 'PcNetwork',
		errors: pcErrors,
		seeAlso: ['pc_change_settings'],
	}),
	call(283, 'pc_screens', 'Tells about the screens of the PC', {
		result: 'PcScreen[]',
		errors: pcErrors,
		seeAlso: ['pc_set_screen'],
	}),
	call(284, 'pc_set_screen', 'Sets what a screen shows', {
		description:
			'EACCES for who is not logged on. ENXIO also when there is no such screen, EINVAL when it cannot show that.',
		arguments: {
			name: ['string', 'the screen'],
			mode: ['PcScreenMode', 'one of its modes'],
			scale: ['real', 'dots of the screen for one of the desktop, 1 to 3'],
			keep: ['boolean', 'for the next starts as well; a person is asked first whether they see it'],
		},
		errors: [...pcErrors, 'EACCES', 'EINVAL'],
		seeAlso: ['pc_screens'],
	}),
];
