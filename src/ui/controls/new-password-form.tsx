/** A new password, typed twice, with a hint. Where it is optional, what goes with it shows once there is one. */
import { type ReactNode, useId, useRef, useState } from 'react';
import { PasswordField } from './password-field.tsx';
import './new-password-form.css';

export interface ChosenPassword {
	readonly password: string;
	readonly hint: string;
}

export interface NewPasswordFormProps {
	readonly isOptional: boolean;
	readonly initialPassword?: string;
	readonly busy: boolean;
	/** Buttons, one of which submits. */
	readonly actions: ReactNode;
	/** Stands above the password. */
	readonly children?: ReactNode;
	onSubmit(chosen: ChosenPassword): void;
}

export function NewPasswordForm(props: NewPasswordFormProps) {
	const { isOptional, busy, actions, children } = props;
	const id = useId();
	const repeatField = useRef<HTMLInputElement>(null);
	const [password, setPassword] = useState(props.initialPassword ?? '');
	const [repeated, setRepeated] = useState('');
	const [hint, setHint] = useState('');
	const [differs, setDiffers] = useState(false);
	const wanted = password !== '' || !isOptional;
	const send = () => {
		if (password === '' && !isOptional) return;
		if (password !== '' && password !== repeated) {
			setDiffers(true);
			repeatField.current?.focus();
			return;
		}
		props.onSubmit({ password, hint: password === '' ? '' : hint.trim() });
	};
	return (
		<form
			className="new-password-form"
			onSubmit={(event) => {
				event.preventDefault();
				send();
			}}
		>
			{children}
			<PasswordField
				{...{ label: isOptional ? 'Password (optional)' : 'New password', purpose: 'new-password', value: password }}
				disabled={busy}
				onChange={(text) => {
					setPassword(text);
					setDiffers(false);
				}}
			/>
			{wanted ? (
				<>
					<PasswordField
						{...{ label: 'The same once more', purpose: 'new-password', value: repeated, inputRef: repeatField }}
						disabled={busy}
						error={differs ? 'The two are not the same.' : undefined}
						onChange={(text) => {
							setRepeated(text);
							setDiffers(false);
						}}
					/>
					<div className="field">
						<label className="field-label" htmlFor={id}>
							Hint (optional)
						</label>
						<input
							id={id}
							className="field-input"
							autoComplete="off"
							maxLength={120}
							disabled={busy}
							value={hint}
							onChange={(event) => setHint(event.target.value)}
						/>
						<span className="field-hint">Everybody at this screen can read it.</span>
					</div>
				</>
			) : null}
			<div className="new-password-actions">{actions}</div>
		</form>
	);
}
