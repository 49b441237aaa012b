/** Sound, storage and clock at the end of the taskbar; each opens a flyout. */
import { type KeyboardEvent, useSyncExternalStore } from 'react';
import { moveRovingFocus } from '#ui/focus.ts';
import { Icon, type IconName } from '#ui/icon.tsx';
import { useDesktop, useModel } from '../desktop-context.ts';
import { wallClock } from './clock.ts';
import type { ShellPopup } from './shell-popups.ts';

const time = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'short' });
const longDate = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' });

interface TrayButtonProps {
	readonly popup: ShellPopup;
	readonly label: string;
	readonly children: React.ReactNode;
	readonly tabIndex?: number;
	readonly className?: string;
	onWheel?(up: boolean): void;
}

function TrayButton({ popup, label, children, tabIndex = -1, className = '', onWheel }: TrayButtonProps) {
	const { popups } = useDesktop();
	const open = useModel(popups, () => popups.open === popup);
	return (
		<button
			type="button"
			className={`tray-button taskbar-stop ${className}`}
			aria-label={label}
			aria-haspopup="dialog"
			aria-expanded={open}
			tabIndex={tabIndex}
			data-popup={popup}
			onPointerDown={(event) => event.preventDefault()}
			onClick={() => popups.toggle(popup)}
			onWheel={(event) => onWheel?.(event.deltaY < 0)}
		>
			{children}
		</button>
	);
}

function soundIcon(level: number, muted: boolean): IconName {
	if (muted || level === 0) return 'speaker-slash';
	return level < 0.4 ? 'speaker-low' : 'speaker-high';
}

function SoundButton() {
	const { sound } = useDesktop();
	const level = useModel(sound, () => sound.level);
	const muted = useModel(sound, () => sound.muted);
	return (
		<TrayButton
			popup="sound"
			label={muted ? 'Sound, muted' : `Sound, ${Math.round(level * 100)} %`}
			tabIndex={0}
			onWheel={(up) => sound.setLevel(level + (up ? 0.05 : -0.05))}
		>
			<Icon name={soundIcon(level, muted)} size={18} />
		</TrayButton>
	);
}

function ClockButton() {
	const minute = useSyncExternalStore(wallClock.subscribe, wallClock.currentMinute);
	const now = new Date(minute * 60_000);
	return (
		<TrayButton popup="calendar" label={`Clock, ${time.format(now)}, ${longDate.format(now)}`} className="tray-clock">
			<span>{time.format(now)}</span>
			<span>{date.format(now)}</span>
		</TrayButton>
	);
}

function walk(event: KeyboardEvent<HTMLElement>) {
	moveRovingFocus(event, [...event.currentTarget.querySelectorAll<HTMLElement>('.taskbar-stop')]);
}

export function NotificationArea() {
	return (
		<div className="notification-area" role="toolbar" aria-label="Notification area" onKeyDown={walk}>
			<SoundButton />
			<TrayButton popup="storage" label="Storage and network">
				<Icon name="hard-drives" size={18} />
			</TrayButton>
			<ClockButton />
		</div>
	);
}
