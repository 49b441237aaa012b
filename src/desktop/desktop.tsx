/** The desktop as a whole: the area with its icons, the windows, the taskbar and what opens above it. */
import { lazy, Suspense, useEffect, useRef } from 'react';
import { DesktopArea } from './desktop-area.tsx';
import { useDesktop, useModel } from './desktop-context.ts';
import type { DesktopModel } from './desktop-model.ts';
import { returnFocus } from './keyboard/return-focus.ts';
import { NotificationCards } from './notifications/notification-cards.tsx';
import { ShellMenuHost } from './shell/shell-menu-host.tsx';
import { StartMenu } from './start/start-menu.tsx';
import { WindowSwitcher } from './switcher/window-switcher.tsx';
import { Taskbar } from './taskbar/taskbar.tsx';
import { SnapPreviewSheet } from './windows/snap-preview-sheet.tsx';
import { WindowFrame } from './windows/window-frame.tsx';
import './windows/glass.css';
import './desktop.css';

const flyouts = {
	calendar: lazy(() => import('./taskbar/calendar-flyout.tsx').then((module) => ({ default: module.CalendarFlyout }))),
	sound: lazy(() => import('./taskbar/sound-flyout.tsx').then((module) => ({ default: module.SoundFlyout }))),
	storage: lazy(() => import('./taskbar/storage-flyout.tsx').then((module) => ({ default: module.StorageFlyout }))),
	security: lazy(() => import('./security/security-screen.tsx')),
};

function Windows() {
	const { windows: manager } = useDesktop();
	const windows = useModel(manager, () => manager.windows);
	const peek = useModel(manager, () => manager.peek);
	return (
		<div className="window-layer">
			{windows.map((window) => (
				<WindowFrame key={window.id} window={window} peeked={peek !== undefined && peek !== window.id} />
			))}
			<SnapPreviewSheet />
		</div>
	);
}

const ApplianceScreen = lazy(() => import('./appliance/appliance-screen.tsx'));
const SecureDesktop = lazy(() => import('./elevation/secure-desktop.tsx'));

/** Loaded when a program asks for the first time. A desktop that is not shown asks nothing. */
function Elevation({ shown }: { shown: boolean }) {
	const { elevation } = useDesktop();
	const asks = useModel(elevation, () => elevation.question !== undefined);
	return asks && shown ? (
		<Suspense fallback={null}>
			<SecureDesktop />
		</Suspense>
	) : null;
}

function Popup() {
	const { popups } = useDesktop();
	const open = useModel(popups, () => popups.open);
	if (open === undefined) return null;
	if (open === 'start') return <StartMenu />;
	const FlyoutOf = flyouts[open];
	return (
		<Suspense fallback={null}>
			<FlyoutOf />
		</Suspense>
	);
}

/** Where the last window was closed or minimised the keyboard goes on at the icons. */
function useFocusWithoutWindows({ windows }: DesktopModel) {
	const focusedId = useModel(windows, () => windows.focusedId);
	const before = useRef(focusedId);
	useEffect(() => {
		const left = before.current !== undefined && focusedId === undefined;
		before.current = focusedId;
		if (!left) return;
		const active = document.activeElement as HTMLElement | null;
		if (active?.closest('.window') != null) active.blur();
		returnFocus(windows, null);
	}, [focusedId, windows]);
}

/** Keeps the model's screen at the size of the page. */
function useScreenSize(desktop: DesktopModel) {
	useEffect(() => {
		const onResize = () => desktop.setScreen({ width: innerWidth, height: innerHeight });
		addEventListener('resize', onResize);
		return () => removeEventListener('resize', onResize);
	}, [desktop]);
}

export interface DesktopProps {
	/** Another desktop, or a screen of the seat, may be before it. */
	readonly shown: boolean;
	/** The icons of the desktop's folder are listed. */
	onListed(): void;
}

export function Desktop({ shown, onListed }: DesktopProps) {
	const desktop = useDesktop();
	useScreenSize(desktop);
	useFocusWithoutWindows(desktop);
	if (desktop.appliance !== undefined)
		return (
			<Suspense fallback={null}>
				<ApplianceScreen appliance={desktop.appliance} onListed={onListed} />
				<Windows />
				<ShellMenuHost />
				<Elevation shown={shown} />
			</Suspense>
		);
	return (
		<>
			<DesktopArea onListed={onListed} />
			<Windows />
			<Taskbar />
			<Popup />
			<WindowSwitcher />
			<NotificationCards />
			<ShellMenuHost />
			<Elevation shown={shown} />
		</>
	);
}
