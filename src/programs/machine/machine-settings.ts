/** How machines are shown and heard: the settings `machines/…`, kept as the person changes them. */
import type { SettingDefinition, SettingValue } from '#abi/structures.generated.ts';
import { joinPath } from '#base/path.ts';
import { readGroup, takeOverFile, writeGroup } from '#runtime/setting-group.ts';
import type { System } from '#runtime/system.ts';
import type { KnownFolders } from '#runtime/window-program.ts';

export interface MachineSettings {
	readonly sound: boolean;
	/** `crisp`: whole multiples of the guest's dots. `smooth`: as large as fits. */
	readonly scaling: 'crisp' | 'smooth';
	/** Shows pictures in the shape that a monitor of the time gave them. */
	readonly aspectCorrection: boolean;
	/** DOS: close the window when the program has ended. */
	readonly closeAtEnd: boolean;
}

export const defaultSettings: MachineSettings = {
	sound: true,
	scaling: 'crisp',
	aspectCorrection: true,
	closeAtEnd: false,
};

const group = 'machines';
const scalings: readonly string[] = ['crisp', 'smooth'];
const boolean = (value: boolean): SettingValue => ({ type: 'boolean', boolean: value });

export const machineSettings: readonly SettingDefinition[] = [
	{
		...{ name: 'machines/sound', title: 'Sound of old programs', scope: 'user', choices: [] },
		...{ summary: 'Machines are heard.', default: boolean(defaultSettings.sound) },
	},
	{
		...{
			name: 'machines/scaling',
			title: 'Size of the picture of old programs',
			scope: 'user',
			choices: [...scalings],
		},
		summary: 'Crisp: whole multiples of the dots. Smooth: as large as fits.',
		default: { type: 'string', text: defaultSettings.scaling },
	},
	{
		...{
			name: 'machines/aspect-correction',
			title: 'Shape of the picture of old programs',
			scope: 'user',
			choices: [],
		},
		summary: 'Pictures have the shape that a monitor of the time gave them.',
		default: boolean(defaultSettings.aspectCorrection),
	},
	{
		...{ name: 'machines/close-at-end', title: 'Close the window of a DOS program', scope: 'user', choices: [] },
		summary: 'The window goes when the program has ended.',
		default: boolean(defaultSettings.closeAtEnd),
	},
];

export async function loadSettings(system: System, folders: KnownFolders): Promise<MachineSettings> {
	await takeOverFile(system, group, { path: joinPath(folders.home, 'Settings', 'machine.json'), parse: parseSettings });
	return readGroup(system, group, defaultSettings);
}

/** What version 1 kept in a file. A damaged one says nothing, a damaged value of it nothing of that one. */
function parseSettings(text: string): Partial<MachineSettings> | undefined {
	try {
		const json = JSON.parse(text) as Readonly<Record<string, unknown>>;
		const usable = Object.entries(defaultSettings).filter(
			([name, value]) =>
				typeof json[name] === typeof value && (name !== 'scaling' || scalings.includes(String(json[name]))),
		);
		return Object.fromEntries(usable.map(([name]) => [name, json[name]]));
	} catch (error) {
		if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
		throw error;
	}
}

export function saveSettings(system: System, settings: MachineSettings): Promise<void> {
	return writeGroup(system, group, settings);
}
