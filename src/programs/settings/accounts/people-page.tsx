/**
 * All who use this computer. To change others an administrator must agree on the secure desktop: then this page opens
 * once more, in a window of its own that may.
 */
import { type ComponentType, useState } from 'react';
import { OsError } from '#abi/errors.ts';
import type { AccountInfo } from '#abi/structures.generated.ts';
import { describeAccountFailure } from '#runtime/credentials.ts';
import type { ProgramProps } from '#runtime/window-program.ts';
import { AccountPicture } from '#ui/controls/account-picture.tsx';
import { Button } from '#ui/controls/button.tsx';
import { MenuButton } from '#ui/controls/menu.tsx';
import { Switch } from '#ui/controls/switch.tsx';
import type { MenuEntry } from '#ui/menu-entry.ts';
import { Section, SettingRow } from '../section.tsx';
import type { AccountsModel, AccountsView } from './accounts-model.ts';
import { kindTitles } from './kind-titles.ts';
import {
	AddPersonDialog,
	ChangePersonDialog,
	type PersonDialogProps,
	RemovePersonDialog,
	ResetPasswordDialog,
} from './people-dialogs.tsx';
import { useAccounts } from './use-accounts.ts';

const guestName = 'Guest';

type OpenDialog = (dialog: ComponentType<PersonDialogProps>, person: AccountInfo) => void;

export function PeoplePage({ system, shell }: ProgramProps) {
	const { model, view } = useAccounts(system);
	const [adding, setAdding] = useState(false);
	const [opened, setOpened] = useState<{ Dialog: ComponentType<PersonDialogProps>; person: AccountInfo }>();
	const people = view.people.filter(({ kind }) => kind !== 'guest');
	const administer = async () => {
		try {
			const options = { arguments: ['people'], environment: [], workingDirectory: '/' };
			await system.tokenRequestElevation('settings', options, 'to manage the people of this computer');
		} catch (error) {
			// The answer was no.
			if (error instanceof OsError && error.code === 'EPERM') return;
			shell.notify({ title: 'Settings', text: describeAccountFailure(error), kind: 'error' });
		}
	};
	return (
		<>
			{view.failure === undefined ? null : (
				<p className="settings-failure" role="alert">
					{view.failure}
				</p>
			)}
			<Section title="People">
				<ul className="people">
					{people.map((person) => (
						<PersonRow
							key={person.sid}
							{...{ person, view }}
							onOpen={(Dialog, of) => setOpened({ Dialog, person: of })}
						/>
					))}
				</ul>
				{view.administers ? (
					<SettingRow title="Somebody else uses this computer, too?">
						<Button icon="user-plus" onPress={() => setAdding(true)}>
							Add a person…
						</Button>
					</SettingRow>
				) : (
					<SettingRow title="Add, change or remove people" hint="An administrator must agree.">
						<Button icon="shield-check" onPress={() => void administer()}>
							Manage people…
						</Button>
					</SettingRow>
				)}
			</Section>
			<Guest model={model} view={view} />
			<Section title="Rules for passwords">
				<SettingRow
					title="Length, age, and how many wrong ones are let pass"
					hint="They hold for everybody and are under Management, Accounts."
				/>
			</Section>
			{adding ? <AddPersonDialog model={model} onClose={() => setAdding(false)} /> : null}
			{opened === undefined ? null : (
				<opened.Dialog {...{ model, person: opened.person }} onClose={() => setOpened(undefined)} />
			)}
		</>
	);
}

interface PersonRowProps {
	readonly person: AccountInfo;
	readonly view: AccountsView;
	readonly onOpen: OpenDialog;
}

function PersonRow({ person, view, onOpen }: PersonRowProps) {
	const isSelf = person.sid === view.self?.sid;
	const entries: MenuEntry[] = [
		{ id: 'change', label: 'Change…', icon: 'pencil-simple', onSelect: () => onOpen(ChangePersonDialog, person) },
		{ id: 'reset', label: 'Set a password…', icon: 'key', onSelect: () => onOpen(ResetPasswordDialog, person) },
		{ separator: true },
		{ id: 'remove', label: 'Remove…', icon: 'trash', onSelect: () => onOpen(RemovePersonDialog, person) },
	];
	return (
		<li className="person">
			<AccountPicture name={person.name} picture={person.picture} size={40} />
			<div className="person-text">
				<span className="settings-row-title">{isSelf ? `${person.name} (you)` : person.name}</span>
				<span className="settings-row-hint">{describePerson(person)}</span>
			</div>
			{view.administers && !isSelf ? (
				<MenuButton {...{ label: `Manage ${person.name}`, entries, icon: 'gear-six', iconOnly: true }} />
			) : null}
		</li>
	);
}

function describePerson({ kind, enabled, session, credentials }: AccountInfo): string {
	const facts = [
		kindTitles[kind],
		credentials.includes('password') ? 'with a password' : 'without a password',
		enabled ? '' : 'may not log on',
		session === undefined ? '' : 'logged on',
	];
	return facts.filter((fact) => fact !== '').join(' · ');
}

function Guest({ model, view }: { model: AccountsModel; view: AccountsView }) {
	const guest = view.people.find(({ kind }) => kind === 'guest');
	const isOn = guest?.enabled === true;
	const set = (on: boolean) =>
		void model.tryChange(async (system) => {
			if (guest !== undefined) return system.accountChange(guest.sid, { enabled: on });
			const wish = { name: guestName, kind: 'guest', password: new Uint8Array(), hint: '', mustChange: false } as const;
			return system.accountCreate(wish);
		});
	return (
		<Section title="Guest">
			<SettingRow
				title="Let a guest use this computer"
				hint="Without a password, without a look at your files. When they log off, all that they made is deleted."
			>
				<Switch on={isOn} ariaLabel="Guest" disabled={!view.administers} onChange={set}>
					{isOn ? 'On' : 'Off'}
				</Switch>
			</SettingRow>
		</Section>
	);
}
