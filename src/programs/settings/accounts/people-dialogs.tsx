/** What administrators change about others. */
import { useEffect, useState } from 'react';
import type { AccountInfo, AccountKind, PasswordReset } from '#abi/structures.generated.ts';
import { describeAccountFailure, passwordCredential } from '#runtime/credentials.ts';
import { Checkbox } from '#ui/controls/checkbox.tsx';
import { NewPasswordFields, useNewPassword } from '#ui/controls/new-password-fields.tsx';
import { RadioGroup } from '#ui/controls/radio-group.tsx';
import { TextField } from '#ui/controls/text-field.tsx';
import { Icon } from '#ui/icon.tsx';
import type { AccountsModel } from './accounts-model.ts';
import { DeedDialog } from './deed-dialog.tsx';
import { kindHints, kindTitles } from './kind-titles.ts';

export interface PersonDialogProps {
	readonly model: AccountsModel;
	readonly person: AccountInfo;
	onClose(): void;
}

type PersonKind = Exclude<AccountKind, 'guest'>;

function KindChoice({ value, onChange }: { value: PersonKind; onChange(kind: PersonKind): void }) {
	const kinds: readonly PersonKind[] = ['standard', 'administrator'];
	return (
		<RadioGroup<PersonKind>
			{...{ label: 'What they may do', value, onChange }}
			options={kinds.map((kind) => ({ value: kind, label: kindTitles[kind], hint: kindHints[kind] }))}
		/>
	);
}

export function AddPersonDialog({ model, onClose }: Omit<PersonDialogProps, 'person'>) {
	const [name, setName] = useState('');
	const [kind, setKind] = useState<PersonKind>('standard');
	const [mustChange, setMustChange] = useState(true);
	const chosen = useNewPassword(true);
	const hasPassword = chosen.password !== '';
	const add = async () => {
		const wish = chosen.check();
		if (wish === undefined) return false;
		const { secret: password } = passwordCredential(wish.password);
		const account = { name: name.trim(), kind, password, hint: wish.hint, mustChange: hasPassword && mustChange };
		await model.change((system) => system.accountCreate(account));
		return true;
	};
	return (
		<DeedDialog
			{...{ title: 'Add a person', deed: 'Add', disabled: name.trim() === '', onClose, onDeed: add }}
			describe={describeAccountFailure}
		>
			<TextField label="Name" autoFocus value={name} onChange={setName} />
			<KindChoice value={kind} onChange={setKind} />
			<NewPasswordFields chosen={chosen} />
			{hasPassword ? (
				<Checkbox checked={mustChange} onChange={setMustChange}>
					They choose another password when they first log on
				</Checkbox>
			) : null}
		</DeedDialog>
	);
}

export function ChangePersonDialog({ model, person, onClose }: PersonDialogProps) {
	const [name, setName] = useState(person.name);
	const [kind, setKind] = useState<AccountKind>(person.kind);
	const [enabled, setEnabled] = useState(person.enabled);
	const change = async () => {
		await model.change((system) => system.accountChange(person.sid, { name: name.trim(), kind, enabled }));
		return true;
	};
	return (
		<DeedDialog
			{...{ title: `Change ${person.name}`, deed: 'Change', disabled: name.trim() === '', onClose, onDeed: change }}
			describe={describeAccountFailure}
		>
			<TextField label="Name" autoFocus value={name} onChange={setName} />
			{kind === 'guest' ? null : <KindChoice value={kind} onChange={setKind} />}
			<Checkbox checked={enabled} onChange={setEnabled}>
				May log on
			</Checkbox>
			<p className="settings-note">What they may do counts from their next logon on. Their folder keeps its name.</p>
		</DeedDialog>
	);
}

export function ResetPasswordDialog({ model, person, onClose }: PersonDialogProps) {
	const chosen = useNewPassword(false);
	const [effect, setEffect] = useState<PasswordReset>();
	const [mustChange, setMustChange] = useState(true);
	useEffect(() => {
		void model.tryChange(async (system) => setEffect(await system.accountResetEffect(person.sid)));
	}, [model, person.sid]);
	const reset = async () => {
		const wish = chosen.check();
		if (wish === undefined) return false;
		const { secret: password } = passwordCredential(wish.password);
		await model.change((system) => system.accountResetPassword(person.sid, { password, hint: wish.hint, mustChange }));
		return true;
	};
	return (
		<DeedDialog
			{...{ title: `Set a password for ${person.name}`, deed: 'Set the password', kind: 'danger', onClose }}
			{...{ disabled: effect === undefined, onDeed: reset, describe: describeAccountFailure }}
		>
			{effect === undefined ? null : <ResetWarning effect={effect} name={person.name} />}
			<NewPasswordFields chosen={chosen} />
			<Checkbox checked={mustChange} onChange={setMustChange}>
				They choose another password when they next log on
			</Checkbox>
		</DeedDialog>
	);
}

function ResetWarning({ effect, name }: { effect: PasswordReset; name: string }) {
	const { hasKeys, encryptedFiles, hasRecovery, hasAgent } = effect;
	if (!hasKeys) return <p>{name} has encrypted nothing. All their files stay open to them.</p>;
	const files = `${encryptedFiles.toLocaleString('en-GB')} ${encryptedFiles === 1 ? 'file needs' : 'files need'}`;
	const ways = ['the old password', hasRecovery ? 'the recovery code' : '', hasAgent ? 'a recovery agent' : ''];
	const list = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(ways.filter((way) => way !== ''));
	return (
		<p className="settings-warning" role="alert">
			<Icon name="warning" size={18} />
			This does not open what {name} has encrypted. {files} {list} afterwards. Whoever knows the password should change
			it at the logon screen instead.
		</p>
	);
}

export function RemovePersonDialog({ model, person, onClose }: PersonDialogProps) {
	const [keepFiles, setKeepFiles] = useState(true);
	const remove = async () => {
		await model.change((system) => system.accountRemove(person.sid, keepFiles));
		return true;
	};
	return (
		<DeedDialog
			{...{ title: `Remove ${person.name}`, deed: 'Remove', kind: 'danger', onClose, onDeed: remove }}
			describe={describeAccountFailure}
		>
			<p>
				{person.name} can no longer log on. What they have encrypted can then be opened only by those who could before.
			</p>
			<Checkbox checked={keepFiles} onChange={setKeepFiles}>
				Keep their files in {person.home}, for administrators
			</Checkbox>
		</DeedDialog>
	);
}
