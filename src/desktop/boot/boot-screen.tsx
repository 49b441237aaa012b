/** What covers the desktop while it cannot be used: open in another tab, taken over, failed, or no fit browser. */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { tabbableElements, wrapTabFocus } from '#ui/focus.ts';
import { Icon, type IconName } from '#ui/icon.tsx';
import { useModel } from '../desktop-context.ts';
import { type BootModel, type BootState, reloadToTakeOver } from './boot-model.ts';

interface ScreenProps {
	readonly icon: IconName;
	readonly title: string;
	readonly children: ReactNode;
	readonly actions?: ReactNode;
}

export function ShellScreen({ icon, title, children, actions }: ScreenProps) {
	const card = useRef<HTMLDivElement>(null);
	useEffect(() => {
		const root = card.current;
		if (root !== null) (tabbableElements(root)[0] ?? root).focus();
	}, []);
	return (
		<div className="shell-screen">
			<div
				ref={card}
				className="shell-screen-card"
				role="alertdialog"
				aria-modal="true"
				aria-labelledby="shell-screen-title"
				tabIndex={-1}
				onKeyDown={(event) => wrapTabFocus(event, event.currentTarget)}
			>
				<Icon name={icon} size={64} />
				<h1 id="shell-screen-title">{title}</h1>
				{children}
				{actions === undefined ? null : <div className="shell-screen-actions">{actions}</div>}
			</div>
		</div>
	);
}

function FailedScreen({ boot, message }: { boot: BootModel; message: string }) {
	const [saved, setSaved] = useState('');
	const actions = (
		<>
			<button type="button" className="shell-button shell-button-primary" onClick={() => location.reload()}>
				Try again
			</button>
			<button type="button" className="shell-button" onClick={() => void boot.saveVolume().then(setSaved)}>
				Save the stored files…
			</button>
		</>
	);
	return (
		<ShellScreen icon="crashed" title="Vitrine could not start" actions={actions}>
			<p>
				Your files have not been touched. If trying again does not help, restart the browser. You can save what is
				stored to a folder of this computer, as it is: nothing of it is lost, and <code>npx vitrine check</code> can
				look at it.
			</p>
			<pre className="shell-screen-detail selectable">{message}</pre>
			<p role="status">{saved}</p>
		</ShellScreen>
	);
}

function screenFor(boot: BootModel, state: BootState) {
	switch (state.state) {
		case 'opening':
		case 'ready':
			return null;
		case 'open-elsewhere':
			return (
				<ShellScreen
					icon="vitrine"
					title="Vitrine is already open"
					actions={
						<button type="button" className="shell-button shell-button-primary" onClick={() => boot.takeOver()}>
							Use it here
						</button>
					}
				>
					<p>
						It is open in another tab or window of this browser. Go there, or use it here: the other one then stops.
						What is not saved in its programs is lost.
					</p>
				</ShellScreen>
			);
		case 'taken-over':
			return (
				<ShellScreen
					icon="vitrine"
					title="Vitrine is now open in another tab"
					actions={
						<button type="button" className="shell-button shell-button-primary" onClick={reloadToTakeOver}>
							Use it here again
						</button>
					}
				>
					<p>Everything that was saved here is there. You can close this tab.</p>
				</ShellScreen>
			);
		case 'failed':
			return <FailedScreen boot={boot} message={state.message} />;
		case 'unsupported':
			return (
				<ShellScreen icon="crashed" title="This browser cannot run Vitrine">
					<p>
						It lacks: {state.missing.join(', ')}. A current Chromium, Chrome or Edge has all of it; private windows may
						not.
					</p>
				</ShellScreen>
			);
	}
}

export function BootScreen({ boot }: { boot: BootModel }) {
	return screenFor(
		boot,
		useModel(boot, () => boot.state),
	);
}
