import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { frameSize } from './geometry.ts';
import { WindowManager, type WindowOptions } from './window-manager.ts';

const screen = { width: 1280, height: 720 };
const workArea = { x: 0, y: 0, width: 1280, height: 672 };

function makeManager(): WindowManager {
	return new WindowManager(screen, workArea);
}

function options(title: string, more: Partial<WindowOptions> = {}): WindowOptions {
	return { title, icon: 'notepad', content: null, size: { width: 600, height: 400 }, ...more };
}

const titles = (manager: WindowManager) =>
	[...manager.windows].sort((a, b) => a.order - b.order).map((window) => window.title);
const focusedTitle = (manager: WindowManager) => manager.windows.find((window) => window.focused)?.title;

describe('opening and focus', () => {
	test('a new window has the focus, stands on top and a step further than the one before', () => {
		const manager = makeManager();
		const a = manager.open(options('A'));
		const b = manager.open(options('B'));
		assert.equal(focusedTitle(manager), 'B');
		assert.deepEqual(titles(manager), ['A', 'B']);
		const [first, second] = [manager.find(a.id), manager.find(b.id)];
		assert.equal(first?.bounds.width, frameSize({ width: 600, height: 400 }).width);
		assert.equal((second?.bounds.x ?? 0) - (first?.bounds.x ?? 0), 32);
	});

	test('focus raises without changing the order of opening, and keeps the snapshots of others', () => {
		const manager = makeManager();
		const a = manager.open(options('A'));
		manager.open(options('B'));
		const c = manager.open(options('C'));
		manager.focus(a.id);
		assert.deepEqual(titles(manager), ['B', 'C', 'A']);
		assert.deepEqual(
			manager.windows.map((window) => window.title),
			['A', 'B', 'C'],
		);
		const before = manager.find(c.id);
		a.setTitle('A2');
		assert.equal(manager.find(c.id), before);
	});

	test('closing gives the focus to the window below, minimised ones are passed over', () => {
		const manager = makeManager();
		manager.open(options('A'));
		const b = manager.open(options('B'));
		const c = manager.open(options('C'));
		manager.minimize(b.id);
		c.close();
		assert.equal(focusedTitle(manager), 'A');
	});

	test('attention lasts until the window has the focus', () => {
		const manager = makeManager();
		const a = manager.open(options('A'));
		manager.open(options('B'));
		a.requestAttention();
		assert.equal(manager.find(a.id)?.attention, true);
		manager.focus(a.id);
		assert.equal(manager.find(a.id)?.attention, false);
	});
});

describe('modality', () => {
	test('a modal window stands above its owner and takes its focus, flashing', () => {
		const manager = makeManager();
		const owner = manager.open(options('Owner'));
		const modal = manager.open(options('Question', { ownerId: owner.id, resizable: false }));
		manager.open(options('Other'));
		manager.focus(owner.id);
		assert.deepEqual(titles(manager), ['Other', 'Owner', 'Question']);
		assert.equal(focusedTitle(manager), 'Question');
		assert.equal(manager.find(modal.id)?.flashes, 1);
		assert.equal(manager.find(owner.id)?.blocked, true);
	});

	test('a blocked window cannot be closed; its modal one closes and gives the focus back', async () => {
		const manager = makeManager();
		const owner = manager.open(options('Owner'));
		const modal = manager.open(options('Question', { ownerId: owner.id }));
		assert.equal(await owner.requestClose(), false);
		modal.close();
		assert.equal(focusedTitle(manager), 'Owner');
		assert.equal(await owner.requestClose(), true);
		assert.equal(manager.windows.length, 0);
	});

	test('closing an owner closes what it owns and tells each', () => {
		const manager = makeManager();
		const owner = manager.open(options('Owner'));
		const modal = manager.open(options('Question', { ownerId: owner.id }));
		const closed: string[] = [];
		owner.onClosed(() => closed.push('owner'));
		modal.onClosed(() => closed.push('modal'));
		owner.close();
		assert.deepEqual(closed, ['modal', 'owner']);
	});

	test('minimising a family minimises all of it', () => {
		const manager = makeManager();
		const owner = manager.open(options('Owner'));
		const modal = manager.open(options('Question', { ownerId: owner.id }));
		manager.minimize(modal.id);
		assert.equal(manager.find(owner.id)?.minimized, true);
		manager.focus(owner.id);
		assert.equal(manager.find(owner.id)?.minimized, false);
		assert.equal(focusedTitle(manager), 'Question');
	});
});

describe('close guard', () => {
	test('a guard that says no keeps the window; asking twice asks once', async () => {
		let asked = 0;
		const manager = makeManager();
		const handle = manager.open(
			options('A', {
				closeGuard: async () => {
					asked++;
					return asked > 1;
				},
			}),
		);
		const [first, second] = await Promise.all([handle.requestClose(), handle.requestClose()]);
		assert.deepEqual([first, second, asked], [false, false, 1]);
		assert.equal(await handle.requestClose(), true);
	});
});

describe('placement', () => {
	test('snapping fills exact halves and quarters, restoring gives the old bounds', () => {
		const manager = makeManager();
		const { id } = manager.open(options('A'));
		const before = manager.find(id)?.bounds;
		manager.snap(id, 'left');
		assert.deepEqual(manager.find(id)?.bounds, { x: 0, y: 0, width: 640, height: 672 });
		manager.snap(id, 'bottom-right');
		assert.deepEqual(manager.find(id)?.bounds, { x: 640, y: 336, width: 640, height: 336 });
		manager.restore(id);
		assert.deepEqual(manager.find(id)?.bounds, before);
	});

	test('arrows walk left half, normal, right half and round again', () => {
		const manager = makeManager();
		const { id } = manager.open(options('A'));
		const placements = (['right', 'right', 'right', 'left', 'left', 'left'] as const).map((key) => {
			manager.snapByKey(id, key);
			return manager.find(id)?.placement;
		});
		assert.deepEqual(placements, ['right', 'left', 'normal', 'left', 'right', 'normal']);
	});

	test('up maximises, down restores, down again minimises', () => {
		const manager = makeManager();
		const { id } = manager.open(options('A'));
		manager.snapByKey(id, 'up');
		assert.deepEqual(manager.find(id)?.bounds, workArea);
		manager.snapByKey(id, 'down');
		assert.equal(manager.find(id)?.placement, 'normal');
		manager.snapByKey(id, 'down');
		assert.equal(manager.find(id)?.minimized, true);
	});

	test('a window that cannot be resized does not snap', () => {
		const manager = makeManager();
		const { id } = manager.open(options('A', { resizable: false }));
		manager.snap(id, 'left');
		manager.maximize(id);
		assert.equal(manager.find(id)?.placement, 'normal');
	});

	test('every title bar stays in reach when the screen shrinks', () => {
		const manager = makeManager();
		const a = manager.open(options('A'));
		manager.move(a.id, { x: 1200, y: 640, width: 612, height: 442 });
		manager.setScreen({ width: 500, height: 400 }, { x: 0, y: 0, width: 500, height: 352 });
		const bounds = manager.find(a.id)?.bounds;
		assert.ok(bounds !== undefined && bounds.x <= 500 - 120 && bounds.y <= 352 - 36 && bounds.width <= 500);
	});

	test('a maximised window follows the work area', () => {
		const manager = makeManager();
		const { id } = manager.open(options('A'));
		manager.maximize(id);
		manager.setScreen({ width: 1920, height: 1080 }, { x: 0, y: 0, width: 1920, height: 1032 });
		assert.deepEqual(manager.find(id)?.bounds, { x: 0, y: 0, width: 1920, height: 1032 });
	});

	test('a program opens again in the size it had, maximised if it was', () => {
		const manager = makeManager();
		const first = manager.open(options('A', { programName: 'notepad' }));
		manager.move(first.id, { x: 10, y: 10, width: 700, height: 500 });
		first.close();
		const second = manager.open(options('A', { programName: 'notepad' }));
		assert.equal(manager.find(second.id)?.bounds.width, 700);
		manager.maximize(second.id);
		second.close();
		const third = manager.open(options('A', { programName: 'notepad' }));
		assert.equal(manager.find(third.id)?.placement, 'maximized');
		assert.equal(manager.find(third.id)?.normalBounds.width, 700);
	});

	test('full screen covers the taskbar and gives the bounds back', () => {
		const manager = makeManager();
		const handle = manager.open(options('A'));
		const before = manager.find(handle.id)?.bounds;
		handle.setFullScreen(true);
		assert.deepEqual(manager.find(handle.id)?.bounds, { x: 0, y: 0, width: 1280, height: 720 });
		handle.setFullScreen(false);
		assert.deepEqual(manager.find(handle.id)?.bounds, before);
		manager.maximize(handle.id);
		handle.setFullScreen(true);
		handle.setFullScreen(false);
		assert.equal(manager.find(handle.id)?.placement, 'maximized');
	});

	test('a screen that grows again gives the bounds back that it took', () => {
		const manager = makeManager();
		const { id } = manager.open(options('A'));
		manager.move(id, { x: 500, y: 300, width: 700, height: 360 });
		manager.setScreen({ width: 640, height: 360 }, { x: 0, y: 0, width: 640, height: 312 });
		assert.equal(manager.find(id)?.bounds.height, 312);
		manager.setScreen({ width: 1280, height: 720 }, { x: 0, y: 0, width: 1280, height: 672 });
		assert.deepEqual(manager.find(id)?.bounds, { x: 500, y: 300, width: 700, height: 360 });
	});

	test('thirty new windows stand at thirty places, and a place that became free is used again', () => {
		const manager = makeManager();
		const large = { ...options('A'), size: { width: 720, height: 500 } };
		const handles = Array.from({ length: 30 }, () => manager.open(large));
		const places = manager.windows.map(({ bounds }) => `${bounds.x} ${bounds.y}`);
		assert.equal(new Set(places).size, 30);
		assert.ok(
			manager.windows.every(({ bounds: { x, y, width, height } }) => x >= 0 && x + width <= 1280 && y + height <= 672),
		);
		const small = manager.open({ ...options('B'), size: { width: 700, height: 460 } });
		const { bounds } = manager.find(small.id) ?? {};
		assert.ok(
			manager.windows.every(
				({ id, bounds: { x, y } }) =>
					id === small.id || Math.abs(x - (bounds?.x ?? x)) >= 32 || Math.abs(y - (bounds?.y ?? y)) >= 32,
			),
		);
		small.close();
		handles[4]?.close();
		const { id } = manager.open(large);
		assert.equal(`${manager.find(id)?.bounds.x} ${manager.find(id)?.bounds.y}`, places[4]);
	});
});

describe('show desktop', () => {
	test('it brings back the same set, order and focus', () => {
		const manager = makeManager();
		const a = manager.open(options('A'));
		manager.open(options('B'));
		const c = manager.open(options('C'));
		manager.minimize(c.id);
		manager.focus(a.id);
		const before = titles(manager);
		manager.toggleShowDesktop();
		assert.ok(manager.windows.every((window) => window.minimized));
		manager.toggleShowDesktop();
		assert.deepEqual(titles(manager), before);
		assert.equal(focusedTitle(manager), 'A');
		assert.equal(manager.find(c.id)?.minimized, true);
	});

	test('a window opened meanwhile cancels the return', () => {
		const manager = makeManager();
		const a = manager.open(options('A'));
		manager.toggleShowDesktop();
		manager.open(options('B'));
		manager.toggleShowDesktop();
		assert.equal(manager.find(a.id)?.minimized, true);
		assert.ok(manager.windows.every((window) => window.minimized));
	});
});
