import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppearanceModel, defaultAppearance, parseAppearance } from './appearance-model.ts';

test('what a file spoils takes its default, the rest holds', () => {
	const parsed = parseAppearance({ theme: 'dark', glass: 'thick', wallpaper: 'gone', accentHue: 900, reduceMotion: 1 });
	assert.deepEqual(parsed, { ...defaultAppearance, theme: 'dark' });
	assert.deepEqual(parseAppearance(null), defaultAppearance);
});

test('an automatic theme follows the host, a chosen one does not', () => {
	const appearance = new AppearanceModel(defaultAppearance, false);
	appearance.setSystemIsDark(true);
	assert.equal(appearance.resolvedTheme, 'dark');
	appearance.change({ theme: 'light' });
	assert.equal(appearance.resolvedTheme, 'light');
});

test('measured glass counts only while glass is automatic', () => {
	const appearance = new AppearanceModel(defaultAppearance, false);
	appearance.setMeasuredGlass('full');
	assert.equal(appearance.glassLevel, 'full');
	appearance.change({ glass: 'basic' });
	assert.equal(appearance.glassLevel, 'basic');
});

test('only what the person chose is told as chosen', () => {
	const appearance = new AppearanceModel(defaultAppearance, false);
	const chosen: unknown[] = [];
	appearance.onChosen((settings) => chosen.push(settings.accentHue));
	appearance.load({ ...defaultAppearance, accentHue: 10 });
	appearance.setMeasuredGlass('full');
	appearance.change({ accentHue: 20 });
	assert.deepEqual(chosen, [20]);
});
