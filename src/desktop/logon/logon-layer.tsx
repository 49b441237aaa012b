/**
 * What stands before the desktops: set-up, logon and lock. A modal dialog of the browser, so that nothing behind it can be
 * reached, and with the wallpaper around it, so that nothing behind it can be seen.
 */
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { wrapTabFocus } from '#ui/focus.ts';
import { Icon } from '#ui/icon.tsx';
import { useModel } from '../desktop-context.ts';
import { type Typed, takeTyped } from '../seat/first-picture.ts';
import { useSeat } from '../seat/seat-context.ts';
import { isFullScreen, toggleFullScreen } from '../shell/full-screen.ts';
import { GlassBackdrop } from '../windows/glass-backdrop.tsx';
import { LogonScreen } from './logon-screen.tsx';
import { PowerCard } from './power-card.tsx';
import { RecoveryScreen } from './recovery-screen.tsx';
import { SetUpScreen } from './set-up-screen.tsx';
import '../taskbar/flyout.css';
import './logon.css';

const titles = { logon: 'Log on', 'set-up': 'Set up Vitrine', recovery: 'Recovery code' } as const;

type PowerWish = 'shut down' | 'restart';

/**
 * Nothing behind it is shown while it stands: not a menu that a program has left open either. Open before what is in it
 * takes the keyboard. Returns what was typed before, once it is open.
 */
function useCover(dialog: React.RefObject<HTMLDialogElement | null>): Typed | undefined {
	const [typed, setTyped] = useState<Typed | undefined>();
	useLayoutEffect(() => {
		const root = document.documentElement;
		root.dataset.covered = '';
		dialog.current?.showModal();
		// What shows it is made before the next key arrives.
		setTyped(takeTyped());
		return () => {
			delete root.dataset.covered;
		};
	}, [dialog]);
	return typed;
}

/** Until the system has told who there is, the page's first picture stays, and with it the field that is typed into. */
export default function LogonLayer() {
	const seat = useSeat();
	const screen = useModel(seat, () => seat.screen);
	const isConnected = useModel(seat.logon, () => seat.logon.view.isConnected);
	if (screen === 'desktop' || screen === 'off' || (screen === 'logon' && !isConnected)) return null;
	return <Cover screen={screen} />;
}

function Cover({ screen }: { screen: keyof typeof titles }) {
	const seat = useSeat();
	const dialog = useRef<HTMLDialogElement>(null);
	const [wish, setWish] = useState<PowerWish | undefined>();
	const typed = useCover(dialog);
	return (
		<dialog
			ref={dialog}
			className="logon"
			aria-label={titles[screen]}
			onKeyDown={(event) => {
				wrapTabFocus(event, event.currentTarget);
				if (event.key !== 'Escape') return;
				if (!event.defaultPrevented && screen === 'logon') seat.logon.leave();
				// The browser would close it.
				event.preventDefault();
			}}
			onClose={(event) => event.currentTarget.showModal()}
		>
			{screen === 'logon' ? <Clock /> : null}
			{screen === 'set-up' && typed !== undefined ? <SetUpScreen typed={typed.text} /> : null}
			{screen === 'logon' && typed !== undefined ? <LogonScreen typed={typed} /> : null}
			{screen === 'recovery' ? <RecoveryScreen /> : null}
			<Bar onWish={setWish} />
			{wish === undefined ? null : <PowerCard wish={wish} onClose={() => setWish(undefined)} />}
		</dialog>
	);
}

const everySecondMs = 1_000;

/** The time of this computer, as long as it is shown. */
function useNow(): Date {
	const [now, setNow] = useState(() => new Date());
	useEffect(() => {
		const timer = setInterval(() => setNow(new Date()), everySecondMs);
		return () => clearInterval(timer);
	}, []);
	return now;
}

function Clock() {
	const now = useNow();
	return (
		<div className="logon-clock">
			<time>{now.toLocaleTimeString(undefined, { timeStyle: 'short' })}</time>
			<span>{now.toLocaleDateString(undefined, { weekday: 'long', day: 'numeric', month: 'long' })}</span>
		</div>
	);
}

function Bar({ onWish }: { onWish(wish: PowerWish): void }) {
	return (
		<footer className="logon-bar glass">
			<GlassBackdrop />
			<Icon name="vitrine" size={32} />
			<span className="logon-bar-name">Vitrine</span>
			<BarButton label={isFullScreen() ? 'Leave full screen' : 'Full screen'} onPress={() => void toggleFullScreen()}>
				<Icon name={isFullScreen() ? 'corners-in' : 'corners-out'} size={20} />
			</BarButton>
			<BarButton label="Restart Vitrine" onPress={() => onWish('restart')}>
				<Icon name="arrow-clockwise" size={20} />
			</BarButton>
			<BarButton label="Shut down" onPress={() => onWish('shut down')}>
				<Icon name="power" size={20} />
			</BarButton>
		</footer>
	);
}

interface BarButtonProps {
	readonly label: string;
	readonly children: ReactNode;
	onPress(): void;
}

function BarButton({ label, children, onPress }: BarButtonProps) {
	return (
		<button type="button" className="logon-bar-button" aria-label={label} title={label} onClick={onPress}>
			{children}
		</button>
	);
}
