/** Whether a passphrase closes the data partition. */
import { useRef, useState } from 'react';
import { Button } from '#ui/controls/button.tsx';
import { PasswordField } from '#ui/controls/password-field.tsx';
import { RadioGroup, type RadioOption } from '#ui/controls/radio-group.tsx';

const leastLength = 8;

type Way = 'encrypted' | 'plain';

const options: readonly RadioOption<Way>[] = [
	{
		value: 'encrypted',
		label: 'Encrypt my files with a passphrase',
		hint: 'It is asked for at each start. Who finds or takes the disk can read nothing.',
	},
	{
		value: 'plain',
		label: 'Do not encrypt',
		hint: 'The PC starts without a question. Who has the disk in hand can read what is on it.',
	},
];

interface PassphrasePageProps {
	onBack(): void;
	/** Empty for no encryption. */
	onChosen(passphrase: string): void;
}

export function PassphrasePage({ onBack, onChosen }: PassphrasePageProps) {
	const [way, setWay] = useState<Way>('encrypted');
	const [passphrase, setPassphrase] = useState('');
	const [repeated, setRepeated] = useState('');
	const [problem, setProblem] = useState<'short' | 'differs'>();
	const repeatField = useRef<HTMLInputElement>(null);
	const next = () => {
		if (way === 'plain') onChosen('');
		else if (passphrase.length < leastLength) setProblem('short');
		else if (passphrase !== repeated) {
			setProblem('differs');
			repeatField.current?.focus();
		} else onChosen(passphrase);
	};
	const change = (set: (value: string) => void) => (value: string) => {
		set(value);
		setProblem(undefined);
	};
	return (
		<form
			className="install"
			onSubmit={(event) => {
				event.preventDefault();
				next();
			}}
		>
			<div className="install-page">
				<h2 tabIndex={-1}>Shall your files be encrypted?</h2>
				<RadioGroup<Way>
					label="Encryption"
					hideLabel
					value={way}
					options={options}
					onChange={(chosen) => setWay(chosen)}
				/>
				{way === 'plain' ? null : (
					<div className="install-fields">
						<PasswordField
							{...{ label: 'Passphrase', purpose: 'new-password', value: passphrase, onChange: change(setPassphrase) }}
							hint="Four words that have nothing to do with each other are better than one with digits."
							{...(problem === 'short' ? { error: `Take at least ${leastLength} characters.` } : {})}
						/>
						<PasswordField
							{...{ label: 'Passphrase once more', purpose: 'new-password', value: repeated }}
							{...{ inputRef: repeatField, onChange: change(setRepeated) }}
							{...(problem === 'differs' ? { error: 'The two are not the same.' } : {})}
						/>
						<p>There is no other way in: without the passphrase nobody can open the files again. Write it down.</p>
					</div>
				)}
			</div>
			<div className="install-actions">
				<Button onPress={onBack}>Back</Button>
				<Button kind="primary" type="submit">
					Next
				</Button>
			</div>
		</form>
	);
}
