/** On or off, with effect at once. */
import type { ReactNode } from 'react';
import { Switch as AriaSwitch } from 'react-aria-components';
import './switch.css';

export interface SwitchProps {
	readonly children: ReactNode;
	readonly on: boolean;
	readonly disabled?: boolean;
	readonly ariaLabel?: string;
	onChange(on: boolean): void;
}

export function Switch({ children, on, disabled = false, ariaLabel, onChange }: SwitchProps) {
	return (
		<AriaSwitch className="switch" isSelected={on} isDisabled={disabled} aria-label={ariaLabel} onChange={onChange}>
			<span className="switch-track">
				<span className="switch-thumb" />
			</span>
			{children}
		</AriaSwitch>
	);
}
