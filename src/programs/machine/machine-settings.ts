/** How machines are shown and heard: one small file among the person's settings, kept as the person changes it. */
import { OsError } from '#abi/errors.ts';
import { joinPath } from '#base/path.ts';
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

const largestFile = 64 * 1024;

function settingsPath(folders: KnownFolders): string {
	return joinPath(folders.home, 'Settings', 'machine.json');
}

export async function loadSettings(system: System, folders: KnownFolders): Promise<MachineSettings> {
	try {
		const bytes = await system.pathRead(settingsPath(folders), largestFile);
		return { ...defaultSettings, ...(JSON.parse(new TextDecoder().decode(bytes)) as Partial<MachineSettings>) };
	} catch (error) {
		// None yet, or one that somebody spoilt: the machine starts as it would the first time.
		if (error instanceof OsError || error instanceof SyntaxError) return defaultSettings;
		throw error;
	}
}

export async function saveSettings(system: System, folders: KnownFolders, settings: MachineSettings): Promise<void> {
	const bytes = new TextEncoder().encode(`${JSON.stringify(settings, undefined, '\t')}\n`);
	await system.pathWrite(settingsPath(folders), bytes, 'replace');
}
