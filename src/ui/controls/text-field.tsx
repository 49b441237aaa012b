/** One line of text, or several with `multiline`, with label, hint and error. */
import type { KeyboardEvent, RefObject } from 'react';
import { TextField as AriaTextField, FieldError, Input, Label, Text, TextArea } from 'react-aria-components';
import { Icon, type IconName } from '../icon.tsx';
import './field.css';

export interface TextFieldProps {
	/** Shown above, or only spoken when `hideLabel`. */
	readonly label: string;
	readonly hideLabel?: boolean;
	readonly value: string;
	readonly placeholder?: string;
	readonly icon?: IconName;
	readonly hint?: string;
	/** Says what is wrong; its presence marks the field as invalid. */
	readonly error?: string;
	readonly disabled?: boolean;
	readonly readOnly?: boolean;
	readonly autoFocus?: boolean;
	readonly multiline?: boolean;
	readonly type?: 'text' | 'search' | 'number' | 'password';
	readonly inputRef?: RefObject<HTMLInputElement | null>;
	readonly className?: string;
	onChange?(value: string): void;
	onKeyDown?(event: KeyboardEvent<Element>): void;
	onBlur?(): void;
}

export function TextField(props: TextFieldProps) {
	const { label, hideLabel = false, value, placeholder, icon, hint, error, multiline = false } = props;
	return (
		<AriaTextField
			className={`field ${props.className ?? ''}`}
			aria-label={hideLabel ? label : undefined}
			value={value}
			onChange={props.onChange}
			onBlur={props.onBlur}
			isDisabled={props.disabled ?? false}
			isReadOnly={props.readOnly ?? false}
			isInvalid={error !== undefined}
			autoFocus={props.autoFocus}
			type={props.type ?? 'text'}
		>
			{hideLabel ? null : <Label className="field-label">{label}</Label>}
			<span className="field-box">
				{icon === undefined ? null : <Icon name={icon} size={16} />}
				{multiline ? (
					<TextArea className="field-input" placeholder={placeholder} />
				) : (
					<Input
						ref={props.inputRef}
						className="field-input"
						placeholder={placeholder}
						spellCheck={false}
						autoComplete="off"
						onKeyDown={props.onKeyDown}
					/>
				)}
			</span>
			{hint === undefined || error !== undefined ? null : (
				<Text slot="description" className="field-hint">
					{hint}
				</Text>
			)}
			<FieldError className="field-error">{error}</FieldError>
		</AriaTextField>
	);
}
