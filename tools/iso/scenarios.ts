/**
 * What `npm run iso:test` does with virtual PCs. Each scenario fails by throwing.
 */
import { applianceScenarios } from './scenarios/appliance.ts';
import { diskScenarios } from './scenarios/disks.ts';
import { entryScenarios } from './scenarios/entries.ts';
import { installedDiskScenarios } from './scenarios/installed-disk.ts';
import { persistenceScenarios } from './scenarios/persistence.ts';
import { pictureScenarios } from './scenarios/picture.ts';
import { restartScenarios } from './scenarios/restarts.ts';
import {
	type Scenario,
	type ScenarioInput,
	shutDown,
	startToDesktop,
	waitForStillScreen,
} from './scenarios/scenario.ts';
import { settingsScenarios } from './scenarios/settings.ts';
import { silenceScenarios } from './scenarios/silence.ts';
import { updateScenarios } from './scenarios/update.ts';
import type { VirtualPcOptions } from './virtual-pc.ts';

function bootsTo(name: string, title: string, options: Partial<VirtualPcOptions>): Scenario {
	return {
		name,
		title,
		run: async (input) => {
			await using _pc = await startToDesktop({ ...input, ...options });
		},
	};
}

async function shutsDown(input: ScenarioInput): Promise<void> {
	await using pc = await startToDesktop(input);
	await shutDown(pc);
}

/** Keys that close a browser's window or open another: the desktop stays, and is not started anew. */
async function keepsKeys(input: ScenarioInput): Promise<void> {
	await using pc = await startToDesktop(input);
	for (const keys of [
		'ctrl w',
		'ctrl n',
		'ctrl t',
		'ctrl shift n',
		'ctrl p',
		'ctrl o',
		'ctrl s',
		'ctrl u',
		'f1',
		'f11',
		'f12',
	])
		await pc.press(...keys.split(' '));
	await waitForStillScreen(pc);
	if (pc.lines.filter((line) => /graphics driver/.test(line)).length !== 1) throw new Error('A key ended the desktop.');
}

export const scenarios: readonly Scenario[] = [
	bootsTo('bios-disc', 'starts by BIOS from a disc', {}),
	bootsTo('bios-stick', 'starts by BIOS from a stick', { medium: 'stick' }),
	bootsTo('uefi-disc', 'starts by UEFI from a disc', { firmware: 'uefi' }),
	bootsTo('uefi-stick', 'starts by UEFI from a stick', { firmware: 'uefi', medium: 'stick' }),
	bootsTo('secure-boot', 'starts by UEFI with Secure Boot', { firmware: 'secure-boot' }),
	{ name: 'keys', title: 'leaves no key to the browser', run: keepsKeys },
	{ name: 'shut-down', title: 'goes off from Start', run: shutsDown },
	...persistenceScenarios,
	...restartScenarios,
	...silenceScenarios,
	...entryScenarios,
	...settingsScenarios,
	...applianceScenarios,
	...installedDiskScenarios,
	...diskScenarios,
	...updateScenarios,
	...pictureScenarios,
];
