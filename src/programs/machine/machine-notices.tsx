/** What stands over or in the place of the screen when the machine does not run: never an empty window. */
import type { ReactNode } from 'react';
import type { ImageListing } from '#legacy/list-image.ts';
import { describeSize, type MediaKind, type Verdict } from '#media/verdict.ts';
import { Button } from '#ui/controls/button.tsx';
import { ProgressBar } from '#ui/controls/progress-bar.tsx';
import { Icon, type IconName } from '#ui/icon.tsx';
import type { MachineSession, SessionView } from './machine-session.ts';

interface NoticeProps {
	readonly icon: IconName;
	readonly heading: string;
	readonly over?: boolean;
	readonly alert?: boolean;
	readonly children: ReactNode;
}

function Notice({ icon, heading, over = false, alert = false, children }: NoticeProps) {
	return (
		<div className={`machine-notice ${over ? 'machine-notice-over' : ''}`} role={alert ? 'alert' : 'status'}>
			<div className="machine-notice-card">
				<Icon name={icon} size={48} />
				<h2>{heading}</h2>
				{children}
			</div>
		</div>
	);
}

const icons: Readonly<Partial<Record<MediaKind, IconName>>> = {
	disc: 'file-disc',
	'disk-container': 'file-disk',
	archive: 'file-archive',
	unknown: 'file',
};

export interface CannotRunProps {
	readonly verdict: Verdict;
	readonly name: string;
	readonly listing: ImageListing | undefined;
	onClose(): void;
}

export function CannotRun({ verdict, name, listing, onClose }: CannotRunProps) {
	return (
		<Notice icon={icons[verdict.kind] ?? 'file-program'} heading={name}>
			<p>{verdict.sentence}</p>
			{verdict.reasons.map((reason) => (
				<p key={reason} className="machine-notice-detail">
					{reason}
				</p>
			))}
			{verdict.advice === undefined ? null : <p className="machine-notice-detail">{verdict.advice}</p>}
			<Facts verdict={verdict} />
			<Listing listing={listing} />
			<Button kind="primary" autoFocus onPress={onClose}>
				Close
			</Button>
		</Notice>
	);
}

/** Keyboard users scroll it too, so it takes the focus. */
function Listing({ listing }: { listing: ImageListing | undefined }) {
	if (listing === undefined || listing.entries.length === 0) return null;
	return (
		<section className="machine-listing">
			<h3>{listing.complete ? 'What is on it' : 'Some of what is on it'}</h3>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
			<ul tabIndex={0} aria-label="Files on it">
				{listing.entries.map(({ path, kind, size }) => (
					<li key={path}>
						<span>{path.slice(1)}</span>
						<span>{kind === 'directory' ? 'Folder' : describeSize(size)}</span>
					</li>
				))}
			</ul>
		</section>
	);
}

function Facts({ verdict }: { verdict: Verdict }) {
	if (verdict.facts.length === 0) return null;
	return (
		<dl className="machine-facts">
			{verdict.facts.map(({ label, value }) => (
				<div key={`${label} ${value}`}>
					<dt>{label}</dt>
					<dd>{value}</dd>
				</div>
			))}
		</dl>
	);
}

export function Failed({ message, name, onClose }: { message: string; name: string; onClose(): void }) {
	return (
		<Notice icon="warning" heading={name} alert>
			<p>The file could not be opened.</p>
			<p className="machine-notice-detail">{message}</p>
			<Button kind="primary" autoFocus onPress={onClose}>
				Close
			</Button>
		</Notice>
	);
}

export interface StateNoticeProps {
	readonly session: MachineSession;
	readonly view: SessionView;
	onRestart(): void;
	onClose(): void;
}

/** Over the screen while the machine starts, stands still or has ended. */
export function StateNotice({ session, view, onRestart, onClose }: StateNoticeProps) {
	const { state } = view;
	if (state.kind === 'starting' && !view.hasPicture) {
		return (
			<Notice icon="machine" heading={view.name}>
				<ProgressBar label={state.what} fraction={state.fraction} />
			</Notice>
		);
	}
	if (state.kind === 'paused') {
		return (
			<Notice icon="pause" heading="Paused" over>
				<Button kind="primary" icon="play" autoFocus onPress={() => session.togglePause()}>
					Resume
				</Button>
			</Notice>
		);
	}
	if (state.kind === 'crashed') {
		return <Crashed message={state.message} started={view.hasRun} onRestart={onRestart} onClose={onClose} />;
	}
	if (state.kind === 'stopped') return <Ended view={view} onRestart={onRestart} onClose={onClose} />;
	return null;
}

interface CrashedProps {
	readonly message: string;
	/** Whether the guest had begun to show something. */
	readonly started: boolean;
	onRestart(): void;
	onClose(): void;
}

function Crashed({ message, started, onRestart, onClose }: CrashedProps) {
	return (
		<Notice icon="crashed" heading={started ? 'The machine has crashed' : 'The machine could not start'} over alert>
			{started ? <p>It has stopped. The desktop and your other programs are not affected.</p> : null}
			<p className="machine-notice-detail">{message}</p>
			<EndButtons onRestart={onRestart} onClose={onClose} />
		</Notice>
	);
}

function Ended({ view, onRestart, onClose }: { view: SessionView; onRestart(): void; onClose(): void }) {
	return (
		<Notice icon="power" heading="The machine is off" over>
			<p>{`${view.name} has ended. ${view.writes.problem ?? 'What it wrote is in its folder.'}`}</p>
			<EndButtons onRestart={onRestart} onClose={onClose} />
		</Notice>
	);
}

function EndButtons({ onRestart, onClose }: { onRestart(): void; onClose(): void }) {
	return (
		<div className="machine-notice-buttons">
			<Button kind="primary" autoFocus onPress={onRestart}>
				Restart
			</Button>
			<Button onPress={onClose}>Close</Button>
		</div>
	);
}
