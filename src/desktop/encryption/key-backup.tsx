/**
 * The window before the first encryption: a person makes a way back to their files, and proves that it was kept.
 *
 * Invariant: `onDone` comes only after the kernel has taken the proof: the code typed back, or the backup opened once.
 */
import { type ReactNode, useState } from 'react';
import { Button } from '#ui/controls/button.tsx';
import { RadioGroup } from '#ui/controls/radio-group.tsx';
import { Icon } from '#ui/icon.tsx';
import type { DesktopFiles } from '../files/desktop-files.ts';
import { BackupFileSteps } from './backup-file-steps.tsx';
import { RecoveryCodeSteps } from './recovery-code-steps.tsx';
import './key-backup.css';

export interface KeyBackupProps {
	readonly files: DesktopFiles;
	/** A way back was proved. */
	onDone(): void;
	onClose(): void;
}

type Way = 'code' | 'file';

export default function KeyBackup({ files, onDone, onClose }: KeyBackupProps) {
	const [way, setWay] = useState<Way>('code');
	const [stage, setStage] = useState<'choose' | Way | 'done'>('choose');
	const steps = {
		system: files.system,
		onProved: () => setStage('done'),
		onBack: () => setStage('choose'),
	};
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: Escape of the whole window, whatever in it has the focus
		<div
			className="key-backup"
			onKeyDown={(event) => {
				if (event.key === 'Escape' && !event.defaultPrevented) onClose();
			}}
		>
			{stage === 'code' ? <RecoveryCodeSteps {...steps} /> : null}
			{stage === 'file' ? <BackupFileSteps {...steps} /> : null}
			{stage === 'done' ? <Done onDone={onDone} /> : null}
			{stage === 'choose' ? (
				<Step
					icon="lifebuoy"
					title="A way back to your encrypted files"
					actions={
						<>
							<Button onPress={onClose}>Not now</Button>
							<Button kind="primary" autoFocus onPress={() => setStage(way)}>
								Continue
							</Button>
						</>
					}
				>
					<p>
						Nobody can open encrypted files for you when your password is lost: no administrator, and not who made
						Vitrine. So nothing is encrypted before you have a way back and have shown that it works.
					</p>
					<RadioGroup<Way>
						label="Your way back"
						value={way}
						onChange={setWay}
						options={[
							{
								value: 'code',
								label: 'A recovery code on paper',
								hint: 'It also lets you log on. Print it or write it down, and keep it where nobody else finds it.',
							},
							{
								value: 'file',
								label: 'A backup file of your keys',
								hint: 'Under a passphrase of its own; kept on your computer or on a stick.',
							},
						]}
					/>
				</Step>
			) : null}
		</div>
	);
}

function Done({ onDone }: { onDone(): void }) {
	return (
		<Step
			icon="check-circle"
			title="You have a way back"
			actions={
				<Button kind="primary" autoFocus onPress={onDone}>
					Go on
				</Button>
			}
		>
			<p>Keep it safe: whoever finds it can open what you encrypt. You can make another one at any time in Settings.</p>
		</Step>
	);
}

interface StepProps {
	readonly icon: 'lifebuoy' | 'check-circle';
	readonly title: string;
	readonly children: ReactNode;
	readonly actions: ReactNode;
}

function Step({ icon, title, children, actions }: StepProps) {
	return (
		<>
			<div className="key-backup-body">
				<h2 className="key-backup-title">
					<Icon name={icon} size={32} />
					{title}
				</h2>
				{children}
			</div>
			<div className="key-backup-actions">{actions}</div>
		</>
	);
}
