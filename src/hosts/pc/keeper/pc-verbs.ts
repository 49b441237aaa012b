/** The verbs about what a person sets: everything that is kept in `/data/settings`, which `apply-settings` reads too. */
import { SystemText } from '../system-text.ts';
import { createApplianceVerbs } from './appliance-verbs.ts';
import { KeptSettings, settingsFolder } from './kept-settings.ts';
import { runTool } from './run-tool.ts';
import { createScreenVerbs } from './screen-verbs.ts';
import { createSettingsVerbs, makeSettingsParts } from './settings-verbs.ts';
import { createSoundVerbs } from './sound-verbs.ts';
import type { Verb } from './verb.ts';

const kept = new KeptSettings(settingsFolder);

export const pcVerbs: Readonly<Record<string, Verb>> = {
	...createSettingsVerbs(makeSettingsParts(kept)),
	...createSoundVerbs({ system: new SystemText(), kept, levels: `${settingsFolder}/sound-levels`, run: runTool }),
	...createScreenVerbs({ kept, run: runTool }),
	...createApplianceVerbs({ kept, leftMark: '/run/appliance-left' }),
};
