/** What the files take, whether the browser may drop them, and that nothing leaves this computer. */
import { useEffect, useState } from 'react';
import { Icon } from '#ui/icon.tsx';
import { useDesktop } from '../desktop-context.ts';
import { formatSize } from '../files/format.ts';
import { Flyout } from './flyout.tsx';

interface StorageFacts {
	/** What is in the files. */
	readonly contentBytes: number;
	/** What the volume takes for them, with its reserve. */
	readonly usedBytes: number;
	readonly availableBytes: number | undefined;
	readonly files: number;
	readonly health: string;
	/** The browser has promised not to drop the data by itself. */
	readonly kept: boolean;
}

function useStorageFacts(): [StorageFacts | undefined, () => Promise<void>] {
	const { ready } = useDesktop();
	const [facts, setFacts] = useState<StorageFacts | undefined>();
	const [refresh] = useState(() => async () => {
		const system = await ready;
		const [status, estimate, kept] = await Promise.all([
			system.volumeStatus(),
			navigator.storage.estimate(),
			navigator.storage.persisted(),
		]);
		const { quota } = estimate;
		const availableBytes = quota === undefined ? undefined : Math.max(0, quota - (estimate.usage ?? 0));
		const { contentBytes, usedBytes, files, health } = status;
		setFacts({ contentBytes, usedBytes, files, health, availableBytes, kept });
	});
	useEffect(() => void refresh(), [refresh]);
	return [facts, refresh];
}

function KeptRow({ kept, onChanged }: { kept: boolean; onChanged(): Promise<void> }) {
	const [refused, setRefused] = useState(false);
	if (kept)
		return (
			<div className="flyout-row">
				<Icon name="check-circle" size={20} />
				<span>The browser keeps this data until you delete it.</span>
			</div>
		);
	const ask = async () => {
		setRefused(!(await navigator.storage.persist()));
		await onChanged();
	};
	return (
		<>
			<div className="flyout-row">
				<Icon name="warning" size={20} />
				<span>The browser may delete this data when the disk is nearly full.</span>
			</div>
			<div className="flyout-row">
				<button type="button" className="shell-button" onClick={() => void ask()}>
					Ask the browser to keep it
				</button>
			</div>
			{refused ? (
				<p className="flyout-note" role="status">
					The browser has not agreed yet. It often does once Vitrine is bookmarked or installed.
				</p>
			) : null}
		</>
	);
}

export function StorageFlyout() {
	const { host, launch, popups } = useDesktop();
	const [facts, refresh] = useStorageFacts();
	const total = facts?.availableBytes === undefined ? undefined : facts.usedBytes + facts.availableBytes;
	return (
		<Flyout popup="storage" label="Storage and network">
			<h2 className="flyout-heading">Storage</h2>
			{facts === undefined ? (
				<p className="flyout-note">Reading the volume…</p>
			) : (
				<>
					<p className="flyout-row">
						{formatSize(facts.contentBytes)} in {facts.files.toLocaleString()} files and folders.{' '}
						{formatSize(facts.usedBytes)} taken on this computer
						{facts.availableBytes === undefined ? '.' : `, ${formatSize(facts.availableBytes)} free.`}
					</p>
					{total === undefined ? null : (
						<div className="flyout-meter">
							<span style={{ transform: `scaleX(${Math.max(0.01, facts.usedBytes / total)})` }} />
						</div>
					)}
					{facts.health === 'good' ? null : (
						<div className="flyout-row" role="alert">
							<Icon name="warning-octagon" size={20} />
							<span>{facts.health}</span>
						</div>
					)}
					{host.hasWholePc ? null : <KeptRow kept={facts.kept} onChanged={refresh} />}
				</>
			)}
			<h2 className="flyout-heading">Network</h2>
			<p className="flyout-note">
				Vitrine needs none and uses none: programs have no network, and nothing leaves this computer.
			</p>
			<div className="flyout-row">
				<button
					type="button"
					className="shell-button"
					onClick={() => {
						popups.close();
						launch('settings', ['storage']);
					}}
				>
					Storage settings
				</button>
			</div>
		</Flyout>
	);
}
