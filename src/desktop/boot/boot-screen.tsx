/** What covers the desktop while it cannot be used: open in another tab, taken over, failed, or no fit browser. */
import { lazy, Suspense, useState } from 'react';
import { useModel } from '../desktop-context.ts';
import { type BootModel, type BootState, reloadToTakeOver } from './boot-model.ts';
import { ShellScreen } from './shell-screen.tsx';

const RecoveryScreen = lazy(async () => ({ default: (await import('./recovery-screen.tsx')).RecoveryScreen }));

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
			<button type="button" className="shell-button" onClick={() => location.assign('?recovery')}>
				Recovery
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
		case 'recovery':
			return (
				<Suspense>
					<RecoveryScreen boot={boot} />
				</Suspense>
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
