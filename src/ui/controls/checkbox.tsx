/** A check box with its label. */
import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox } from 'react-aria-components';
import './choice.css';

export interface CheckboxProps {
	readonly children: ReactNode;
	readonly checked: boolean;
	/** Some of what it stands for is checked. */
	readonly indeterminate?: boolean;
	readonly disabled?: boolean;
	readonly ariaLabel?: string;
	onChange(checked: boolean): void;
}

export function Checkbox({
	children,
	checked,
	indeterminate = false,
	disabled = false,
	ariaLabel,
	onChange,
}: CheckboxProps) {
	return (
		<AriaCheckbox
			className="choice"
			isSelected={checked}
			isIndeterminate={indeterminate}
			isDisabled={disabled}
			aria-label={ariaLabel}
			onChange={onChange}
		>
			<span className="choice-box">
				<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
					<path d={indeterminate ? 'M4 8h8' : 'M3.5 8.4 6.7 11.4 12.6 4.8'} />
				</svg>
			</span>
			<span className="choice-label">{children}</span>
		</AriaCheckbox>
	);
}
