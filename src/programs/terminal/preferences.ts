/** What the person chose for all terminals: the settings `terminal/…`. */
import type { SettingDefinition } from '#abi/structures.generated.ts';
import { joinPath } from '#base/path.ts';
import { readGroup, takeOverFile, writeGroup } from '#runtime/setting-group.ts';
import type { System } from '#runtime/system.ts';

export interface TerminalPreferences {
	readonly fontSize: number;
	/** Keeps the text where a screen reader can find it. */
	readonly screenReader: boolean;
}

export const smallestFont = 8;
export const largestFont = 32;
export const defaultPreferences: TerminalPreferences = { fontSize: 14, screenReader: false };

const group = 'terminal';

export const terminalSettings: readonly SettingDefinition[] = [
	{
		...{ name: 'terminal/font-size', title: 'Size of the text in terminals', scope: 'user', choices: [] },
		summary: 'In pixels.',
		...{
			default: { type: 'integer', number: defaultPreferences.fontSize },
			minimum: smallestFont,
			maximum: largestFont,
		},
	},
	{
		...{ name: 'terminal/screen-reader', title: 'Terminals for a screen reader', scope: 'user', choices: [] },
		summary: 'Keeps the text of terminals where a screen reader can find it.',
		default: { type: 'boolean', boolean: defaultPreferences.screenReader },
	},
];

export async function loadPreferences(system: System, home: string): Promise<TerminalPreferences> {
	await takeOverFile(system, group, { path: joinPath(home, 'Settings', 'terminal.json'), parse: parsePreferences });
	return readGroup(system, group, defaultPreferences);
}

/** What version 1 kept in a file. A damaged one says nothing. */
export function parsePreferences(text: string): TerminalPreferences | undefined {
	try {
		const { fontSize, screenReader } = JSON.parse(text) as Partial<Record<keyof TerminalPreferences, unknown>>;
		return {
			fontSize: typeof fontSize === 'number' ? clampFontSize(fontSize) : defaultPreferences.fontSize,
			screenReader: screenReader === true,
		};
	} catch (error) {
		if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
		throw error;
	}
}

export function savePreferences(system: System, preferences: TerminalPreferences): Promise<void> {
	return writeGroup(system, group, preferences);
}

export function clampFontSize(size: number): number {
	return Math.min(largestFont, Math.max(smallestFont, Math.round(size)));
}
