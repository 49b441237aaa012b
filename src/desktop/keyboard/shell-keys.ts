/**
 * Listens to the keys of the desktop, before any program does, and runs their commands.
 *
 * The Meta key alone opens Start when it is pressed and released with nothing between, where it arrives.
 */
import { type Disposable, toDisposable } from '#base/disposable.ts';
import type { DesktopModel } from '../desktop-model.ts';
import { findInShownDesktop } from '../seat/shown-desktop.ts';
import { toggleFullScreen } from '../shell/full-screen.ts';
import { keepPicture } from '../shell/screen-picture.ts';
import { commandOf, type ShellCommand } from '../shortcuts.ts';
import type { SnapKey } from '../windows/snap-keys.ts';
import { focusRegion } from './regions.ts';
import { returnFocus } from './return-focus.ts';

function snap(desktop: DesktopModel, key: SnapKey): void {
	const { windows } = desktop;
	const id = windows.focusedId ?? windows.recentWindows[0]?.id;
	if (id === undefined) return;
	// A minimised window comes back with "up".
	if (windows.find(id)?.minimized === true) windows.focus(id);
	else windows.snapByKey(id, key);
}

function closeFocused(desktop: DesktopModel): void {
	const { windows, power } = desktop;
	if (windows.focusedId === undefined) void power.askToShutDown();
	else void windows.requestClose(windows.focusedId);
}

function openSystemMenu(desktop: DesktopModel): void {
	const id = desktop.windows.focusedId;
	if (id === undefined) return;
	findInShownDesktop(`.window[data-window="${id}"] .window-corner`)?.click();
}

/** Commands that a held key gives again and again. Any other would close one window after the other, or open hundreds. */
const repeating: ReadonlySet<ShellCommand> = new Set(['switch', 'switch-back']);

function pressButton(desktop: DesktopModel, number: number): void {
	const group = desktop.taskbar.groups[number - 1];
	if (group !== undefined) desktop.taskbar.cycle(group);
}

function run(desktop: DesktopModel, command: ShellCommand): void {
	const { popups, windows, switcher } = desktop;
	if (command === 'start') popups.toggle('start');
	else if (command === 'switch') switcher.step(1);
	else if (command === 'switch-back') switcher.step(-1);
	else if (command === 'close') closeFocused(desktop);
	else if (command === 'system-menu') openSystemMenu(desktop);
	else if (command === 'show-desktop') windows.toggleShowDesktop();
	else if (command === 'next-region') focusRegion(desktop, 1);
	else if (command === 'previous-region') focusRegion(desktop, -1);
	else if (command === 'task-manager') desktop.launch('task-manager', []);
	else if (command === 'explorer') desktop.launch('explorer', []);
	else if (command === 'full-screen') void toggleFullScreen();
	else if (command === 'lock') desktop.host.lock('person');
	else if (command === 'security') popups.toggle('security');
	else if (command === 'picture') void keepPicture(desktop, 'screen');
	else if (command === 'window-picture') void keepPicture(desktop, 'window');
	else if (command.startsWith('snap-')) snap(desktop, command.slice('snap-'.length) as SnapKey);
	else pressButton(desktop, Number(command.slice('button-'.length)));
}

/** Of the keys of the desktop an appliance has one: the way out of it. The others do nothing, and reach no program. */
function runApplianceKey({ appliance }: DesktopModel, event: KeyboardEvent): void {
	const isWayOut = event.code === 'KeyA' && event.ctrlKey && event.altKey && event.shiftKey && !event.metaKey;
	const command = event.getModifierState('AltGraph') ? undefined : commandOf(event);
	const isProgramsOwn = command === undefined || command.endsWith('-region');
	if (!isWayOut && isProgramsOwn && event.key !== 'Meta') return;
	event.preventDefault();
	event.stopPropagation();
	if (isWayOut && !event.repeat) void appliance?.leave();
}

/** Listens until disposed, for the desktop that is shown. While none is, keys belong to what stands there instead. */
export function listenToShellKeys(shown: () => DesktopModel | undefined): Disposable {
	let metaAlone = false;
	const ended = new AbortController();
	const onDown = (event: KeyboardEvent) => {
		const desktop = shown();
		// The secure desktop has the keyboard to itself.
		if (desktop === undefined || desktop.elevation.question !== undefined) return;
		// A slow machine repeats a key that was only pressed: it stays alone.
		metaAlone = event.key === 'Meta' && (metaAlone || !event.repeat);
		// What had the focus may be gone, a card that was dismissed for instance: no key goes to nobody. Tab finds its
		// way from there by itself.
		if (event.key !== 'Tab' && document.querySelector('.shell-screen') === null) returnFocus(desktop.windows, null);
		if (desktop.appliance !== undefined) {
			metaAlone = false;
			runApplianceKey(desktop, event);
			return;
		}
		if (desktop.switcher.open && desktop.switcher.key(event.key)) {
			event.preventDefault();
			event.stopPropagation();
			return;
		}
		// AltGr writes characters on many layouts.
		const command = event.getModifierState('AltGraph') ? undefined : commandOf(event);
		if (command === undefined) return;
		event.preventDefault();
		event.stopPropagation();
		if (!event.repeat || repeating.has(command)) run(desktop, command);
	};
	const onUp = (event: KeyboardEvent) => {
		const desktop = shown();
		if (event.key === 'Control' || event.key === 'Alt') desktop?.switcher.commit();
		if (event.key === 'Meta' && metaAlone && desktop !== undefined && desktop.elevation.question === undefined)
			desktop.popups.toggle('start');
		metaAlone = false;
	};
	const options = { capture: true, signal: ended.signal };
	addEventListener('keydown', onDown, options);
	addEventListener('keyup', onUp, options);
	addEventListener('blur', () => shown()?.switcher.cancel(), { signal: ended.signal });
	return toDisposable(() => ended.abort());
}
