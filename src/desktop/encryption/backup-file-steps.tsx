/** A file with the person's keys as the way back: a passphrase, the file, and opening it once. */
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { OsError } from '#abi/errors.ts';
import type { KeyBackupFormat } from '#abi/structures.generated.ts';
import { Button } from '#ui/controls/button.tsx';
import { PasswordField } from '#ui/controls/password-field.tsx';
import { RadioGroup } from '#ui/controls/radio-group.tsx';
import { Spinner } from '#ui/controls/spinner.tsx';
import { download } from '../files/download.ts';
import { explainError } from '../files/failure-words.ts';
import { pickHostItems } from '../files/host-picker.ts';
import type { WayBackSteps } from './recovery-code-steps.tsx';

const shortestPassphrase = 8;

export function BackupFileSteps(props: WayBackSteps) {
	const [name, setName] = useState<string>();
	return name === undefined ? (
		<MakeFile {...props} onMade={setName} />
	) : (
		<OpenFile {...props} name={name} onBack={() => setName(undefined)} />
	);
}

function MakeFile({ system, onBack, onMade }: WayBackSteps & { onMade(name: string): void }) {
	const [format, setFormat] = useState<KeyBackupFormat>('age');
	const [passphrase, setPassphrase] = useState('');
	const [again, setAgain] = useState('');
	const { problem, isBusy, run, setProblem } = useAttempt();
	const inputRef = useRef<HTMLInputElement>(null);
	useEffect(() => inputRef.current?.focus(), []);
	const make = (event: FormEvent) => {
		event.preventDefault();
		if (passphrase.length < shortestPassphrase)
			return setProblem(`A passphrase has at least ${shortestPassphrase} characters; a few words in a row are good.`);
		if (passphrase !== again) return setProblem('The two are not the same.');
		void run(async () => {
			const { userName } = await system.tokenRead(0);
			const bytes = await system.encryptionBackup(format, new TextEncoder().encode(passphrase));
			const name = `Keys of ${userName}.${format}`;
			download({ name, content: new Blob([bytes as Uint8Array<ArrayBuffer>]) });
			onMade(name);
		});
	};
	return (
		<form className="key-backup-body" onSubmit={make}>
			<h2 className="key-backup-title">A backup file of your keys</h2>
			<p>
				Whoever has the file and its passphrase can open your encrypted files. Choose one that you use for nothing else.
			</p>
			<PasswordField
				{...{ label: 'Passphrase', purpose: 'new-password', value: passphrase, inputRef, onChange: setPassphrase }}
			/>
			<PasswordField
				{...{ label: 'The same once more', purpose: 'new-password', value: again, onChange: setAgain }}
				error={problem === '' ? undefined : problem}
			/>
			<RadioGroup<KeyBackupFormat>
				label="Form of the file"
				value={format}
				onChange={setFormat}
				options={[
					{ value: 'age', label: 'age', hint: 'Opened by Vitrine and by the program age.' },
					{ value: 'p12', label: 'PKCS #12 (.p12)', hint: 'For systems that keep certificates.' },
				]}
			/>
			<Buttons {...{ isBusy, onBack }} label="Save the file" />
		</form>
	);
}

function OpenFile({ system, name, onProved, onBack }: WayBackSteps & { readonly name: string }) {
	const [file, setFile] = useState<File>();
	const [passphrase, setPassphrase] = useState('');
	const { problem, isBusy, run, setProblem } = useAttempt();
	const pick = async () => {
		const [item] = await pickHostItems('files');
		if (item?.kind === 'file') setFile(await item.file());
	};
	const prove = (event: FormEvent) => {
		event.preventDefault();
		if (file === undefined) return setProblem('Choose the file first.');
		void run(async () => {
			await system.encryptionConfirmBackup(
				new Uint8Array(await file.arrayBuffer()),
				new TextEncoder().encode(passphrase),
			);
			onProved();
		});
	};
	return (
		<form className="key-backup-body" onSubmit={prove}>
			<h2 className="key-backup-title">Now open it once</h2>
			<p>
				Your browser has saved “{name}”. Put it where it is safe, then show that it opens: choose it there and type its
				passphrase.
			</p>
			<div className="key-backup-file">
				<Button autoFocus icon="folder-open" onPress={() => void pick()}>
					Choose the file…
				</Button>
				<span>{file?.name ?? 'No file chosen'}</span>
			</div>
			<PasswordField
				{...{ label: 'Passphrase', value: passphrase, onChange: setPassphrase }}
				error={problem === '' ? undefined : problem}
			/>
			<Buttons {...{ isBusy, onBack }} label="Open it" />
		</form>
	);
}

function Buttons({ isBusy, onBack, label }: { isBusy: boolean; onBack(): void; label: string }) {
	return (
		<div className="key-backup-buttons">
			{isBusy ? <Spinner label="Working" size={16} /> : null}
			<Button onPress={onBack}>Back</Button>
			<Button kind="primary" type="submit" disabled={isBusy}>
				{label}
			</Button>
		</div>
	);
}

/** Something that takes a moment, and what went wrong in words. */
function useAttempt() {
	const [problem, setProblem] = useState('');
	const [isBusy, setBusy] = useState(false);
	const run = async (task: () => Promise<void>) => {
		setProblem('');
		setBusy(true);
		try {
			await task();
		} catch (error) {
			setProblem(explainBackup(error));
		} finally {
			setBusy(false);
		}
	};
	return { problem, isBusy, run, setProblem };
}

function explainBackup(error: unknown): string {
	if (error instanceof OsError && error.code === 'EINVAL') return 'This file does not hold your keys.';
	return explainError(error);
}
