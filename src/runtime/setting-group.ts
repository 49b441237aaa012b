/**
 * Settings of one program that belong together, as one object: `fontSize` of the group `terminal` is the setting
 * `terminal/font-size`.
 *
 * Rules of use:
 * - `defaults` says which settings there are and of which type; a stored value of another type counts as none.
 * - `takeOverFile` brings the values of a file of an older version into the store, once: then the file goes. It is called
 *   before the group is read.
 */
import { OsError } from '#abi/errors.ts';
import type { SettingChange } from '#abi/structures.generated.ts';
import { type PlainValue, toPlainValue, toSettingValue } from './settings.ts';
import type { System } from './system.ts';
import { findText } from './text-files.ts';

export type SettingValues = Readonly<Record<string, PlainValue>>;

/** The number of settings of a group is small; a page of them is all of them. */
const mostInGroup = 1000;

/** What holds for the caller. */
export async function readGroup<T extends object>(system: System, group: string, defaults: T): Promise<T> {
	const settings = await system.settingList(`/effective/${group}`, '', mostInGroup);
	const stored = new Map(settings.map(({ key, value }) => [key, toPlainValue(value)]));
	const values = Object.entries(defaults).map(([name, value]) => {
		const found = stored.get(`/effective/${settingName(group, name)}`);
		return [name, typeof found === typeof value ? found : value];
	});
	return Object.fromEntries(values) as T;
}

/** Stores values for the caller's user, all in one transaction. */
export async function writeGroup(system: System, group: string, values: object): Promise<void> {
	await system.settingChange(changesOf(group, values), undefined);
}

/** Takes over what `parse` makes of an older version's file. One that it makes nothing of stays where it is. */
export async function takeOverFile(
	system: System,
	group: string,
	file: { readonly path: string; parse(text: string): object | undefined },
): Promise<void> {
	const text = await findText(system, file.path);
	const values = text === undefined ? undefined : file.parse(text);
	if (values === undefined) return;
	await system.settingChange(changesOf(group, values), undefined);
	try {
		await system.pathUnlink(file.path);
	} catch (error) {
		// Another window of the same program was quicker.
		if (!(error instanceof OsError && error.code === 'ENOENT')) throw error;
	}
}

function changesOf(group: string, values: object): SettingChange[] {
	return Object.entries(values as SettingValues).map(([name, value]) => ({
		key: `/user/self/${settingName(group, name)}`,
		value: toSettingValue(value),
	}));
}

function settingName(group: string, name: string): string {
	return `${group}/${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
