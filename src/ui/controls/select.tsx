/** One choice of many, in a list that drops down. */
import { Select as AriaSelect, Button, Label, ListBox, ListBoxItem, Popover, SelectValue } from 'react-aria-components';
import { Icon } from '../icon.tsx';
import './field.css';
import './menu.css';
import './select.css';

export interface SelectOption<T extends string> {
	readonly value: T;
	readonly label: string;
}

export interface SelectProps<T extends string> {
	readonly label: string;
	readonly hideLabel?: boolean;
	readonly value: T;
	readonly options: readonly SelectOption<T>[];
	readonly disabled?: boolean;
	onChange(value: T): void;
}

export function Select<T extends string>(props: SelectProps<T>) {
	const { label, hideLabel = false, value, options, disabled = false, onChange } = props;
	return (
		<AriaSelect
			className="field"
			aria-label={hideLabel ? label : undefined}
			value={value}
			isDisabled={disabled}
			onChange={(key) => onChange(String(key) as T)}
		>
			{hideLabel ? null : <Label className="field-label">{label}</Label>}
			<Button className="field-input select-button">
				<SelectValue className="select-value">{({ selectedText }) => selectedText}</SelectValue>
				<Icon name="caret-up-down" size={14} />
			</Button>
			<Popover className="menu-popover select-popover" offset={4}>
				<ListBox className="menu">
					{options.map((option) => (
						<ListBoxItem
							key={option.value}
							id={option.value}
							textValue={option.label}
							className="menu-item select-item"
						>
							<span className="menu-label">{option.label}</span>
							<Icon name="check" size={16} />
						</ListBoxItem>
					))}
				</ListBox>
			</Popover>
		</AriaSelect>
	);
}
