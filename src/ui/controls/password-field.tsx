/**
 * A field for something secret: hidden while it is typed, with a button that shows it, and a word when Caps Lock is on.
 * It loads no other control, because the logon screen shows it first.
 */
import { type KeyboardEvent, type MouseEvent, type ReactNode, type RefObject, useId, useState } from 'react';
import { Icon } from '../icon.tsx';
import './field.css';
import './password-field.css';

export interface PasswordFieldProps {
	readonly label: string;
	/** Only spoken, and shown in the field while that is empty. */
	readonly hideLabel?: boolean;
	readonly value: string;
	readonly hint?: string;
	/** Says what is wrong; its presence marks the field as invalid. */
	readonly error?: string;
	readonly disabled?: boolean;
	readonly inputRef?: RefObject<HTMLInputElement | null>;
	/** For the browser: what is asked for is known already, or is chosen now. */
	readonly purpose?: 'current-password' | 'new-password';
	/** Stands in the field, at its end. */
	readonly children?: ReactNode;
	onChange(value: string): void;
}

export function PasswordField(props: PasswordFieldProps) {
	const { label, hideLabel = false, value, hint, error, disabled = false, purpose = 'current-password' } = props;
	const id = useId();
	const [shown, setShown] = useState(false);
	const [capsLock, setCapsLock] = useState(false);
	const watch = (event: KeyboardEvent | MouseEvent) => setCapsLock(event.getModifierState('CapsLock'));
	const notes = [error ?? hint ?? '', capsLock ? 'Caps Lock is on.' : ''].filter((note) => note !== '').join(' ');
	return (
		<div className="field password-field">
			<label className={hideLabel ? 'visually-hidden' : 'field-label'} htmlFor={id}>
				{label}
			</label>
			<span className="field-box">
				<input
					ref={props.inputRef}
					id={id}
					className="field-input"
					type={shown ? 'text' : 'password'}
					placeholder={hideLabel ? label : undefined}
					autoComplete={purpose}
					autoCapitalize="off"
					spellCheck={false}
					maxLength={256}
					value={value}
					disabled={disabled}
					aria-invalid={error !== undefined}
					aria-describedby={notes === '' ? undefined : `${id}-notes`}
					onChange={(event) => props.onChange(event.target.value)}
					onKeyDown={watch}
					onKeyUp={watch}
					onMouseDown={watch}
				/>
				<button
					type="button"
					className="password-show"
					aria-label={shown ? `Hide ${label.toLowerCase()}` : `Show ${label.toLowerCase()}`}
					aria-pressed={shown}
					disabled={disabled}
					onClick={() => setShown(!shown)}
				>
					<Icon name={shown ? 'eye-slash' : 'eye'} size={18} />
				</button>
				{props.children}
			</span>
			<span id={`${id}-notes`} className={error === undefined ? 'field-hint' : 'field-error'} role="status">
				{notes}
			</span>
		</div>
	);
}
