/** Updates: which versions the PC has, what lies on a stick, and which one starts next. Nothing here happens by itself. */
import { type ReactNode, useCallback, useRef, useState } from 'react';
import type { PcUpdate, PcUpdateChoice, PcUpdateOffer } from '#abi/structures.generated.ts';
import { formatSize } from '#base/format-size.ts';
import { describeError } from '#runtime/describe-error.ts';
import { runOrElevate } from '#runtime/elevated-command.ts';
import type { ProgramProps } from '#runtime/window-program.ts';
import { Button } from '#ui/controls/button.tsx';
import { ProgressBar } from '#ui/controls/progress-bar.tsx';
import { Icon } from '#ui/icon.tsx';
import { Section, SettingRow } from '../section.tsx';
import { installUpdate } from './install-update.ts';
import { describeOffer, describeOther, describeRunning, type InstallProgress } from './update-words.ts';
import { usePc } from './use-pc.ts';

/** A trial becomes what is kept, a minute after its start. */
const stateEveryMs = 5_000;

export function UpdatesPage(props: ProgramProps) {
	const { system } = props;
	const { value, failure, again } = usePc(
		useCallback(() => system.pcUpdate(), [system]),
		stateEveryMs,
	);
	return (
		<>
			{failure === undefined ? null : <Warning>The PC did not answer: {failure}</Warning>}
			{value === undefined ? null : (
				<>
					<Versions {...props} update={value} onChanged={again} />
					<Updates {...props} update={value} onChanged={again} />
				</>
			)}
		</>
	);
}

interface UpdateProps extends ProgramProps {
	readonly update: PcUpdate;
	readonly onChanged: () => Promise<void>;
}

function Versions({ system, update, onChanged }: UpdateProps) {
	const [failure, setFailure] = useState<string>();
	const choose = async (choice: PcUpdateChoice, reason: string) => {
		try {
			const action = () => system.pcUpdateChoose(choice);
			await runOrElevate(system, { action, command: `update ${choice}`, reason });
			setFailure(undefined);
		} catch (error) {
			setFailure(describeError(error));
		}
		await onChanged();
	};
	const running = describeRunning(update);
	const { isDefault, pending, version } = update;
	return (
		<Section title="Versions on this PC">
			<SettingRow title={running.title} hint={update.installed ? running.hint : 'Started from a stick or a disc.'}>
				{isDefault || pending === 'trial' ? undefined : (
					<Button onPress={() => void choose('keep', `Settings would have Vitrine ${version} start from now on.`)}>
						Keep this version
					</Button>
				)}
			</SettingRow>
			<OtherVersion update={update} choose={choose} />
			{failure === undefined ? null : <Warning>This was not changed. {failure}</Warning>}
		</Section>
	);
}

interface OtherVersionProps {
	readonly update: PcUpdate;
	readonly choose: (choice: PcUpdateChoice, reason: string) => Promise<void>;
}

function OtherVersion({ update, choose }: OtherVersionProps) {
	const words = describeOther(update);
	if (words === undefined) return null;
	const name = `Vitrine ${update.otherVersion}`;
	return (
		<SettingRow title={words.title} hint={words.hint}>
			{update.pending === 'next-start' ? (
				<Button onPress={() => void choose('withdraw', `Settings would not have ${name} tried at the next start.`)}>
					Do not use it
				</Button>
			) : (
				<Button onPress={() => void choose('try-other', `Settings would have ${name} tried at the next start.`)}>
					{update.pending === 'failed' ? 'Try it once more' : 'Use it at the next start'}
				</Button>
			)}
		</SettingRow>
	);
}

type Search =
	| { readonly state: 'idle' | 'running' }
	| { readonly state: 'done'; readonly offers: readonly PcUpdateOffer[] }
	| { readonly state: 'failed'; readonly message: string };

function Updates(props: UpdateProps) {
	const { system, update } = props;
	const [search, setSearch] = useState<Search>({ state: 'idle' });
	const find = async () => {
		setSearch({ state: 'running' });
		try {
			setSearch({ state: 'done', offers: await system.pcUpdateFind() });
		} catch (error) {
			setSearch({ state: 'failed', message: describeError(error) });
		}
	};
	return (
		<Section title="Updates on a stick or disc">
			<SettingRow title="An update is a file that you bring" hint={explain(update)}>
				<Button disabled={!update.verifiable || search.state === 'running'} onPress={() => void find()}>
					Look for updates
				</Button>
			</SettingRow>
			{search.state === 'running' ? <ProgressBar label="Looking at sticks and discs" valueText="" /> : null}
			{search.state === 'failed' ? <Warning>The sticks could not be looked at. {search.message}</Warning> : null}
			{search.state === 'done' ? <Offers {...props} offers={search.offers} /> : null}
		</Section>
	);
}

function explain({ verifiable, installed }: PcUpdate): string {
	if (!verifiable)
		return 'This copy of Vitrine was built without a key, so it could not tell an update from a forgery. It takes none.';
	const files = 'Copy the image and its signature (two files, .iso and .iso.minisig) to a stick and plug it in.';
	if (!installed)
		return `${files} Vitrine is not installed on this PC: write the newer image to the stick that it starts from instead.`;
	return `${files} It is checked, written beside the version that runs, and tried at the next start.`;
}

type Installing =
	| { readonly state: 'idle' | 'done' | 'stopped' }
	| { readonly state: 'running'; readonly version: string; readonly progress: InstallProgress | undefined }
	| { readonly state: 'failed'; readonly message: string };

function Offers(props: UpdateProps & { offers: readonly PcUpdateOffer[] }) {
	const { offers, update, system, onChanged } = props;
	const [installing, setInstalling] = useState<Installing>({ state: 'idle' });
	const stop = useRef<AbortController>(undefined);
	const install = async (offer: PcUpdateOffer) => {
		const { version } = offer;
		const stopping = new AbortController();
		stop.current = stopping;
		setInstalling({ state: 'running', version, progress: undefined });
		try {
			const onProgress = (progress: InstallProgress) => setInstalling({ state: 'running', version, progress });
			const isDone = await installUpdate(system, offer, { signal: stopping.signal, onProgress });
			setInstalling({ state: isDone ? 'done' : 'stopped' });
		} catch (error) {
			setInstalling({ state: 'failed', message: describeError(error) });
		}
		await onChanged();
	};
	const canInstall = update.installed && update.isDefault && installing.state !== 'running';
	if (offers.length === 0) return <p role="status">There is no update on a stick or disc of this PC.</p>;
	return (
		<>
			{offers.map((offer) => (
				<Offer key={offer.identifier} offer={offer} canInstall={canInstall} onInstall={() => void install(offer)} />
			))}
			<InstallState installing={installing} onCancel={() => stop.current?.abort()} />
		</>
	);
}

function Offer({ offer, canInstall, onInstall }: { offer: PcUpdateOffer; canInstall: boolean; onInstall: () => void }) {
	const { title, hint, isTaken } = describeOffer(offer);
	return (
		<SettingRow title={title} hint={`${hint} ${formatSize(offer.sizeBytes)}.`}>
			{isTaken ? (
				<Button disabled={!canInstall} ariaLabel={`Install ${title}`} onPress={onInstall}>
					Install
				</Button>
			) : undefined}
		</SettingRow>
	);
}

function InstallState({ installing, onCancel }: { installing: Installing; onCancel: () => void }) {
	if (installing.state === 'running') {
		const { progress, version } = installing;
		return (
			<SettingRow
				title={`Installing Vitrine ${version}`}
				hint="You can go on working. The version that runs is not touched."
			>
				<ProgressBar
					label={progress?.text ?? 'Waiting for an administrator'}
					{...(progress !== undefined && { fraction: progress.fraction })}
					valueText={progress === undefined ? '' : `${Math.floor(progress.fraction * 100)} %`}
				/>
				<Button onPress={onCancel}>Cancel</Button>
			</SettingRow>
		);
	}
	if (installing.state === 'failed') return <Warning>The update was not installed. {installing.message}</Warning>;
	if (installing.state === 'stopped') return <p role="status">The update was not installed. Nothing has changed.</p>;
	if (installing.state === 'idle') return null;
	return (
		<p className="settings-good" role="status">
			<Icon name="check-circle" size={18} />
			<span>The update is on the disk, whole. It is tried when you next restart this PC; there is no hurry.</span>
		</p>
	);
}

function Warning({ children }: { children: ReactNode }) {
	return (
		<p className="settings-warning" role="alert">
			<Icon name="warning" size={18} />
			<span>{children}</span>
		</p>
	);
}
