/** The one program that the PC shows by itself from its next start on, and what it keeps. */
import { useCallback, useState } from 'react';
import type { AccountInfo, PcAppliance } from '#abi/structures.generated.ts';
import { baseName, directoryName } from '#base/path.ts';
import { describeError } from '#runtime/describe-error.ts';
import { runOrElevate } from '#runtime/elevated-command.ts';
import type { System } from '#runtime/system.ts';
import type { ProgramProps } from '#runtime/window-program.ts';
import { Button } from '#ui/controls/button.tsx';
import { Select } from '#ui/controls/select.tsx';
import { TextField } from '#ui/controls/text-field.tsx';
import { Section, SettingRow } from '../section.tsx';
import { Failure } from './failure.tsx';
import { usePc } from './use-pc.ts';

type Wish = Omit<PcAppliance, 'left'>;

const ordinary: Wish = { start: '', account: '', keptFolders: [] };

interface ApplianceFacts {
	readonly appliance: PcAppliance;
	/** Who can log on without anybody there. */
	readonly people: readonly AccountInfo[];
	/** Whether leaving takes a password. */
	readonly isGuarded: boolean;
}

async function readFacts(system: System): Promise<ApplianceFacts> {
	const [appliance, accounts] = await Promise.all([system.pcAppliance(), system.accountList()]);
	const enabled = accounts.filter((account) => account.enabled);
	const isOpen = ({ credentials }: AccountInfo) => credentials.every((kind) => kind === 'none');
	const isGuarded = !enabled.some((account) => account.kind === 'administrator' && isOpen(account));
	return { appliance, people: enabled.filter(isOpen), isGuarded };
}

/** A word of the shell, whatever is in it. */
const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

function commandOf({ start, account, keptFolders }: Wish): string {
	if (start === '') return 'pc appliance off';
	return `pc appliance set ${[start, account, ...keptFolders].map(quote).join(' ')}`;
}

export function ApplianceSection({ system, shell }: ProgramProps) {
	const reading = usePc(useCallback(() => readFacts(system), [system]));
	const [isBusy, setBusy] = useState(false);
	const [refusal, setRefusal] = useState<string>();
	const change = async (wish: Wish) => {
		setBusy(true);
		setRefusal(undefined);
		try {
			const action = () => system.pcSetAppliance(wish.start, wish.account, [...wish.keptFolders]);
			const reason = wish.start === '' ? 'make this PC an ordinary one' : `have this PC show “${wish.start}” by itself`;
			await runOrElevate(system, { action, command: commandOf(wish), reason });
		} catch (error) {
			setRefusal(describeError(error));
		} finally {
			await reading.again();
			setBusy(false);
		}
	};
	const facts = reading.value;
	return (
		<Section title="One program alone">
			<Failure text={refusal ?? reading.failure} />
			{facts === undefined ? null : facts.appliance.start === '' ? (
				<Choice people={facts.people} shell={shell} isBusy={isBusy} onChoose={(wish) => void change(wish)} />
			) : (
				<Chosen facts={facts} isBusy={isBusy} onEnd={() => void change(ordinary)} />
			)}
			{facts?.isGuarded === false ? (
				<p className="settings-note">
					An administrator of this PC has no password, so whoever sits before it can leave the program. Set one under
					People.
				</p>
			) : null}
		</Section>
	);
}

function Chosen({ facts, isBusy, onEnd }: { facts: ApplianceFacts; isBusy: boolean; onEnd(): void }) {
	const { start, keptFolders } = facts.appliance;
	const kept = keptFolders.length === 0 ? 'Nothing that is written is kept.' : `Kept: ${keptFolders.join(', ')}.`;
	return (
		<SettingRow
			title={`${baseName(start)} fills the screen from the next start on`}
			hint={`${kept} Everything else is as before at each start. Ctrl+Alt+Shift+A leaves it, for administrators.`}
		>
			<Button disabled={isBusy} onPress={onEnd}>
				Make this PC an ordinary one
			</Button>
		</SettingRow>
	);
}

interface ChoiceProps {
	readonly people: readonly AccountInfo[];
	readonly shell: ProgramProps['shell'];
	readonly isBusy: boolean;
	onChoose(wish: Wish): void;
}

function Choice({ people, shell, isBusy, onChoose }: ChoiceProps) {
	const [start, setStart] = useState('');
	const [account, setAccount] = useState(people[0]?.sid ?? '');
	const [folders, setFolders] = useState('');
	const choose = async () => {
		const path = await shell.pickFile({ title: 'The program or file to show' });
		if (path === undefined) return;
		setStart(path);
		// Old programs write beside themselves.
		setFolders(directoryName(path));
	};
	if (people.length === 0)
		return (
			<SettingRow
				title="Nobody can log on by themselves here"
				hint="The program needs an account without a password, best a standard one. Add it under People."
			/>
		);
	const keptFolders = folders.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
	return (
		<>
			<SettingRow
				title="Program or file"
				hint={start === '' ? 'It starts by itself, fills the screen, and is started again when it ends.' : start}
			>
				<Button disabled={isBusy} onPress={() => void choose()}>
					Choose…
				</Button>
			</SettingRow>
			<SettingRow title="Account" hint="It logs on by itself, so it has no password. Best it administers nothing.">
				<Select
					{...{ label: 'Account', hideLabel: true, value: account, onChange: setAccount }}
					options={people.map(({ sid, name }) => ({ value: sid, label: name }))}
				/>
			</SettingRow>
			<TextField
				label="Folders that are kept, a line each"
				hint="What is written anywhere else is forgotten when this PC goes off."
				value={folders}
				onChange={setFolders}
				multiline
			/>
			<SettingRow title="From the next start on">
				<Button disabled={isBusy || start === ''} onPress={() => onChoose({ start, account, keptFolders })}>
					Show this program alone
				</Button>
			</SettingRow>
		</>
	);
}
