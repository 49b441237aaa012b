/**
 * A recovery code: shown once, to be printed, saved or written down, and then typed back, which proves that it was kept.
 *
 * Rules of use: it stands in a form, whose submission asks the system whether what was typed is the code.
 */
import { useEffect, useId, useRef, useState } from 'react';
import { Icon, type IconName } from '../icon.tsx';
import './field.css';
import './recovery-code.css';

export interface RecoveryCodeProps {
	readonly code: string;
	/** Whose it is, for the paper. */
	readonly person: string;
	/** What was typed back, and what is wrong with it. */
	readonly typed: string;
	readonly problem: string;
	onType(typed: string): void;
}

export function RecoveryCode({ code, person, typed, problem, onType }: RecoveryCodeProps) {
	const id = useId();
	const field = useRef<HTMLInputElement>(null);
	const [kept, setKept] = useState('');
	useEffect(() => field.current?.focus(), []);
	const copy = async () => {
		await navigator.clipboard.writeText(code);
		setKept('Copied.');
	};
	return (
		<>
			<output className="recovery-code-text selectable" aria-label="Recovery code">
				{code}
			</output>
			<div className="recovery-code-ways">
				<Way icon="printer" label="Print" onPress={() => print(person, code)} />
				<Way icon="floppy-disk" label="Save to your computer" onPress={() => save(person, code)} />
				<Way icon="copy" label="Copy" onPress={() => void copy()} />
				<span role="status">{kept}</span>
			</div>
			<div className="field">
				<label className="field-label" htmlFor={id}>
					Type it back
				</label>
				<input
					ref={field}
					id={id}
					className="field-input recovery-code-typed"
					autoComplete="off"
					autoCapitalize="off"
					spellCheck={false}
					aria-invalid={problem !== ''}
					aria-describedby={`${id}-problem`}
					value={typed}
					onChange={(event) => onType(event.target.value)}
				/>
				<span id={`${id}-problem`} className="field-error" role="alert">
					{problem}
				</span>
			</div>
		</>
	);
}

function Way({ icon, label, onPress }: { icon: IconName; label: string; onPress(): void }) {
	return (
		<button type="button" className="recovery-code-way" onClick={onPress}>
			<Icon name={icon} size={18} />
			{label}
		</button>
	);
}

function textFor(person: string, code: string): string {
	const made = new Date().toLocaleDateString('en-GB', { dateStyle: 'long' });
	return `Recovery code of ${person} for Vitrine\n\n${code}\n\nMade on ${made}. It lets in who has lost the password. Keep it where nobody else finds it.\n`;
}

function save(person: string, code: string): void {
	const link = document.createElement('a');
	link.href = URL.createObjectURL(new Blob([textFor(person, code)], { type: 'text/plain' }));
	link.download = `Recovery code of ${person}.txt`;
	link.click();
	URL.revokeObjectURL(link.href);
}

/** Prints the code alone: the page's own sheets hide all else on paper. */
function print(person: string, code: string): void {
	const sheet = document.createElement('pre');
	sheet.className = 'recovery-code-sheet';
	sheet.textContent = textFor(person, code);
	document.body.append(sheet);
	window.print();
	sheet.remove();
}
