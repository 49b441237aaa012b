/**
 * Brings the appearance to the page: attributes and custom properties of the root element, and the wallpaper.
 *
 * The settings of the last time are kept where the page finds them before anything is loaded (`appearance-hint.js`
 * reads them), so that the first paint is right already. The truth is the file on the volume.
 */
import type { Appearance, AppearanceSettings } from '#runtime/window-program.ts';
import { parseAppearance } from './appearance-model.ts';
import { findWallpaper, wallpaperUrl } from './wallpapers.ts';

const hintKey = 'vitrine.appearance-hint';

export function applyAppearance(root: HTMLElement, wallpaper: HTMLElement, appearance: Appearance): void {
	const { settings, resolvedTheme, glassLevel } = appearance;
	if (settings.theme === 'automatic') delete root.dataset.theme;
	else root.dataset.theme = settings.theme;
	root.dataset.glass = glassLevel;
	if (settings.reduceMotion) root.dataset.motion = 'reduced';
	else delete root.dataset.motion;
	root.style.setProperty('--accent-hue', String(settings.accentHue));
	const picture = `url("${wallpaperUrl(settings.wallpaper, resolvedTheme)}")`;
	const base = findWallpaper(settings.wallpaper).base[resolvedTheme];
	if (wallpaper.style.backgroundImage !== picture) {
		wallpaper.style.backgroundImage = picture;
		wallpaper.style.backgroundColor = base;
	}
	storeHint({ ...settings, picture, base });
}

interface AppearanceHint extends AppearanceSettings {
	/** What the first paint shows, as values of CSS. */
	readonly picture: string;
	readonly base: string;
}

function storeHint(hint: AppearanceHint): void {
	try {
		// biome-ignore lint/style/noRestrictedGlobals: only a hint for the first paint; the truth is on the volume
		localStorage.setItem(hintKey, JSON.stringify(hint));
	} catch (error) {
		// Storage may be closed to the page; then the first paint takes the defaults.
		if (!(error instanceof DOMException)) throw error;
	}
}

/** The settings of the last time, before the volume is there. */
export function readAppearanceHint(): AppearanceSettings | undefined {
	try {
		// biome-ignore lint/style/noRestrictedGlobals: only a hint for the first paint; the truth is on the volume
		const text = localStorage.getItem(hintKey);
		return text === null ? undefined : parseAppearance(JSON.parse(text));
	} catch (error) {
		if (error instanceof SyntaxError || error instanceof DOMException) return undefined;
		throw error;
	}
}
