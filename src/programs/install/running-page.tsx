/** How far it is, and how it ended. */
import type { PcDisk } from '#abi/structures.generated.ts';
import { Button } from '#ui/controls/button.tsx';
import { ProgressBar } from '#ui/controls/progress-bar.tsx';
import { Icon } from '#ui/icon.tsx';
import { erases, nameOf, type Purpose, type StepProgress } from './install-words.ts';

interface PageProps {
	readonly purpose: Purpose;
	readonly disk: PcDisk;
}

const runningTitles: Readonly<Record<Purpose, string>> = {
	install: 'Installing to',
	data: 'Preparing',
	write: 'Writing to',
};

interface RunningPageProps extends PageProps {
	readonly progress: StepProgress | undefined;
	onCancel(): void;
}

export function RunningPage({ purpose, disk, progress, onCancel }: RunningPageProps) {
	return (
		<>
			<div className="install-page">
				<h2 tabIndex={-1}>
					{runningTitles[purpose]} {nameOf(disk)}
				</h2>
				<ProgressBar
					label={progress?.text ?? 'Waiting for an administrator'}
					{...(progress === undefined ? { valueText: '' } : { fraction: progress.fraction })}
				/>
				<p>
					{purpose === 'write'
						? 'Leave the stick where it is until it is done. You can go on working meanwhile.'
						: 'Leave the disk and what Vitrine was started from where they are. You can go on working meanwhile.'}
				</p>
			</div>
			<div className="install-actions">
				<Button onPress={onCancel}>Cancel</Button>
			</div>
		</>
	);
}

interface EndPageProps extends PageProps {
	readonly end: 'done' | 'cancelled' | 'failed';
	/** What went wrong. */
	readonly message: string;
	onAgain(): void;
}

export function EndPage({ purpose, disk, end, message, onAgain }: EndPageProps) {
	return (
		<>
			<div className="install-page">
				{end === 'done' ? <Done purpose={purpose} disk={disk} /> : null}
				{end === 'cancelled' ? (
					<>
						<h2 tabIndex={-1}>Cancelled</h2>
						<p role="status">{leftBehind(purpose, disk)}</p>
					</>
				) : null}
				{end === 'failed' ? (
					<>
						<h2 tabIndex={-1}>It did not work</h2>
						<div className="install-warning" role="alert">
							<Icon name="warning-octagon" size={24} />
							<span>{message}</span>
						</div>
						<p>{leftBehind(purpose, disk)}</p>
					</>
				) : null}
			</div>
			<div className="install-actions">
				<span />
				{end === 'done' ? null : <Button onPress={onAgain}>Start again</Button>}
			</div>
		</>
	);
}

function Done({ purpose, disk }: PageProps) {
	const [title, next] = {
		install: [
			`Vitrine is on ${nameOf(disk)}`,
			'Choose Restart this PC in Start, and take out the stick or disc. The PC then starts from the disk, and keeps your files there.',
		],
		data: [
			'The data partition is ready',
			'From the next start on your files are kept there. What is in this session is forgotten at its end: copy what you need to a stick first.',
		],
		write: [
			`The image is on ${nameOf(disk)}`,
			'It was read back from the stick, and every byte is right. You can unplug it now.',
		],
	}[purpose];
	return (
		<>
			<h2 tabIndex={-1}>{title}</h2>
			<div className="install-warning install-good" role="status">
				<Icon name="check-circle" size={24} />
				<span>{next}</span>
			</div>
		</>
	);
}

function leftBehind(purpose: Purpose, disk: PcDisk): string {
	if (!erases(disk, purpose)) return 'What is on the stick was left as it is.';
	return `If erasing had begun, ${nameOf(disk)} is empty now, and no PC starts from it. If not, nothing was changed.`;
}
