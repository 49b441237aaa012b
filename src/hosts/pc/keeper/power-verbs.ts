/** Ending the PC: process 1 ends every service in order, so that what was written is on the disk. */
import { powerActions } from '../../common/machine-contract.ts';
import { runTool } from './run-tool.ts';
import { defineVerb, oneOf, type Verb } from './verb.ts';

/** runit-init's words. */
const levels = { 'shut-down': '0', restart: '6' } as const;

export const powerVerbs: Readonly<Record<string, Verb>> = {
	'power.end': defineVerb({ action: oneOf(...powerActions) }, async ({ action }) => {
		await runTool('runit-init', [levels[action]]);
		return {};
	}),
};
