/**
 * The PC that Vitrine has for itself: `pc_*`. Where there is none, in a browser tab and in Node, every one of these calls
 * answers ENXIO.
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
];
