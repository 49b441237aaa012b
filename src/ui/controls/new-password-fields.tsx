/**
 * The fields of a new password, typed twice, with a hint. Where it is optional, what goes with it shows once there is one.
 *
 * Rules of use: they stand in a form, whose submission asks `check` what was chosen.
 */
import { type RefObject, useId, useRef, useState } from 'react';
import { PasswordField } from './password-field.tsx';

export interface ChosenPassword {
	/** Empty: none. */
	readonly password: string;
	readonly hint: string;
}

export interface NewPassword {
	readonly isOptional: boolean;
	readonly password: string;
	readonly repeated: string;
	readonly hint: string;
	/** The two are not the same. */
	readonly differs: boolean;
	readonly repeatField: RefObject<HTMLInputElement | null>;
	change(change: Partial<Record<'password' | 'repeated' | 'hint', string>>): void;
	/** What was chosen; `undefined`, and the person is shown why, when that is not clear yet. */
	check(): ChosenPassword | undefined;
}

export function useNewPassword(isOptional: boolean): NewPassword {
	const repeatField = useRef<HTMLInputElement>(null);
	const [typed, setTyped] = useState({ password: '', repeated: '', hint: '', differs: false });
	return {
		...typed,
		isOptional,
		repeatField,
		change: (change) => setTyped({ ...typed, ...change, differs: false }),
		check: () => {
			const { password, repeated, hint } = typed;
			if (password === '') return isOptional ? { password, hint: '' } : undefined;
			if (password === repeated) return { password, hint: hint.trim() };
			setTyped({ ...typed, differs: true });
			repeatField.current?.focus();
			return undefined;
		},
	};
}

export interface NewPasswordFieldsProps {
	readonly chosen: NewPassword;
	readonly disabled?: boolean;
	readonly inputRef?: RefObject<HTMLInputElement | null>;
}

export function NewPasswordFields({ chosen, disabled = false, inputRef }: NewPasswordFieldsProps) {
	const id = useId();
	const { isOptional, password, repeated, hint, differs, repeatField, change } = chosen;
	return (
		<>
			<PasswordField
				{...{ label: isOptional ? 'Password (optional)' : 'New password', purpose: 'new-password' }}
				{...{ value: password, disabled, inputRef }}
				onChange={(text) => change({ password: text })}
			/>
			{isOptional && password === '' ? null : (
				<>
					<PasswordField
						{...{ label: 'The same once more', purpose: 'new-password' }}
						{...{ value: repeated, disabled, inputRef: repeatField }}
						error={differs ? 'The two are not the same.' : undefined}
						onChange={(text) => change({ repeated: text })}
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
							disabled={disabled}
							value={hint}
							onChange={(event) => change({ hint: event.target.value })}
						/>
						<span className="field-hint">Everybody at this screen can read it.</span>
					</div>
				</>
			)}
		</>
	);
}
