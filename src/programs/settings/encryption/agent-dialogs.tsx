/** Adding a recovery agent, with new keys or by a public key, and removing one. */
import { useState } from 'react';
import type { RecoveryAgent } from '#abi/structures.generated.ts';
import { parseHexadecimal } from '#base/hexadecimal.ts';
import { describeAccountFailure } from '#runtime/credentials.ts';
import type { System } from '#runtime/system.ts';
import { PasswordField } from '#ui/controls/password-field.tsx';
import { RadioGroup } from '#ui/controls/radio-group.tsx';
import { TextField } from '#ui/controls/text-field.tsx';
import { DeedDialog } from '../accounts/deed-dialog.tsx';
import type { EncryptionDialogProps } from './encryption-page.tsx';

type Source = 'new' | 'public';

export function AddAgentDialog({ system, onChanged, onClose }: EncryptionDialogProps) {
	const [name, setName] = useState('');
	const [source, setSource] = useState<Source>('new');
	const [passphrase, setPassphrase] = useState('');
	const [again, setAgain] = useState('');
	const [publicKey, setPublicKey] = useState('');
	const differs = again !== '' && passphrase !== again;
	const add = async () => {
		if (source === 'new' && passphrase !== again) throw new Error('The two passphrases are not the same.');
		const key = source === 'new' ? await makeKeys(system, name.trim(), passphrase) : parseHexadecimal(publicKey.trim());
		if (key === undefined) throw new Error('A public key has 64 hexadecimal digits.');
		await system.encryptionAddAgent(name.trim(), key);
		onChanged();
		return true;
	};
	return (
		<DeedDialog
			{...{ title: 'Add a recovery agent', deed: 'Add', disabled: name.trim() === '', onClose, onDeed: add }}
			describe={describeAccountFailure}
		>
			<TextField label="What the agent is called" autoFocus value={name} onChange={setName} />
			<RadioGroup<Source>
				{...{ label: 'The agent’s key', value: source, onChange: setSource }}
				options={[
					{
						value: 'new',
						label: 'Make a new one',
						hint: 'Saved to your computer as a file under a passphrase; nothing of it stays here.',
					},
					{ value: 'public', label: 'One that exists', hint: 'Only its public half is needed.' },
				]}
			/>
			{source === 'new' ? (
				<>
					<PasswordField
						{...{ label: 'Passphrase of the file', purpose: 'new-password', value: passphrase }}
						onChange={setPassphrase}
					/>
					<PasswordField
						{...{ label: 'The same once more', purpose: 'new-password', value: again, onChange: setAgain }}
						error={differs ? 'The two are not the same.' : undefined}
					/>
				</>
			) : (
				<TextField label="Public key, 64 hexadecimal digits" value={publicKey} onChange={setPublicKey} />
			)}
		</DeedDialog>
	);
}

/** Hands the file with the agent's keys to the browser; returns their public half. */
async function makeKeys(system: System, name: string, passphrase: string): Promise<Uint8Array<ArrayBuffer>> {
	const secret = new TextEncoder().encode(passphrase);
	const file = await system.encryptionMakeAgent(secret);
	const publicKey = await system.encryptionBackupKey(file, secret);
	const link = document.createElement('a');
	link.href = URL.createObjectURL(new Blob([file as Uint8Array<ArrayBuffer>]));
	link.download = `Recovery agent ${name}.age`;
	link.click();
	URL.revokeObjectURL(link.href);
	return publicKey;
}

export function RemoveAgentDialog({
	system,
	agent,
	onChanged,
	onClose,
}: EncryptionDialogProps & { readonly agent: RecoveryAgent }) {
	const remove = async () => {
		await system.encryptionRemoveAgent(agent.key);
		onChanged();
		return true;
	};
	return (
		<DeedDialog
			{...{ title: `Remove ${agent.name}`, deed: 'Remove', kind: 'danger', onClose, onDeed: remove }}
			describe={describeAccountFailure}
		>
			<p>What is encrypted from now on {agent.name} cannot open.</p>
			<p className="settings-note">
				Older files stay open to them until their owner adds the missing keys in Properties, or runs “efs update” in the
				Terminal.
			</p>
		</DeedDialog>
	);
}
