/** What can be done for a whole volume before the system starts: restoring it from a file, saving it as it is. */
import { useEffect, useState } from 'react';
import { ProgressBar } from '#ui/controls/progress-bar.tsx';
import type { BootModel } from './boot-model.ts';
import { describeReason } from './describe-reason.ts';
import { ShellScreen } from './shell-screen.tsx';

type Restoring =
	| { readonly state: 'idle' }
	| { readonly state: 'running'; readonly fraction: number }
	| { readonly state: 'done'; readonly damagedPages: number }
	| { readonly state: 'failed'; readonly message: string };

export function RecoveryScreen({ boot }: { boot: BootModel }) {
	const [restoring, setRestoring] = useState<Restoring>({ state: 'idle' });
	const [words, setWords] = useState('');
	const isBusy = restoring.state === 'running';
	const restore = async () => {
		const file = await pickFile();
		if (file === undefined) return;
		setRestoring({ state: 'running', fraction: 0 });
		try {
			const damagedPages = await boot.restoreVolume(file, (fraction) => setRestoring({ state: 'running', fraction }));
			setRestoring({ state: 'done', damagedPages });
		} catch (error) {
			setRestoring({ state: 'failed', message: describeReason(error) });
		}
	};
	const actions = (
		<>
			<button type="button" className="shell-button shell-button-primary" disabled={isBusy} onClick={startVitrine}>
				Start Vitrine
			</button>
			<button type="button" className="shell-button" disabled={isBusy} onClick={() => void restore()}>
				Restore from a file…
			</button>
			<button
				type="button"
				className="shell-button"
				disabled={isBusy}
				onClick={() => void boot.saveVolume().then(setWords)}
			>
				Save the stored files…
			</button>
		</>
	);
	return (
		<ShellScreen icon="vitrine" title="Recovery" actions={actions}>
			<p>
				Vitrine is not running. You can put a whole volume back from a file that was saved in{' '}
				<em>Settings → Storage</em>. The volume that is here now is kept beside it until you remove it.
			</p>
			<RestoreWords restoring={restoring} />
			<OtherVolumes boot={boot} isBusy={isBusy} key={restoring.state} />
			<p role="status">{words}</p>
		</ShellScreen>
	);
}

function RestoreWords({ restoring }: { restoring: Restoring }) {
	switch (restoring.state) {
		case 'idle':
			return null;
		case 'running':
			return <ProgressBar label="Restoring the volume" fraction={restoring.fraction} />;
		case 'failed':
			return <p role="alert">Nothing was restored, and nothing was changed. {restoring.message}</p>;
		case 'done':
			return (
				<p role="status">
					The volume is restored, and is used from the next start.
					{restoring.damagedPages === 0
						? ''
						: ` ${restoring.damagedPages} of its pages are damaged: check it in Settings → Storage to see which files.`}
				</p>
			);
	}
}

/** Volumes that were here before a restore. */
function OtherVolumes({ boot, isBusy }: { boot: BootModel; isBusy: boolean }) {
	const [others, setOthers] = useState<readonly string[]>([]);
	const [failure, setFailure] = useState('');
	const run = (action: () => Promise<void>) => {
		action()
			.then(() => boot.listOtherVolumes())
			.then(setOthers)
			.catch((error: unknown) => setFailure(describeReason(error)));
	};
	// biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is shown
	useEffect(() => run(async () => undefined), []);
	return (
		<>
			{others.map((name) => (
				<p key={name}>
					An earlier volume is kept ({name}).{' '}
					<button
						type="button"
						className="shell-button"
						disabled={isBusy}
						onClick={() => run(() => boot.takeVolume(name))}
					>
						Use it again
					</button>{' '}
					<button
						type="button"
						className="shell-button"
						disabled={isBusy}
						onClick={() => run(() => boot.removeVolume(name))}
					>
						Remove it for good
					</button>
				</p>
			))}
			{failure === '' ? null : <p role="alert">{failure}</p>}
		</>
	);
}

function startVitrine(): void {
	location.assign(location.pathname);
}

/** The browser's own dialogue, which every browser has. */
function pickFile(): Promise<File | undefined> {
	const input = document.createElement('input');
	input.type = 'file';
	return new Promise((resolve) => {
		input.addEventListener('change', () => resolve(input.files?.[0]));
		input.addEventListener('cancel', () => resolve(undefined));
		input.click();
	});
}
