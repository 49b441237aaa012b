/** Which layouts the keyboard of the PC has: a layout, its variant, and a second one to change to. */
import { useState } from 'react';
import type { PcKeyboardLayout } from '#abi/structures.generated.ts';
import { Button } from '#ui/controls/button.tsx';
import { Select, type SelectOption } from '#ui/controls/select.tsx';
import { TextField } from '#ui/controls/text-field.tsx';
import { Section, SettingRow } from '../section.tsx';

const none = '';

/** The layout without its variant: `de` of `de(nodeadkeys)`. */
const baseOf = (id: string): string => id.replace(/\(.*/, '');

export interface KeyboardLayoutProps {
	readonly layouts: readonly PcKeyboardLayout[];
	/** The layouts in force. */
	readonly chosen: readonly string[];
	readonly isBusy: boolean;
	readonly onApply: (layouts: readonly string[]) => void;
}

export function KeyboardLayout({ layouts, chosen, isBusy, onApply }: KeyboardLayoutProps) {
	const [draft, setDraft] = useState(chosen);
	const [tried, setTried] = useState('');
	const [first = 'us', second = none] = draft;
	const setFirst = (id: string) => setDraft([id, ...draft.slice(1)]);
	const setSecond = (id: string) => setDraft(id === none ? [first] : [first, id]);
	return (
		<Section title="Keyboard layout">
			<LayoutChoice label="Layout" value={first} layouts={layouts} onChange={setFirst} />
			<LayoutChoice label="Second layout" value={second} layouts={layouts} onChange={setSecond} mayBeNone />
			<SettingRow
				title="Try it here"
				hint={
					second === none
						? 'The layout holds for all people, and for the screen where they log on.'
						: 'Win+Space changes to the second layout and back. A session begins with the first.'
				}
			>
				<div className="settings-pair">
					<TextField {...{ label: 'Try it here', hideLabel: true, value: tried, onChange: setTried }} />
					<Button disabled={isBusy || draft.join() === chosen.join()} onPress={() => onApply(draft)}>
						Use this layout
					</Button>
				</div>
			</SettingRow>
		</Section>
	);
}

interface LayoutChoiceProps {
	readonly label: string;
	readonly value: string;
	readonly layouts: readonly PcKeyboardLayout[];
	readonly mayBeNone?: boolean;
	onChange(id: string): void;
}

function LayoutChoice({ label, value, layouts, mayBeNone = false, onChange }: LayoutChoiceProps) {
	const base = baseOf(value);
	const toOption = ({ id, title }: PcKeyboardLayout): SelectOption<string> => ({ value: id, label: title });
	const bases = layouts.filter(({ id }) => !id.includes('(')).map(toOption);
	const variants = layouts.filter(({ id }) => id.startsWith(`${base}(`)).map(toOption);
	return (
		<SettingRow title={label}>
			<div className="settings-pair">
				<Select
					{...{ label, hideLabel: true, value: base, onChange }}
					options={mayBeNone ? [{ value: none, label: 'None' }, ...bases] : bases}
				/>
				{variants.length === 0 ? null : (
					<Select
						{...{ label: `Variant of “${label}”`, hideLabel: true, value, onChange }}
						options={[{ value: base, label: 'Standard' }, ...variants]}
					/>
				)}
			</div>
		</SettingRow>
	);
}
