/** What people see and change of their own account. */
import { type ComponentType, useState } from 'react';
import type { AccountInfo } from '#abi/structures.generated.ts';
import type { ProgramProps } from '#runtime/window-program.ts';
import { AccountPicture } from '#ui/controls/account-picture.tsx';
import { Button } from '#ui/controls/button.tsx';
import { Icon } from '#ui/icon.tsx';
import { Section, SettingRow } from '../section.tsx';
import { makeAccountPicture } from './account-picture-file.ts';
import type { AccountsModel, AccountsView } from './accounts-model.ts';
import { kindTitles } from './kind-titles.ts';
import {
	hasPassword,
	type OwnDialogProps,
	PasskeyDialog,
	PasswordDialog,
	RecoveryDialog,
	RemovePasswordDialog,
	UnlockKeysDialog,
} from './own-dialogs.tsx';
import { useAccounts } from './use-accounts.ts';

interface PartProps {
	readonly model: AccountsModel;
	readonly view: AccountsView;
	readonly self: AccountInfo;
	open(dialog: ComponentType<OwnDialogProps>): void;
}

const pictureExtensions = ['.png', '.jpg', '.jpeg', '.gif', '.webp', '.bmp', '.avif'];

export function YourAccountPage({ system, shell }: ProgramProps) {
	const { model, view } = useAccounts(system);
	const [OpenDialog, setDialog] = useState<ComponentType<OwnDialogProps>>();
	const { self, failure } = view;
	const open = (dialog: ComponentType<OwnDialogProps>) => setDialog(() => dialog);
	const choosePicture = async () => {
		const path = await shell.pickFile({ title: 'Choose a picture', extensions: pictureExtensions });
		if (path === undefined || self === undefined) return;
		await model.tryChange(async () => {
			const picture = await makeAccountPicture((most) => system.pathRead(path, most));
			await system.accountChange(self.sid, { picture });
		});
	};
	return (
		<>
			{failure === undefined ? null : (
				<p className="settings-failure" role="alert">
					{failure}
				</p>
			)}
			{self === undefined ? null : (
				<>
					<Person {...{ model, view, self, open }} onChoosePicture={() => void choosePicture()} />
					{self.kind === 'guest' ? <GuestNote /> : <Proofs {...{ model, view, self, open }} />}
					{OpenDialog === undefined ? null : <OpenDialog {...{ model, self }} onClose={() => setDialog(undefined)} />}
				</>
			)}
		</>
	);
}

function Person({ model, self, onChoosePicture }: PartProps & { onChoosePicture(): void }) {
	return (
		<Section title="Picture">
			<div className="account-head">
				<AccountPicture name={self.name} picture={self.picture} size={72} />
				<div className="account-head-text">
					<p className="about-name">{self.name}</p>
					<p>{kindTitles[self.kind]}</p>
				</div>
				<Button onPress={onChoosePicture}>Choose a picture…</Button>
				{self.picture === '' ? null : (
					<Button
						kind="plain"
						onPress={() => void model.tryChange((system) => system.accountChange(self.sid, { picture: '' }))}
					>
						Remove
					</Button>
				)}
			</div>
		</Section>
	);
}

function GuestNote() {
	return (
		<Section title="Guest">
			<SettingRow title="Nothing stays" hint="When you log off, everything in your folders is deleted." />
		</Section>
	);
}

function Proofs(props: PartProps) {
	const { self, open } = props;
	return (
		<>
			<Section title="Password">
				<SettingRow
					title={hasPassword(self) ? 'You have a password' : 'You have no password'}
					hint={passwordHint(self)}
				>
					<div className="settings-pair">
						<Button onPress={() => open(PasswordDialog)}>{hasPassword(self) ? 'Change…' : 'Set a password…'}</Button>
						{hasPassword(self) ? (
							<Button kind="plain" onPress={() => open(RemovePasswordDialog)}>
								Remove…
							</Button>
						) : null}
					</div>
				</SettingRow>
			</Section>
			{self.lockedKeys === 0 ? null : <LockedKeys open={open} />}
			{hasPassword(self) ? (
				<>
					<Recovery {...{ self, open }} />
					<Passkeys {...props} />
				</>
			) : null}
		</>
	);
}

function passwordHint({ credentials, passwordTime, passwordExpiresTime }: AccountInfo): string {
	if (!credentials.includes('password'))
		return 'Whoever sits at this computer is you. Without a password encrypting protects nothing.';
	const set = passwordTime === undefined ? '' : `Set on ${showDate(passwordTime)}. `;
	return passwordExpiresTime === undefined ? `${set}` : `${set}It serves until ${showDate(passwordExpiresTime)}.`;
}

const showDate = (time: number): string => new Date(time).toLocaleDateString('en-GB', { dateStyle: 'long' });

function LockedKeys({ open }: Pick<PartProps, 'open'>) {
	return (
		<Section title="Older keys">
			<p className="settings-warning">
				<Icon name="key" size={18} />
				Your password was set by an administrator. Files that you had encrypted before wait for your old password or
				your recovery code.
			</p>
			<SettingRow title="Open what you had encrypted">
				<Button onPress={() => open(UnlockKeysDialog)}>Open older keys…</Button>
			</SettingRow>
		</Section>
	);
}

function Recovery({ self, open }: Pick<PartProps, 'self' | 'open'>) {
	const has = self.credentials.includes('recovery');
	return (
		<Section title="Recovery code">
			<SettingRow
				title={has ? 'You have a recovery code' : 'You have no recovery code'}
				hint={
					has
						? 'It lets you in when the password is lost. A new one takes its place.'
						: 'Without it a lost password is a lost password: nobody can read it, and encrypted files stay closed.'
				}
			>
				<Button onPress={() => open(RecoveryDialog)}>{has ? 'Make a new one…' : 'Make one…'}</Button>
			</SettingRow>
		</Section>
	);
}

function Passkeys({ model, view, self, open }: PartProps) {
	return (
		<Section title="Passkeys">
			{view.passkeys.map((passkey) => (
				<SettingRow key={passkey.createdTime} title={passkey.name} hint={`Added on ${showDate(passkey.createdTime)}`}>
					<Button
						kind="plain"
						ariaLabel={`Remove the passkey “${passkey.name}”`}
						onPress={() => void model.tryChange((system) => system.accountRemovePasskey(self.sid, passkey.id))}
					>
						Remove
					</Button>
				</SettingRow>
			))}
			<SettingRow
				title={view.passkeys.length === 0 ? 'You log on by your password' : 'Another one'}
				hint="A passkey logs you on by finger, face or security key. It never leaves your device."
			>
				<Button onPress={() => open(PasskeyDialog)}>Add a passkey…</Button>
			</SettingRow>
		</Section>
	);
}
