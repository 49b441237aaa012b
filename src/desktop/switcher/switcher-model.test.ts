import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WindowManager } from '../windows/window-manager.ts';
import { SwitcherModel } from './switcher-model.ts';

function makeSwitcher(titles: readonly string[]) {
	const windows = new WindowManager({ width: 1280, height: 720 }, { x: 0, y: 0, width: 1280, height: 672 });
	const handles = titles.map((title) =>
		windows.open({ title, icon: 'notepad', content: null, size: { width: 400, height: 300 } }),
	);
	return { windows, handles, switcher: new SwitcherModel(windows) };
}

const focusedTitle = (windows: WindowManager) => windows.windows.find((window) => window.focused)?.title;

test('one press and letting go swaps the last two', () => {
	const { windows, switcher } = makeSwitcher(['A', 'B', 'C']);
	switcher.step(1);
	switcher.commit();
	assert.equal(focusedTitle(windows), 'B');
	switcher.step(1);
	switcher.commit();
	assert.equal(focusedTitle(windows), 'C');
});

test('further presses go on in the order of last use, the desktop last', () => {
	const { windows, switcher } = makeSwitcher(['A', 'B', 'C']);
	switcher.step(1);
	switcher.step(1);
	assert.deepEqual(
		switcher.targets.map((target) => (target === 'desktop' ? target : target.title)),
		['C', 'B', 'A', 'desktop'],
	);
	switcher.commit();
	assert.equal(focusedTitle(windows), 'A');
});

test('backwards begins at the desktop, which shows it', () => {
	const { windows, switcher } = makeSwitcher(['A', 'B']);
	switcher.step(-1);
	switcher.commit();
	assert.ok(windows.windows.every((window) => window.minimized));
});

test('escape leaves all as it was', () => {
	const { windows, switcher } = makeSwitcher(['A', 'B']);
	switcher.step(1);
	assert.equal(switcher.key('Escape'), true);
	assert.equal(switcher.open, false);
	assert.equal(focusedTitle(windows), 'B');
});

test('a minimised window can be chosen and comes back', () => {
	const { windows, handles, switcher } = makeSwitcher(['A', 'B']);
	windows.minimize(handles[0]?.id ?? '');
	switcher.step(1);
	switcher.commit();
	assert.equal(focusedTitle(windows), 'A');
	assert.equal(windows.windows[0]?.minimized, false);
});

test('without windows nothing opens', () => {
	const { switcher } = makeSwitcher([]);
	switcher.step(1);
	assert.equal(switcher.open, false);
});
