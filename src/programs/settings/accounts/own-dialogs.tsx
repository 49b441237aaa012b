/** What people change about themselves: each asks for what proves them first. */
import { useState } from 'react';
import type { AccountInfo, CredentialKind } from '#abi/structures.generated.ts';
import {
	describeAccountFailure,
	describeCredentialFailure,
	passwordCredential,
	typedCredential,
} from '#runtime/credentials.ts';
import { NewPasswordFields, useNewPassword } from '#ui/controls/new-password-fields.tsx';
import { PasswordField } from '#ui/controls/password-field.tsx';
import { RadioGroup } from '#ui/controls/radio-group.tsx';
import { RecoveryCode } from '#ui/controls/recovery-code.tsx';
import { TextField } from '#ui/controls/text-field.tsx';
import { makePasskey } from '#ui/passkey.ts';
import type { AccountsModel } from './accounts-model.ts';
import { DeedDialog } from './deed-dialog.tsx';

export interface OwnDialogProps {
	readonly model: AccountsModel;
	readonly self: AccountInfo;
	onClose(): void;
}

export const hasPassword = ({ credentials }: AccountInfo): boolean => credentials.includes('password');

function CurrentPassword({ value, onChange }: { value: string; onChange(value: string): void }) {
	return <PasswordField {...{ label: 'Your password now', value, onChange }} />;
}

export function PasswordDialog({ model, self, onClose }: OwnDialogProps) {
	const [current, setCurrent] = useState('');
	const chosen = useNewPassword(false);
	const isNew = !hasPassword(self);
	const set = async () => {
		const wish = chosen.check();
		if (wish === undefined) return false;
		const { secret: password } = passwordCredential(wish.password);
		const next = { password, hint: wish.hint, mustChange: false };
		await model.change((system) => system.accountSetPassword(self.sid, passwordCredential(current), next));
		return true;
	};
	return (
		<DeedDialog
			{...{ title: isNew ? 'Set a password' : 'Change your password', deed: isNew ? 'Set' : 'Change', onClose }}
			onDeed={set}
			describe={(error) => describeCredentialFailure(error, 'password')}
		>
			{isNew ? null : <CurrentPassword value={current} onChange={setCurrent} />}
			<NewPasswordFields chosen={chosen} />
			<p className="settings-note">Files that you have encrypted stay open to you.</p>
		</DeedDialog>
	);
}

export function RemovePasswordDialog({ model, self, onClose }: OwnDialogProps) {
	const [current, setCurrent] = useState('');
	const remove = async () => {
		const none = { password: new Uint8Array(), hint: '', mustChange: false };
		await model.change((system) => system.accountSetPassword(self.sid, passwordCredential(current), none));
		return true;
	};
	return (
		<DeedDialog
			{...{ title: 'Remove your password', deed: 'Remove', kind: 'danger', onClose, onDeed: remove }}
			describe={(error) => describeCredentialFailure(error, 'password')}
		>
			<p>Whoever sits at this computer is you from then on.</p>
			<CurrentPassword value={current} onChange={setCurrent} />
		</DeedDialog>
	);
}

export function RecoveryDialog({ model, self, onClose }: OwnDialogProps) {
	const [current, setCurrent] = useState('');
	const [code, setCode] = useState('');
	const [typed, setTyped] = useState('');
	const make = async () => {
		setCode(await model.system.accountMakeRecovery(passwordCredential(current)));
		return false;
	};
	const confirm = async () => {
		await model.change((system) => system.accountConfirmRecovery(new TextEncoder().encode(typed.trim())));
		return true;
	};
	if (code === '')
		return (
			<DeedDialog
				{...{ title: 'Make a recovery code', deed: 'Make it', onClose, onDeed: make }}
				describe={(error) => describeCredentialFailure(error, 'password')}
			>
				<p>It lets you in, and opens your encrypted files, when you have lost your password.</p>
				<CurrentPassword value={current} onChange={setCurrent} />
			</DeedDialog>
		);
	return (
		<DeedDialog
			{...{ title: 'Your recovery code', deed: 'Done', width: 500, disabled: typed.trim() === '', onClose }}
			onDeed={confirm}
			describe={(error) => describeCredentialFailure(error, 'recovery')}
		>
			<p>Print it or write it down, and type it back to show that you have it. The one before counts until then.</p>
			<RecoveryCode {...{ code, person: self.name, typed, problem: '', onType: setTyped }} />
		</DeedDialog>
	);
}

export function PasskeyDialog({ model, self, onClose }: OwnDialogProps) {
	const [current, setCurrent] = useState('');
	const [name, setName] = useState('This computer');
	const add = async () => {
		const passkey = { ...(await makePasskey(self.name)), name: name.trim() };
		await model.change((system) => system.accountAddPasskey(passwordCredential(current), passkey));
		return true;
	};
	return (
		<DeedDialog
			{...{ title: 'Add a passkey', deed: 'Add', disabled: name.trim() === '', onClose, onDeed: add }}
			describe={(error) => describeCredentialFailure(error, 'password')}
		>
			<p>A finger, a face or a key on a ring instead of the password. The password stays: a passkey can be lost.</p>
			<TextField label="What to call it" value={name} onChange={setName} />
			<CurrentPassword value={current} onChange={setCurrent} />
		</DeedDialog>
	);
}

type OldProof = Extract<CredentialKind, 'password' | 'recovery'>;

export function UnlockKeysDialog({ model, onClose }: OwnDialogProps) {
	const [kind, setKind] = useState<OldProof>('password');
	const [text, setText] = useState('');
	const unlock = async () => {
		await model.change((system) => system.accountUnlockKeys(typedCredential(kind, text.trim())));
		return true;
	};
	return (
		<DeedDialog
			{...{ title: 'Open your older keys', deed: 'Open', disabled: text.trim() === '', onClose, onDeed: unlock }}
			describe={(error) => (kind === 'password' ? 'That was not your password then.' : describeAccountFailure(error))}
		>
			<p>An administrator has set your password. What you had encrypted before opens again by what you had then.</p>
			<RadioGroup<OldProof>
				{...{ label: 'What you still have', value: kind, onChange: setKind }}
				options={[
					{ value: 'password', label: 'The password of that time' },
					{ value: 'recovery', label: 'The recovery code of that time' },
				]}
			/>
			<PasswordField
				{...{ label: kind === 'password' ? 'Old password' : 'Recovery code', value: text, onChange: setText }}
			/>
		</DeedDialog>
	);
}
