/**
 * What Ctrl+Alt+Del shows: the ways to leave the desktop or to end what hangs, over everything that is open.
 *
 * A modal dialog of the browser, so that no window can draw over it or take its keys. Escape and Cancel go back.
 */
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { wrapTabFocus } from '#ui/focus.ts';
import { Icon, type IconName } from '#ui/icon.tsx';
import { useDesktop } from '../desktop-context.ts';
import type { DesktopModel } from '../desktop-model.ts';
import '../taskbar/flyout.css';
import './security-screen.css';

interface Choice {
	readonly label: string;
	readonly icon: IconName;
	run(desktop: DesktopModel): unknown;
}

const choices: readonly Choice[] = [
	{ label: 'Lock', icon: 'lock', run: ({ host }) => host.lock('person') },
	{ label: 'Switch user', icon: 'user-switch', run: ({ host }) => host.lock('people') },
	{ label: 'Log off', icon: 'sign-out', run: ({ power }) => power.logOff() },
	{ label: 'Change password…', icon: 'key', run: ({ launch }) => launch('settings', ['accounts']) },
	{ label: 'Task Manager', icon: 'chart-line', run: ({ launch }) => launch('task-manager', []) },
];

const leave: readonly Choice[] = [
	{ label: 'Restart', icon: 'arrow-clockwise', run: ({ power }) => power.restart() },
	{ label: 'Shut down', icon: 'power', run: ({ power }) => power.shutDown() },
];

/** The arrow keys go from button to button, as in a menu. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
	const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
	if (step === undefined) return;
	event.preventDefault();
	const buttons = [...event.currentTarget.querySelectorAll('button')];
	const place = buttons.indexOf(document.activeElement as HTMLButtonElement);
	buttons.at((place + step) % buttons.length)?.focus();
}

export default function SecurityScreen() {
	const desktop = useDesktop();
	const dialog = useRef<HTMLDialogElement>(null);
	const first = useRef<HTMLButtonElement>(null);
	const close = () => desktop.popups.close();
	useEffect(() => {
		const before = document.activeElement;
		dialog.current?.showModal();
		first.current?.focus();
		return () => {
			if (before instanceof HTMLElement) before.focus();
		};
	}, []);
	const choose = (choice: Choice) => {
		close();
		void choice.run(desktop);
	};
	return (
		<dialog
			ref={dialog}
			className="security-screen"
			aria-label="Security options"
			onKeyDown={(event) => {
				wrapTabFocus(event, event.currentTarget);
				moveFocus(event);
			}}
			onClose={close}
		>
			<div className="security-choices">
				{choices.map((choice, index) => (
					<button
						key={choice.label}
						ref={index === 0 ? first : undefined}
						type="button"
						className="security-choice"
						onClick={() => choose(choice)}
					>
						<Icon name={choice.icon} size={20} />
						{choice.label}
					</button>
				))}
				<button type="button" className="shell-button security-cancel" onClick={close}>
					Cancel
				</button>
			</div>
			<div className="security-leave">
				{leave.map((choice) => (
					<button key={choice.label} type="button" className="security-choice" onClick={() => choose(choice)}>
						<Icon name={choice.icon} size={20} />
						{choice.label}
					</button>
				))}
			</div>
		</dialog>
	);
}
