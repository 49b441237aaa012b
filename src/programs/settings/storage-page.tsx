/** What the volume takes, whether the browser keeps it, whether it is whole, and how to have a copy of it. */
import { useCallback, useEffect, useState } from 'react';
import { OsError } from '#abi/errors.ts';
import type { VolumeStatus } from '#abi/structures.generated.ts';
import { formatSize } from '#base/format-size.ts';
import { lastVolumeCopy } from '#runtime/volume-copy.ts';
import type { ProgramProps } from '#runtime/window-program.ts';
import { Button } from '#ui/controls/button.tsx';
import { ProgressBar } from '#ui/controls/progress-bar.tsx';
import { Icon } from '#ui/icon.tsx';
import { Fact } from './facts.tsx';
import { Section, SettingRow } from './section.tsx';
import { VolumeCheck, VolumeCopy, VolumeRestore, VolumeRoom } from './volume-care.tsx';

interface StorageFacts {
	readonly volume: VolumeStatus;
	readonly quotaBytes: number | undefined;
	readonly originBytes: number | undefined;
	readonly persisted: boolean;
	/** Milliseconds since 1970; 0 for never. */
	readonly lastCopy: number;
}

function useFacts({ system }: ProgramProps) {
	const [facts, setFacts] = useState<StorageFacts>();
	const [failure, setFailure] = useState<string>();
	const read = useCallback(async () => {
		try {
			const [volume, estimate, persisted, lastCopy] = await Promise.all([
				system.volumeStatus(),
				navigator.storage.estimate(),
				navigator.storage.persisted(),
				readLastCopy(system),
			]);
			setFacts({ volume, quotaBytes: estimate.quota, originBytes: estimate.usage, persisted, lastCopy });
		} catch (error) {
			setFailure(error instanceof Error ? error.message : String(error));
		}
	}, [system]);
	useEffect(() => void read(), [read]);
	return { facts, failure, read };
}

async function readLastCopy(system: ProgramProps['system']): Promise<number> {
	try {
		return (await system.settingGet(`/effective/${lastVolumeCopy}`)).value.number ?? 0;
	} catch (error) {
		if (error instanceof OsError && error.code === 'ENOENT') return 0;
		throw error;
	}
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
				<VolumeRoom {...props} onDone={read} />
			</Section>
			{props.shell.hasWholePc ? null : <Persistence persisted={facts.persisted} onChanged={read} />}
			<VolumeCheck {...props} health={volume.health} />
			<Section title="Backup">
				<dl className="settings-facts">
					<Fact
						term="Last copy of the whole volume"
						value={facts.lastCopy === 0 ? 'none yet' : new Date(facts.lastCopy).toLocaleString('en-GB')}
					/>
				</dl>
				<VolumeCopy {...props} expectedBytes={volume.usedBytes - volume.reserveBytes} onCopied={read} />
				<VolumeRestore {...props} />
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
