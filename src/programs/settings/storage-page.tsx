/** What the volume takes, whether the browser keeps it, whether it is whole, and how to have a copy of it. */
import { useCallback, useEffect, useState } from 'react';
import type { VolumeStatus } from '#abi/structures.generated.ts';
import { formatSize } from '#base/format-size.ts';
import type { ProgramProps } from '#runtime/window-program.ts';
import { Button } from '#ui/controls/button.tsx';
import { ProgressBar } from '#ui/controls/progress-bar.tsx';
import { Icon } from '#ui/icon.tsx';
import { Section, SettingRow } from './section.tsx';

interface StorageFacts {
	readonly volume: VolumeStatus;
	readonly quotaBytes: number | undefined;
	readonly originBytes: number | undefined;
	readonly persisted: boolean;
}

type CheckState =
	| { readonly state: 'idle' | 'running' }
	| { readonly state: 'done'; readonly damaged: readonly string[]; readonly seconds: number }
	| { readonly state: 'failed'; readonly message: string };

function useFacts({ system }: ProgramProps) {
	const [facts, setFacts] = useState<StorageFacts>();
	const [failure, setFailure] = useState<string>();
	const read = useCallback(async () => {
		try {
			const [volume, estimate, persisted] = await Promise.all([
				system.volumeStatus(),
				navigator.storage.estimate(),
				navigator.storage.persisted(),
			]);
			setFacts({ volume, quotaBytes: estimate.quota, originBytes: estimate.usage, persisted });
		} catch (error) {
			setFailure(error instanceof Error ? error.message : String(error));
		}
	}, [system]);
	useEffect(() => void read(), [read]);
	return { facts, failure, read };
}

export function StoragePage(props: ProgramProps) {
	const { facts, failure, read } = useFacts(props);
	if (failure !== undefined) return <p role="alert">The volume did not answer: {failure}</p>;
	if (facts === undefined) return null;
	const { volume, quotaBytes } = facts;
	return (
		<>
			<Section title="Space">
				{quotaBytes === undefined ? null : (
					<ProgressBar
						label="Used of what the browser allows"
						fraction={volume.usedBytes / quotaBytes}
						valueText={`${formatSize(volume.usedBytes)} of ${formatSize(quotaBytes)}`}
					/>
				)}
				<dl className="settings-facts">
					<Fact
						term="Your files"
						value={`${formatSize(volume.contentBytes)} in ${volume.files.toLocaleString('en-GB')} files and folders`}
					/>
					<Fact term="Volume on this computer" value={formatSize(volume.usedBytes)} />
					<Fact
						term="Reserve, so that a full disk can still delete"
						value={volume.reserveBytes === 0 ? 'none yet' : formatSize(volume.reserveBytes)}
					/>
					<Fact term="Volume identifier" value={volume.identifier} />
				</dl>
			</Section>
			<Persistence persisted={facts.persisted} onChanged={read} />
			<VolumeCheck {...props} health={volume.health} />
			<Section title="Backup">
				<SettingRow
					title="Keep a copy outside the browser"
					hint="In Explorer, choose a folder and then “Save to your computer…” from its menu: it becomes a ZIP file among your downloads. Drag the ZIP’s content back to restore it."
				>
					<Button icon="folder-open" onPress={() => void props.shell.open(props.shell.folders.home)}>
						Open your folder
					</Button>
				</SettingRow>
			</Section>
		</>
	);
}

function Fact({ term, value }: { term: string; value: string }) {
	return (
		<div>
			<dt>{term}</dt>
			<dd className="selectable">{value}</dd>
		</div>
	);
}

function Persistence({ persisted, onChanged }: { persisted: boolean; onChanged(): Promise<void> }) {
	const [refused, setRefused] = useState(false);
	const ask = async () => {
		const granted = await navigator.storage.persist();
		setRefused(!granted);
		await onChanged();
	};
	if (persisted) {
		return (
			<Section title="Keep the volume">
				<SettingRow
					title="The browser keeps it"
					hint="It does not clear the volume by itself when the disk runs low. Clearing this site’s data by hand still removes it, so keep backups."
				/>
			</Section>
		);
	}
	return (
		<Section title="Keep the volume">
			<SettingRow
				title="The browser may clear it when the disk runs low"
				hint={
					refused
						? 'The browser has refused to promise more. Add Vitrine to your bookmarks or install it as an app, then ask again, and keep a backup.'
						: 'Ask the browser to keep the volume until you remove it yourself.'
				}
			>
				<Button onPress={() => void ask()}>Ask to keep it</Button>
			</SettingRow>
			{refused ? (
				<p className="settings-warning" role="alert">
					<Icon name="warning" size={18} />
					Not granted. Make a backup of what you cannot lose.
				</p>
			) : null}
		</Section>
	);
}

function VolumeCheck({ system, health }: ProgramProps & { health: string }) {
	const [check, setCheck] = useState<CheckState>({ state: 'idle' });
	const run = async () => {
		setCheck({ state: 'running' });
		const started = performance.now();
		try {
			const damaged = await system.volumeCheck();
			setCheck({ state: 'done', damaged, seconds: (performance.now() - started) / 1000 });
		} catch (error) {
			setCheck({ state: 'failed', message: error instanceof Error ? error.message : String(error) });
		}
	};
	const hint = health === 'good' ? 'No damage is known. A check reads everything and verifies every checksum.' : health;
	return (
		<Section title="Check the volume">
			<SettingRow title={health === 'good' ? 'The volume is healthy' : 'The volume is damaged'} hint={hint}>
				<Button icon="heartbeat" disabled={check.state === 'running'} onPress={() => void run()}>
					Check the volume now
				</Button>
			</SettingRow>
			{check.state === 'running' ? <ProgressBar label="Reading everything" valueText="" /> : null}
			<CheckResult check={check} />
		</Section>
	);
}

function CheckResult({ check }: { check: CheckState }) {
	if (check.state === 'failed') {
		return (
			<p className="settings-warning" role="alert">
				<Icon name="warning" size={18} />
				The check could not be finished. {check.message}
			</p>
		);
	}
	if (check.state !== 'done') return null;
	if (check.damaged.length === 0) {
		return (
			<p className="settings-good" role="status">
				<Icon name="check-circle" size={18} />
				All is well. Every checksum was right; it took{' '}
				{check.seconds < 0.1 ? 'less than 0.1' : check.seconds.toFixed(1)} s.
			</p>
		);
	}
	return (
		<div className="settings-warning" role="alert">
			<Icon name="warning-octagon" size={18} />
			<div>
				<p>{check.damaged.length} damaged. Restore these from a backup; all others are whole:</p>
				<ul className="selectable">
					{check.damaged.map((path) => (
						<li key={path}>{path}</li>
					))}
				</ul>
			</div>
		</div>
	);
}
