/** Keyboard layout, time zone and clock of the PC. */
import { useCallback } from 'react';
import type { ProgramProps } from '#runtime/window-program.ts';
import { Failure } from './failure.tsx';
import { KeyboardLayout } from './keyboard-layout.tsx';
import { usePcSettings } from './pc-settings.ts';
import { DateAndTime, TimeZone } from './time-sections.tsx';
import { usePc } from './use-pc.ts';

export function RegionPage({ system }: ProgramProps) {
	const { settings, failure, isBusy, change } = usePcSettings(system);
	const choices = usePc(useCallback(() => system.pcChoices(), [system]));
	const problem = <Failure text={failure ?? choices.failure} />;
	if (settings === undefined || choices.value === undefined) return problem;
	const { keyboardLayouts: layouts, timeZones: zones } = choices.value;
	const applyLayouts = (ids: readonly string[]) =>
		void change({ keyboardLayouts: [...ids] }, 'change the keyboard layout of this PC');
	return (
		<>
			{problem}
			<KeyboardLayout {...{ layouts, isBusy }} chosen={settings.keyboardLayouts} onApply={applyLayouts} />
			<TimeZone {...{ settings, zones, isBusy }} onChange={change} />
			<DateAndTime {...{ settings, isBusy }} onChange={change} />
		</>
	);
}
