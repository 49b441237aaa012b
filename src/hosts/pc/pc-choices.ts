/**
 * What the settings of the PC may be: the keyboard layouts and the time zones that the image has.
 *
 * Sources: `rules/evdev.lst` of xkeyboard-config, in sections that begin with `! NAME`, a line each of a name, spaces and a
 * title, which in `! variant` begins with the layout and a colon; `zone.tab` of the IANA database, whose third column is the
 * name of a zone.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { PcChoices, PcKeyboardLayout } from '#abi/structures.generated.ts';

export const layoutList = '/usr/share/X11/xkb/rules/evdev.lst';
export const zoneFolder = '/usr/share/zoneinfo';

export async function readChoices(): Promise<PcChoices> {
	return { keyboardLayouts: await listKeyboardLayouts(layoutList), timeZones: await listTimeZones(zoneFolder) };
}

/** By their names; `Etc/UTC` is no place, and not in the table. */
export async function listTimeZones(folder: string): Promise<string[]> {
	const table = await readFile(path.join(folder, 'zone.tab'), 'utf8');
	const lines = table.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
	return [...lines.map((line) => line.split('\t')[2] ?? ''), 'Etc/UTC'].sort();
}

/** By their titles. */
export async function listKeyboardLayouts(file: string): Promise<PcKeyboardLayout[]> {
	const found: PcKeyboardLayout[] = [];
	let section = '';
	for (const line of (await readFile(file, 'utf8')).split('\n')) {
		section = /^! (\w+)/.exec(line)?.[1] ?? section;
		const [, name = '', rest = ''] = /^ {2}(\S+)\s+(.*\S)\s*$/.exec(line) ?? [];
		if (name === '') continue;
		if (section === 'layout' && name !== 'custom') found.push({ id: name, title: rest });
		const [, layout, title = ''] = /^([\w-]+): (.*)$/.exec(rest) ?? [];
		if (section === 'variant' && layout !== undefined) found.push({ id: `${layout}(${name})`, title });
	}
	return found.sort((one, other) => one.title.localeCompare(other.title, 'en'));
}
