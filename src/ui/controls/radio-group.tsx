/** One choice of few, all in view. */
import { RadioGroup as AriaRadioGroup, Label, Radio } from 'react-aria-components';
import './choice.css';
import './field.css';

export interface RadioOption<T extends string> {
	readonly value: T;
	readonly label: string;
	readonly hint?: string;
	readonly disabled?: boolean;
}

export interface RadioGroupProps<T extends string> {
	readonly label: string;
	readonly hideLabel?: boolean;
	readonly value: T;
	readonly options: readonly RadioOption<T>[];
	readonly orientation?: 'vertical' | 'horizontal';
	onChange(value: T): void;
}

export function RadioGroup<T extends string>(props: RadioGroupProps<T>) {
	const { label, hideLabel = false, value, options, orientation = 'vertical', onChange } = props;
	// Nothing chosen must be null: with a value that no radio has, Tab passes all of them.
	const chosen = options.some((option) => option.value === value) ? value : null;
	return (
		<AriaRadioGroup
			className={`field radio-group radio-group-${orientation}`}
			aria-label={hideLabel ? label : undefined}
			value={chosen}
			orientation={orientation}
			onChange={(next) => onChange(next as T)}
		>
			{hideLabel ? null : <Label className="field-label">{label}</Label>}
			<div className="radio-options">
				{options.map((option) => (
					<Radio key={option.value} value={option.value} className="choice" isDisabled={option.disabled ?? false}>
						<span className="choice-box choice-round" />
						<span className="choice-label">
							{option.label}
							{option.hint === undefined ? null : <span className="choice-hint">{option.hint}</span>}
						</span>
					</Radio>
				))}
			</div>
		</AriaRadioGroup>
	);
}
