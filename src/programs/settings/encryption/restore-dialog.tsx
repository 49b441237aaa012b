/** Takes the keys of a backup in, beside those that the person has. */
import { useState } from 'react';
import { OsError } from '#abi/errors.ts';
import { describeAccountFailure } from '#runtime/credentials.ts';
import { Button } from '#ui/controls/button.tsx';
import { Checkbox } from '#ui/controls/checkbox.tsx';
import { PasswordField } from '#ui/controls/password-field.tsx';
import { DeedDialog } from '../accounts/deed-dialog.tsx';
import type { EncryptionDialogProps } from './encryption-page.tsx';

/** A backup holds some keys. */
const largestBackup = 1 << 20;

export function RestoreDialog({ system, shell, onChanged, onClose }: EncryptionDialogProps) {
	const [path, setPath] = useState<string>();
	const [passphrase, setPassphrase] = useState('');
	const [keep, setKeep] = useState(true);
	const restore = async () => {
		if (path === undefined) return false;
		const backup = await system.pathRead(path, largestBackup);
		const found = await system.encryptionRestore(backup, new TextEncoder().encode(passphrase), keep);
		const text =
			found.length === 0 ? 'You had all keys of this backup already.' : `${found.length} keys are at hand now.`;
		shell.notify({ title: 'Keys from a backup', text, kind: 'information' });
		onChanged();
		return true;
	};
	const pick = async () => {
		const picked = await shell.pickFile({ title: 'Backup of keys', extensions: ['.age', '.p12', '.pfx'] });
		if (picked !== undefined) setPath(picked);
	};
	return (
		<DeedDialog
			{...{ title: 'Restore keys', deed: 'Restore', disabled: path === undefined, onClose, onDeed: restore }}
			describe={describeFailure}
		>
			<p>Bring the file in from your computer first, for instance by dropping it on the desktop.</p>
			<div className="settings-pair">
				<Button icon="folder-open" onPress={() => void pick()}>
					Choose the file…
				</Button>
				<span className="settings-note">{path ?? 'No file chosen'}</span>
			</div>
			<PasswordField
				{...{ label: 'Its passphrase', purpose: 'current-password', value: passphrase, onChange: setPassphrase }}
			/>
			<Checkbox checked={keep} onChange={setKeep}>
				Keep them, not only until I log off
			</Checkbox>
		</DeedDialog>
	);
}

function describeFailure(error: unknown): string {
	if (error instanceof OsError && error.code === 'EINVAL') return 'This file holds no keys for encrypted files.';
	if (error instanceof OsError && error.code === 'EACCES') return 'This is not the passphrase of the file.';
	return describeAccountFailure(error);
}
