/**
 * Reminds a person of a copy of the volume where the browser has not promised to keep it: a month after the last copy, the
 * last reminder, or the first start.
 */
import { OsError } from '#abi/errors.ts';
import { toSettingValue } from '#runtime/settings.ts';
import type { System } from '#runtime/system.ts';
import { lastVolumeCopy } from '#runtime/volume-copy.ts';

const intervalMs = 30 * 86_400_000;
const lastReminder = 'maintenance/volume-copy/last-reminder';

type Settings = Pick<System, 'settingGet' | 'settingChange'>;

/** Whether the person is to be reminded now; it is noted that they were. */
export async function isBackupDue(system: Settings, now: number, isKept: boolean): Promise<boolean> {
	if (isKept) return false;
	const reminded = await readTime(system, lastReminder);
	const last = Math.max(reminded, await readTime(system, lastVolumeCopy));
	if (reminded !== 0 && now - last < intervalMs) return false;
	return (await noteReminder(system, now)) && reminded !== 0;
}

/** Whether it could be noted; without that a person would be reminded at every start. */
async function noteReminder(system: Settings, now: number): Promise<boolean> {
	try {
		await system.settingChange([{ key: `/user/self/${lastReminder}`, value: toSettingValue(now) }], undefined);
		return true;
	} catch (error) {
		if (error instanceof OsError) return false;
		throw error;
	}
}

async function readTime(system: Settings, name: string): Promise<number> {
	try {
		return (await system.settingGet(`/effective/${name}`)).value.number ?? 0;
	} catch (error) {
		if (error instanceof OsError && error.code === 'ENOENT') return 0;
		throw error;
	}
}
