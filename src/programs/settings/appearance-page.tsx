/** Theme, accent, wallpaper, glass, motion. Every change shows at once. */
import { useSyncExternalStore } from 'react';
import type { Appearance, AppearanceSettings, GlassLevel, ThemeChoice } from '#runtime/window-program.ts';
import { RadioGroup } from '#ui/controls/radio-group.tsx';
import { Slider } from '#ui/controls/slider.tsx';
import { Switch } from '#ui/controls/switch.tsx';
import { Section, SettingRow } from './section.tsx';

const themes: readonly { value: ThemeChoice; label: string }[] = [
	{ value: 'light', label: 'Light' },
	{ value: 'dark', label: 'Dark' },
	{ value: 'automatic', label: 'As the browser' },
];

const glassNames: Readonly<Record<GlassLevel, string>> = { full: 'Full', layered: 'Layered', basic: 'Basic' };

const glassChoices: readonly { value: AppearanceSettings['glass']; label: string; hint: string }[] = [
	{ value: 'automatic', label: 'Automatic', hint: 'As much glass as this computer draws smoothly' },
	{ value: 'full', label: 'Full', hint: 'What is behind a window shows through, blurred' },
	{ value: 'layered', label: 'Layered', hint: 'Looks the same over the wallpaper, and costs far less' },
	{ value: 'basic', label: 'Basic', hint: 'No transparency' },
];

/** Hues that differ clearly and have a name. */
const accents: readonly { hue: number; title: string }[] = [
	{ hue: 245, title: 'Blue' },
	{ hue: 195, title: 'Teal' },
	{ hue: 150, title: 'Green' },
	{ hue: 75, title: 'Amber' },
	{ hue: 40, title: 'Orange' },
	{ hue: 15, title: 'Red' },
	{ hue: 345, title: 'Pink' },
	{ hue: 300, title: 'Violet' },
];

const hueTrack = `linear-gradient(to right, ${Array.from({ length: 13 }, (_, index) => `oklch(65% 0.14 ${index * 30})`).join(', ')})`;

function WallpaperChoice({ appearance, current }: { appearance: Appearance; current: string }) {
	return (
		<div className="wallpaper-choices">
			{appearance.wallpapers.map(({ id, title, url }) => (
				<button
					key={id}
					type="button"
					className="wallpaper-choice"
					aria-pressed={id === current}
					onClick={() => appearance.change({ wallpaper: id })}
				>
					{url === undefined ? null : <img src={url} alt="" />}
					<span>{title}</span>
				</button>
			))}
		</div>
	);
}

export function AppearancePage({ appearance }: { appearance: Appearance }) {
	const settings = useSyncExternalStore(appearance.subscribe, () => appearance.settings);
	const glassLevel = useSyncExternalStore(appearance.subscribe, () => appearance.glassLevel);
	const change = (parts: Partial<AppearanceSettings>) => appearance.change(parts);
	return (
		<>
			<Section title="Theme">
				<RadioGroup<ThemeChoice>
					{...{ label: 'Theme', hideLabel: true, value: settings.theme, options: themes, orientation: 'horizontal' }}
					onChange={(theme) => change({ theme })}
				/>
			</Section>
			<Section title="Accent colour">
				<div className="accent-choices">
					{accents.map(({ hue, title }) => (
						<button
							key={hue}
							type="button"
							className="accent-choice"
							aria-label={title}
							aria-pressed={settings.accentHue === hue}
							style={{ '--hue': hue } as React.CSSProperties}
							onClick={() => change({ accentHue: hue })}
						/>
					))}
				</div>
				<Slider
					{...{ label: 'Any hue', value: settings.accentHue, minimum: 0, maximum: 360 }}
					trackStyle={{ background: hueTrack }}
					format={(hue) => `${hue}°`}
					onChange={(accentHue) => change({ accentHue })}
				/>
			</Section>
			<Section title="Wallpaper">
				<WallpaperChoice appearance={appearance} current={settings.wallpaper} />
			</Section>
			<Section title="Glass">
				<RadioGroup<AppearanceSettings['glass']>
					{...{ label: 'Glass', hideLabel: true, value: settings.glass, options: glassChoices }}
					onChange={(glass) => change({ glass })}
				/>
				<p className="settings-note">In use now: {glassNames[glassLevel]}.</p>
			</Section>
			<Section title="Motion">
				<SettingRow title="Reduce motion" hint="Windows and menus appear without moving.">
					<Switch
						on={settings.reduceMotion}
						ariaLabel="Reduce motion"
						onChange={(reduceMotion) => change({ reduceMotion })}
					>
						{settings.reduceMotion ? 'On' : 'Off'}
					</Switch>
				</SettingRow>
			</Section>
		</>
	);
}
