/** Looking after the volume: reading all of it, mending it, a copy of all as one file, and putting that back. */
import { type ReactNode, useRef, useState } from 'react';
import type { ScrubState } from '#abi/structures.generated.ts';
import { formatSize } from '#base/format-size.ts';
import { describeError } from '#runtime/describe-error.ts';
import { runOrElevate, streamElevated } from '#runtime/elevated-command.ts';
import type { ProgramProps } from '#runtime/window-program.ts';
import { Button } from '#ui/controls/button.tsx';
import { ProgressBar } from '#ui/controls/progress-bar.tsx';
import { Icon } from '#ui/icon.tsx';
import { Section, SettingRow } from './section.tsx';

type CheckState =
	| { readonly state: 'idle' | 'cancelled' }
	| { readonly state: 'running'; readonly scrub: ScrubState | undefined }
	| { readonly state: 'done'; readonly scrub: ScrubState; readonly seconds: number }
	| { readonly state: 'failed'; readonly message: string };

export function VolumeCheck(props: ProgramProps & { health: string }) {
	const { system, health } = props;
	const [check, setCheck] = useState<CheckState>({ state: 'idle' });
	const handle = useRef<number | undefined>(undefined);
	const run = async () => {
		setCheck({ state: 'running', scrub: undefined });
		const started = performance.now();
		try {
			const scrub = await followScrub(props, handle, (now) => setCheck({ state: 'running', scrub: now }));
			if (scrub === undefined) setCheck({ state: 'cancelled' });
			else setCheck({ state: 'done', scrub, seconds: (performance.now() - started) / 1000 });
		} catch (error) {
			setCheck({ state: 'failed', message: describeError(error) });
		}
	};
	const cancel = () => {
		const open = handle.current;
		handle.current = undefined;
		if (open !== undefined) void system.handleClose(open);
	};
	const hint = health === 'good' ? 'No damage is known. A check reads everything and verifies every checksum.' : health;
	return (
		<Section title="Check the volume">
			<SettingRow title={health === 'good' ? 'The volume is healthy' : 'The volume is damaged'} hint={hint}>
				{check.state === 'running' ? (
					<Button onPress={cancel}>Cancel</Button>
				) : (
					<Button icon="heartbeat" onPress={() => void run()}>
						Check the volume now
					</Button>
				)}
			</SettingRow>
			{check.state === 'running' ? <CheckProgress scrub={check.scrub} /> : null}
			{check.state === 'cancelled' ? <p role="status">The check was cancelled.</p> : null}
			{check.state === 'failed' ? <Warning>The check could not be finished. {check.message}</Warning> : null}
			{check.state === 'done' ? <CheckResult {...props} scrub={check.scrub} seconds={check.seconds} /> : null}
		</Section>
	);
}

/** The last state; `undefined` when it was cancelled. Whoever closes the window ends it, too. */
async function followScrub(
	{ system }: ProgramProps,
	handle: { current: number | undefined },
	onState: (state: ScrubState) => void,
): Promise<ScrubState | undefined> {
	const opened = await system.volumeScrub();
	handle.current = opened;
	try {
		let state = await system.volumeScrubState(opened, 0);
		while (state.phase === 'running') {
			onState(state);
			state = await system.volumeScrubState(opened, state.sequence);
		}
		if (state.phase === 'failed') throw new Error(state.problem);
		return state;
	} catch (error) {
		if (handle.current === undefined) return undefined;
		throw error;
	} finally {
		if (handle.current !== undefined) await system.handleClose(opened);
		handle.current = undefined;
	}
}

function CheckProgress({ scrub }: { scrub: ScrubState | undefined }) {
	if (scrub === undefined || scrub.totalBytes === 0) return <ProgressBar label="Reading everything" valueText="" />;
	const { doneBytes, totalBytes } = scrub;
	return (
		<ProgressBar
			label="Reading everything"
			fraction={doneBytes / totalBytes}
			valueText={`${formatSize(doneBytes)} of ${formatSize(totalBytes)}`}
		/>
	);
}

function CheckResult(props: ProgramProps & { scrub: ScrubState; seconds: number }) {
	const { scrub, seconds } = props;
	if (scrub.damaged.length > 0) return <Damage {...props} damaged={scrub.damaged} />;
	return (
		<Good>
			All is well. Every checksum was right; it took {seconds < 0.1 ? 'less than 0.1' : seconds.toFixed(1)} s.
			{scrub.mendedPages === 0 ? '' : ` ${scrub.mendedPages} flipped bits were found and mended.`}
		</Good>
	);
}

function Damage({ system, damaged }: ProgramProps & { damaged: readonly string[] }) {
	const [repaired, setRepaired] = useState<string>();
	const repair = async () => {
		try {
			const done = await runOrElevate(system, {
				action: () => system.volumeRepair(),
				command: 'volume repair',
				reason: 'Settings would mend damaged parts of the volume.',
			});
			setRepaired(done ? 'Done. Check the volume again to see what is left.' : undefined);
		} catch (error) {
			setRepaired(`Not all could be mended. ${describeError(error)}`);
		}
	};
	return (
		<div className="settings-warning" role="alert">
			<Icon name="warning-octagon" size={18} />
			<div>
				<p>{damaged.length} damaged; all others are whole:</p>
				<ul className="selectable">
					{damaged.map((path) => (
						<li key={path}>{path}</li>
					))}
				</ul>
				<p>Parts that follow from others can be mended. What is still damaged then, restore from a backup.</p>
				<Button onPress={() => void repair()}>Repair the volume</Button>
				{repaired === undefined ? null : <p role="status">{repaired}</p>}
			</div>
		</div>
	);
}

type Copying =
	| { readonly state: 'idle' }
	| { readonly state: 'running'; readonly bytes: number }
	| { readonly state: 'done'; readonly bytes: number }
	| { readonly state: 'failed'; readonly message: string };

interface SaveFile {
	createWritable(): Promise<{
		write(bytes: Uint8Array): Promise<void>;
		close(): Promise<void>;
		abort(): Promise<void>;
	}>;
}

/** Chromium has it; the types of pages do not know it yet. */
type SavePicker = (options: { suggestedName: string }) => Promise<SaveFile>;

export function VolumeCopy(props: ProgramProps & { expectedBytes: number; onCopied: () => Promise<void> }) {
	const [copying, setCopying] = useState<Copying>({ state: 'idle' });
	const copy = async () => {
		const file = await pickTarget();
		if (file === undefined) return;
		setCopying({ state: 'running', bytes: 0 });
		try {
			const bytes = await copyTo(file, props, (now) => setCopying({ state: 'running', bytes: now }));
			setCopying(bytes === undefined ? { state: 'idle' } : { state: 'done', bytes });
			await props.onCopied();
		} catch (error) {
			setCopying({ state: 'failed', message: describeError(error) });
		}
	};
	return (
		<>
			<SettingRow
				title="The whole volume as one file"
				hint="Everything of everybody, as of this moment, while you go on working. Encrypted files stay encrypted in it. It needs an administrator."
			>
				<Button icon="hard-drives" disabled={copying.state === 'running'} onPress={() => void copy()}>
					Save a copy…
				</Button>
			</SettingRow>
			{copying.state === 'running' ? (
				<ProgressBar
					label="Saving a copy of the volume"
					fraction={Math.min(1, copying.bytes / props.expectedBytes)}
					valueText={formatSize(copying.bytes)}
				/>
			) : null}
			{copying.state === 'done' ? <Good>{formatSize(copying.bytes)} saved. Keep it on another disk.</Good> : null}
			{copying.state === 'failed' ? <Warning>The copy was not made. {copying.message}</Warning> : null}
		</>
	);
}

/** How many bytes it has; `undefined` when the person did not let an administrator do it. */
async function copyTo(
	file: SaveFile,
	{ system }: ProgramProps,
	onBytes: (bytes: number) => void,
): Promise<number | undefined> {
	const writer = await file.createWritable();
	let bytes = 0;
	try {
		const isAllowed = await streamElevated(system, {
			command: 'volume export',
			reason: 'Settings would save a copy of the whole volume.',
			take: async (part) => {
				await writer.write(part);
				bytes += part.length;
				onBytes(bytes);
			},
		});
		if (!isAllowed) {
			await writer.abort();
			return undefined;
		}
		await writer.close();
		return bytes;
	} catch (error) {
		await writer.abort();
		throw error;
	}
}

async function pickTarget(): Promise<SaveFile | undefined> {
	const pick = (window as unknown as { showSaveFilePicker: SavePicker }).showSaveFilePicker;
	const date = new Date().toISOString().slice(0, 10);
	try {
		return await pick.call(window, { suggestedName: `Vitrine ${date}.vitrine` });
	} catch (error) {
		if (error instanceof DOMException && error.name === 'AbortError') return undefined;
		throw error;
	}
}

export function VolumeRestore({ shell }: ProgramProps) {
	const leave = async () => {
		const answer = await shell.ask({
			title: 'Restart into Recovery',
			message: 'Vitrine ends, and a page opens on which you choose the file. What is not saved in programs is lost.',
			kind: 'warning',
			buttons: ['Restart', 'Cancel'],
		});
		if (answer === 'Restart') location.assign(`${location.pathname}?recovery`);
	};
	return (
		<SettingRow
			title="Put a whole volume back"
			hint="From a file that was saved here. The volume that is here now is kept beside it until you remove it."
		>
			<Button onPress={() => void leave()}>Restart into Recovery…</Button>
		</SettingRow>
	);
}

export function VolumeRoom({ system, onDone }: ProgramProps & { onDone: () => Promise<void> }) {
	const [words, setWords] = useState<string>();
	const [isBusy, setBusy] = useState(false);
	const compact = async () => {
		setBusy(true);
		try {
			setWords(`${formatSize(await system.volumeCompact())} were given back to this computer.`);
			await onDone();
		} catch (error) {
			setWords(`No room was given back. ${describeError(error)}`);
		}
		setBusy(false);
	};
	return (
		<>
			<SettingRow
				title="Give free room back"
				hint="What you deleted gives its room back by itself when the volume is idle, but for a little that new files will need. This gives back all of it now."
			>
				<Button disabled={isBusy} onPress={() => void compact()}>
					Give it back
				</Button>
			</SettingRow>
			{isBusy ? <ProgressBar label="Moving what is stored together" valueText="" /> : null}
			{words === undefined ? null : <p role="status">{words}</p>}
		</>
	);
}

function Good({ children }: { children: ReactNode }) {
	return (
		<p className="settings-good" role="status">
			<Icon name="check-circle" size={18} />
			<span>{children}</span>
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
