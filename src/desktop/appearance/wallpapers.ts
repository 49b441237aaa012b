/**
 * The wallpapers, each drawn by us as an SVG for light and for dark.
 * `base` is the colour under it, painted before the picture is there.
 */

export interface Wallpaper {
	readonly id: string;
	readonly title: string;
	readonly base: { readonly light: string; readonly dark: string };
}

export const wallpapers: readonly Wallpaper[] = [
	{ id: 'lagoon', title: 'Lagoon', base: { light: '#7fb8e6', dark: '#0d2038' } },
	{ id: 'dunes', title: 'Dunes', base: { light: '#e9c7a6', dark: '#2a1a22' } },
	{ id: 'ridge', title: 'Ridge', base: { light: '#bcd3e4', dark: '#131c2e' } },
	{ id: 'petals', title: 'Petals', base: { light: '#d9c6ec', dark: '#1e1631' } },
	{ id: 'plain', title: 'Plain', base: { light: '#c3cfdd', dark: '#1a212d' } },
];

export const defaultWallpaper = 'lagoon';

export function findWallpaper(id: string): Wallpaper {
	return wallpapers.find((wallpaper) => wallpaper.id === id) ?? (wallpapers[0] as Wallpaper);
}

export function wallpaperUrl(id: string, theme: 'light' | 'dark'): string {
	return new URL(`./wallpapers/${findWallpaper(id).id}-${theme}.svg`, import.meta.url).href;
}
