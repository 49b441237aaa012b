/**
 * What an administrator chose for the PC, as a page of Settings shows and changes it.
 *
 * Rules of use: `change` asks on the secure desktop when the person's own rights do not suffice; it answers whether the
 * change was made.
 */
import { useCallback, useState } from 'react';
import type { PcSettings, PcSettingsChange } from '#abi/structures.generated.ts';
import { describeError } from '#runtime/describe-error.ts';
import { runOrElevate } from '#runtime/elevated-command.ts';
import type { System } from '#runtime/system.ts';
import { usePc } from './use-pc.ts';

export interface PcSettingsModel {
	readonly settings: PcSettings | undefined;
	readonly failure: string | undefined;
	/** A change is under way. */
	readonly isBusy: boolean;
	readonly change: (change: PcSettingsChange, reason: string) => Promise<boolean>;
}

export function usePcSettings(system: System): PcSettingsModel {
	const reading = usePc(useCallback(() => system.pcSettings(), [system]));
	const [isBusy, setBusy] = useState(false);
	const [refusal, setRefusal] = useState<string>();
	const change = async (wish: PcSettingsChange, reason: string): Promise<boolean> => {
		setBusy(true);
		setRefusal(undefined);
		try {
			const action = () => system.pcChangeSettings(wish);
			return await runOrElevate(system, { action, command: commandOf(wish), reason });
		} catch (error) {
			setRefusal(describeError(error));
			return false;
		} finally {
			await reading.again();
			setBusy(false);
		}
	};
	return { settings: reading.value, failure: refusal ?? reading.failure, isBusy, change };
}

/** The same for the shell: a word each, in quotes. */
function commandOf({ keyboardLayouts, timeZone, clockIsLocal, network, time }: PcSettingsChange): string {
	const commands: string[][] = [];
	if (keyboardLayouts !== undefined) commands.push(['keyboard', ...keyboardLayouts]);
	if (timeZone !== undefined) commands.push(['time-zone', timeZone]);
	if (clockIsLocal !== undefined) commands.push(['clock', clockIsLocal ? 'local' : 'utc']);
	if (time !== undefined) commands.push(['time', new Date(time).toISOString()]);
	if (network !== undefined) commands.push(['network', network]);
	return commands.map((words) => `pc ${words.map((word) => `'${word}'`).join(' ')}`).join(' && ');
}
