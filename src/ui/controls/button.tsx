/** Buttons: `primary` once a dialog at most, `plain` in bars, `danger` for what cannot be undone. */
import type { ReactNode, RefObject } from 'react';
import { Button as AriaButton, ToggleButton as AriaToggleButton } from 'react-aria-components';
import { Icon, type IconName } from '../icon.tsx';
import './button.css';
import { Tooltip } from './tooltip.tsx';

export type ButtonKind = 'neutral' | 'primary' | 'danger' | 'plain';

export interface ButtonProps {
	readonly children?: ReactNode;
	readonly kind?: ButtonKind;
	readonly size?: 'standard' | 'small';
	readonly icon?: IconName;
	readonly disabled?: boolean;
	readonly autoFocus?: boolean;
	/** Makes it the button that Enter takes in a form. */
	readonly type?: 'button' | 'submit';
	readonly ariaLabel?: string;
	readonly className?: string;
	readonly buttonRef?: RefObject<HTMLButtonElement | null>;
	onPress?(): void;
}

export function Button(props: ButtonProps) {
	const { kind = 'neutral', size = 'standard', icon, disabled = false } = props;
	return (
		<AriaButton
			ref={props.buttonRef}
			className={`button button-${kind} button-${size} ${props.className ?? ''}`}
			isDisabled={disabled}
			autoFocus={props.autoFocus}
			type={props.type ?? 'button'}
			aria-label={props.ariaLabel}
			onPress={() => props.onPress?.()}
		>
			{icon === undefined ? null : <Icon name={icon} size={18} />}
			{props.children}
		</AriaButton>
	);
}

export interface IconButtonProps {
	readonly icon: IconName;
	/** Accessible name, also shown as the tooltip. */
	readonly label: string;
	readonly shortcut?: string;
	readonly disabled?: boolean;
	readonly size?: 'standard' | 'small';
	readonly className?: string;
	onPress?(): void;
}

export function IconButton({ icon, label, shortcut, disabled = false, size = 'standard', ...rest }: IconButtonProps) {
	return (
		<Tooltip text={label} shortcut={shortcut}>
			<AriaButton
				className={`button button-plain button-icon button-${size} ${rest.className ?? ''}`}
				isDisabled={disabled}
				aria-label={label}
				onPress={() => rest.onPress?.()}
			>
				<Icon name={icon} size={18} />
			</AriaButton>
		</Tooltip>
	);
}

export interface ToggleButtonProps {
	readonly icon?: IconName;
	readonly label: string;
	readonly selected: boolean;
	/** Shows the label beside the icon. */
	readonly showLabel?: boolean;
	readonly disabled?: boolean;
	onChange(selected: boolean): void;
}

export function ToggleButton({ icon, label, selected, showLabel = false, disabled, onChange }: ToggleButtonProps) {
	const button = (
		<AriaToggleButton
			className={`button button-plain button-standard ${showLabel ? '' : 'button-icon'}`}
			isSelected={selected}
			isDisabled={disabled ?? false}
			aria-label={label}
			onChange={onChange}
		>
			{icon === undefined ? null : <Icon name={icon} size={18} />}
			{showLabel || icon === undefined ? label : null}
		</AriaToggleButton>
	);
	return showLabel ? button : <Tooltip text={label}>{button}</Tooltip>;
}
