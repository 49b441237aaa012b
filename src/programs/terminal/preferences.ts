/** What the person chose for all terminals, in `terminal.json` of the settings folder. */
import { joinPath } from '#base/path.ts';
import type { System } from '#runtime/system.ts';
import { findText, writeText } from '#runtime/text-files.ts';

export interface TerminalPreferences {
	readonly fontSize: number;
	/** Keeps the text where a screen reader can find it. */
	readonly screenReader: boolean;
}

export const smallestFont = 8;
export const largestFont = 32;
export const defaultPreferences: TerminalPreferences = { fontSize: 14, screenReader: false };

export async function loadPreferences(system: System, home: string): Promise<TerminalPreferences> {
	const text = await findText(system, preferencesPath(home));
	return text === undefined ? defaultPreferences : parsePreferences(text);
}

/** A damaged file counts as none. */
export function parsePreferences(text: string): TerminalPreferences {
	try {
		const { fontSize, screenReader } = JSON.parse(text) as Partial<Record<keyof TerminalPreferences, unknown>>;
		return {
			fontSize: typeof fontSize === 'number' ? clampFontSize(fontSize) : defaultPreferences.fontSize,
			screenReader: screenReader === true,
		};
	} catch {
		return defaultPreferences;
	}
}

export function savePreferences(system: System, home: string, preferences: TerminalPreferences): Promise<void> {
	return writeText(system, preferencesPath(home), `${JSON.stringify(preferences, undefined, '\t')}\n`);
}

export function clampFontSize(size: number): number {
	return Math.min(largestFont, Math.max(smallestFont, Math.round(size)));
}

function preferencesPath(home: string): string {
	return joinPath(home, 'Settings', 'terminal.json');
}
