/** What a person should know, or can mend, before they look at who can open it. */
import { useState } from 'react';
import type { EncryptionProgress } from '#abi/structures.generated.ts';
import { Button } from '#ui/controls/button.tsx';
import { changeFile } from '../../encryption/encryption-job.ts';
import { formatSize } from '../../files/format.ts';
import { Notice } from '../notice.tsx';
import type { PropertiesSubject } from '../properties-page.ts';
import type { EncryptionFacts } from './use-encryption.ts';

export interface EncryptionPartProps {
	readonly subject: PropertiesSubject;
	readonly facts: EncryptionFacts;
	onChanged(): void;
}

export function EncryptionNotices(props: EncryptionPartProps) {
	const { facts } = props;
	const encrypted = facts.infos.filter((info) => info.encrypted);
	const isOpen = encrypted.every(({ mayOpen }) => mayOpen);
	return (
		<>
			<UnfinishedNotice {...props} />
			{isOpen ? null : (
				<Notice kind="warning">
					You cannot open {facts.infos.length === 1 ? 'this file' : 'some of these'}. Below stands who can; they can let
					you open it too.
				</Notice>
			)}
			{isOpen && encrypted.some(({ outdated }) => outdated) ? <OutdatedNotice {...props} /> : null}
			{facts.hasNoPassword ? (
				<Notice
					kind="warning"
					actions={
						<Button onPress={() => props.subject.startProgram('settings', ['accounts'])}>Set a password…</Button>
					}
				>
					Your account has no password: whoever sits down at this computer opens what you have encrypted.
				</Notice>
			) : null}
			<WayBackNotice {...props} />
		</>
	);
}

/** A change that a crash or a power cut has interrupted, or that runs now. */
function UnfinishedNotice({ subject, facts, onChanged }: EncryptionPartProps) {
	const index = facts.infos.findIndex(({ unfinished }) => unfinished !== undefined);
	const progress = facts.infos[index]?.unfinished;
	const path = subject.paths[index];
	if (progress === undefined || path === undefined) return null;
	const finish = () => {
		const { operations, system } = subject.files;
		const title = `${doing[progress.change]} “${path.slice(path.lastIndexOf('/') + 1)}”`;
		const transfer = operations.run(title, '', async (services) => {
			services.transfer.expect(1, progress.totalBytes);
			services.transfer.counted = true;
			await changeFile({ system, transfer: services.transfer }, path, progress.change);
			services.transfer.advance(1, progress.totalBytes);
		});
		void transfer.finished.then(onChanged);
	};
	const { doneBytes, totalBytes } = progress;
	return (
		<Notice kind="information" actions={<Button onPress={finish}>Finish it</Button>}>
			{doing[progress.change]} this file was begun and is not finished: {formatSize(doneBytes)} of{' '}
			{formatSize(totalBytes)}. Nothing is lost; it can be read and written meanwhile.
		</Notice>
	);
}

const doing: Readonly<Record<EncryptionProgress['change'], string>> = {
	encrypt: 'Encrypting',
	decrypt: 'Decrypting',
	renew: 'Encrypting anew',
};

function OutdatedNotice({ subject, onChanged }: EncryptionPartProps) {
	const update = () => {
		const { operations, system } = subject.files;
		const transfer = operations.forEachEncrypted('Giving files the keys that they should have', subject.paths, (path) =>
			system.encryptionUpdate(path),
		);
		void transfer.finished.then(onChanged);
	};
	return (
		<Notice kind="information" actions={<Button onPress={update}>Add the missing keys</Button>}>
			A recovery agent, or your newest key, cannot open this yet.
		</Notice>
	);
}

function WayBackNotice({ subject, facts, onChanged }: EncryptionPartProps) {
	const [isAsking, setAsking] = useState(false);
	const { recovery, key } = facts.keys;
	if (recovery.length > 0 && key !== '') return null;
	const ask = async () => {
		setAsking(true);
		await subject.files.encryption.askForWayBack();
		setAsking(false);
		onChanged();
	};
	const button = (
		<Button disabled={isAsking} onPress={() => void ask()}>
			Make a way back…
		</Button>
	);
	return (
		<Notice kind="information" actions={button}>
			Before anything is encrypted you need a way back to it, for the day when the password is forgotten: a recovery
			code or a backup of your keys.
		</Notice>
	);
}
