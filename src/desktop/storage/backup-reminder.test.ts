import assert from 'node:assert/strict';
import { it } from 'node:test';
import { OsError } from '#abi/errors.ts';
import type { Setting, SettingChange } from '#abi/structures.generated.ts';
import { isBackupDue } from './backup-reminder.ts';

const day = 86_400_000;

class KnownSettings {
	readonly values = new Map<string, number>();

	async settingGet(key: string): Promise<Setting> {
		const number = this.values.get(key);
		if (number === undefined) throw new OsError('ENOENT', key);
		return { key, value: { type: 'integer', number }, source: 'user' };
	}

	async settingChange(changes: readonly SettingChange[]): Promise<number> {
		for (const { key, value } of changes) this.values.set(key.replace('/user/self', '/effective'), value?.number ?? 0);
		return 1;
	}
}

it('reminds once a month, from the first start or the last copy on, and never where the browser keeps the volume', async () => {
	const settings = new KnownSettings();
	const start = 1_700_000_000_000;
	const isDue = (days: number, isKept = false): Promise<boolean> => isBackupDue(settings, start + days * day, isKept);
	assert.equal(await isDue(0), false);
	assert.equal(await isDue(29), false);
	assert.equal(await isDue(31, true), false);
	assert.equal(await isDue(31), true);
	assert.equal(await isDue(31), false);
	settings.values.set('/effective/maintenance/volume-copy/last-time', start + 60 * day);
	assert.equal(await isDue(62), false);
	assert.equal(await isDue(91), true);
});
