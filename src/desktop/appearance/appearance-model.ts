/**
 * What the person chose for the look of the desktop, and what follows from it: the theme and the glass in use.
 *
 * Rules of use:
 * - The glass level of `automatic` comes from the frame times (`GlassGovernor`), through `setMeasuredGlass`.
 * - Knows no DOM; `applyAppearance` brings it to the page.
 */
import { Emitter } from '#base/emitter.ts';
import type { Appearance, AppearanceSettings, GlassLevel } from '#runtime/window-program.ts';
import { fieldsOf } from '../settings/settings-file.ts';
import { defaultWallpaper, findWallpaper, wallpapers, wallpaperUrl } from './wallpapers.ts';

export const defaultAppearance: AppearanceSettings = {
	theme: 'automatic',
	glass: 'automatic',
	wallpaper: defaultWallpaper,
	accentHue: 245,
	reduceMotion: false,
};

const themes: readonly unknown[] = ['light', 'dark', 'automatic'];
const glassLevels: readonly unknown[] = ['full', 'layered', 'basic', 'automatic'];

/** What `json` says, with the default for every field that it leaves out or spoils. */
export function parseAppearance(json: unknown): AppearanceSettings {
	const { theme, glass, wallpaper, accentHue, reduceMotion } = fieldsOf(json);
	return {
		theme: themes.includes(theme) ? (theme as AppearanceSettings['theme']) : defaultAppearance.theme,
		glass: glassLevels.includes(glass) ? (glass as AppearanceSettings['glass']) : defaultAppearance.glass,
		wallpaper: findWallpaper(typeof wallpaper === 'string' ? wallpaper : defaultWallpaper).id,
		accentHue: typeof accentHue === 'number' && accentHue >= 0 && accentHue <= 360 ? accentHue : 245,
		reduceMotion: reduceMotion === true,
	};
}

export class AppearanceModel implements Appearance {
	readonly wallpapers = wallpapers.map(({ id, title }) => ({ id, title, url: wallpaperUrl(id, 'light') }));
	readonly #changes = new Emitter<void>();
	readonly #chosen = new Emitter<AppearanceSettings>();
	#settings: AppearanceSettings;
	#measuredGlass: GlassLevel = 'layered';
	#systemIsDark: boolean;

	constructor(settings: AppearanceSettings, systemIsDark: boolean) {
		this.#settings = settings;
		this.#systemIsDark = systemIsDark;
	}

	get settings(): AppearanceSettings {
		return this.#settings;
	}

	get glassLevel(): GlassLevel {
		return this.#settings.glass === 'automatic' ? this.#measuredGlass : this.#settings.glass;
	}

	get resolvedTheme(): 'light' | 'dark' {
		const { theme } = this.#settings;
		if (theme !== 'automatic') return theme;
		return this.#systemIsDark ? 'dark' : 'light';
	}

	/** Fires when the person chose something, with all settings; not for what is loaded or measured. */
	get onChosen() {
		return this.#chosen.event;
	}

	change(settings: Partial<AppearanceSettings>): void {
		this.load({ ...this.#settings, ...settings });
		this.#chosen.fire(this.#settings);
	}

	load(settings: AppearanceSettings): void {
		this.#settings = parseAppearance(settings);
		this.#changes.fire();
	}

	setMeasuredGlass(level: GlassLevel): void {
		this.#measuredGlass = level;
		this.#changes.fire();
	}

	setSystemIsDark(dark: boolean): void {
		this.#systemIsDark = dark;
		this.#changes.fire();
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		const subscription = this.#changes.event(listener);
		return () => subscription.dispose();
	};
}
