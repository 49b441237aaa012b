/** Where files are kept beyond the end of the session: the data partition, making one, its passphrase, and installing. */
import { useCallback, useRef, useState } from 'react';
import type { PcData } from '#abi/structures.generated.ts';
import { formatSize } from '#base/format-size.ts';
import { describeError } from '#runtime/describe-error.ts';
import { streamElevated } from '#runtime/elevated-command.ts';
import type { ProgramProps } from '#runtime/window-program.ts';
import { Button } from '#ui/controls/button.tsx';
import { PasswordField } from '#ui/controls/password-field.tsx';
import { Section, SettingRow } from '../section.tsx';
import { Failure } from './failure.tsx';
import { usePc } from './use-pc.ts';

const leastLength = 8;
/** One may be made by another window. */
const stateEveryMs = 10_000;

export function DataSection(props: ProgramProps) {
	const { system, shell } = props;
	const { value, failure } = usePc(
		useCallback(() => system.pcData(), [system]),
		stateEveryMs,
	);
	return (
		<Section title="Data partition">
			<Failure text={failure === undefined ? undefined : `The PC did not tell about it: ${failure}`} />
			{value === undefined ? null : (
				<SettingRow title={titleOf(value)} hint={hintOf(value)}>
					{value.state === 'kept' ? undefined : (
						<Button onPress={() => void shell.startProgram('install', ['data'])}>Make a data partition…</Button>
					)}
				</SettingRow>
			)}
			{value?.encrypted === true ? <Passphrase {...props} /> : null}
			<SettingRow
				title="Install Vitrine to a disk"
				hint="The PC then starts from it without a stick. The disk is erased; before that you are asked."
			>
				<Button onPress={() => void shell.startProgram('install', [])}>Install…</Button>
			</SettingRow>
		</Section>
	);
}

const titles: Readonly<Record<PcData['state'], string>> = {
	none: 'There is no data partition',
	kept: 'Your files are kept',
	locked: 'It is locked',
	'left-alone': 'It was left alone for this session',
	damaged: 'It is damaged',
};

function titleOf({ state }: PcData): string {
	return titles[state];
}

function hintOf({ state, disk, device, sizeBytes, freeBytes, encrypted }: PcData): string {
	const place = `${disk === '' ? '' : `${disk}, `}/dev/${device}, ${formatSize(sizeBytes)}`;
	if (state === 'kept')
		return `${place}, ${formatSize(freeBytes)} free. ${encrypted ? 'Encrypted.' : 'Not encrypted.'}`;
	if (state === 'none') return 'Everything is in memory, and gone when the PC goes off.';
	const after = 'This session is forgotten at its end.';
	if (state === 'damaged') return `${place}. It could not be mended without losing something. ${after}`;
	return `${place}. ${after}`;
}

type Change =
	| { readonly state: 'closed' | 'open' | 'running' | 'done' }
	| { readonly state: 'failed'; readonly message: string };

function Passphrase({ system }: ProgramProps) {
	const [change, setChange] = useState<Change>({ state: 'closed' });
	const [typed, setTyped] = useState({ present: '', next: '', repeated: '' });
	const presentField = useRef<HTMLInputElement>(null);
	const apply = async () => {
		setChange({ state: 'running' });
		try {
			const done = await streamElevated(system, {
				command: 'disk passphrase',
				reason: 'Settings would set another passphrase for the data partition.',
				input: `${typed.present}\n${typed.next}\n`,
				take: async () => undefined,
			});
			setChange({ state: done ? 'done' : 'open' });
			if (done) setTyped({ present: '', next: '', repeated: '' });
		} catch (error) {
			setChange({ state: 'failed', message: describeError(error) });
			presentField.current?.focus();
		}
	};
	if (change.state === 'closed' || change.state === 'done')
		return (
			<SettingRow
				title="Passphrase"
				hint={
					change.state === 'done'
						? 'It was changed. The old one opens nothing any more.'
						: 'It opens your files at each start.'
				}
			>
				<Button onPress={() => setChange({ state: 'open' })}>Change…</Button>
			</SettingRow>
		);
	const { present, next, repeated } = typed;
	const isShort = next !== '' && next.length < leastLength;
	const differs = repeated !== '' && repeated !== next;
	const isBusy = change.state === 'running';
	const isReady = present !== '' && next.length >= leastLength && repeated === next && !isBusy;
	return (
		<form
			className="settings-passphrase"
			onSubmit={(event) => {
				event.preventDefault();
				if (isReady) void apply();
			}}
		>
			<PasswordField
				{...{ label: 'Present passphrase', value: present, disabled: isBusy, inputRef: presentField }}
				{...(change.state === 'failed' ? { error: `It was not changed. ${change.message}` } : {})}
				onChange={(value) => setTyped({ ...typed, present: value })}
			/>
			<PasswordField
				{...{ label: 'New passphrase', purpose: 'new-password', value: next, disabled: isBusy }}
				{...(isShort ? { error: `Take at least ${leastLength} characters.` } : {})}
				onChange={(value) => setTyped({ ...typed, next: value })}
			/>
			<PasswordField
				{...{ label: 'New passphrase once more', purpose: 'new-password', value: repeated, disabled: isBusy }}
				{...(differs ? { error: 'The two are not the same.' } : {})}
				onChange={(value) => setTyped({ ...typed, repeated: value })}
			/>
			<div className="settings-pair">
				<Button disabled={isBusy} onPress={() => setChange({ state: 'closed' })}>
					Cancel
				</Button>
				<Button kind="primary" type="submit" disabled={!isReady}>
					{isBusy ? 'Changing…' : 'Change the passphrase'}
				</Button>
			</div>
		</form>
	);
}
