/** Every setting that a part of the system defines, with the control that its type asks for. */
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { formatBare } from '#abi/setting-text.ts';
import type { SettingValue } from '#abi/structures.generated.ts';
import type { ProgramProps } from '#runtime/window-program.ts';
import { Button } from '#ui/controls/button.tsx';
import { Select } from '#ui/controls/select.tsx';
import { Switch } from '#ui/controls/switch.tsx';
import { TextField } from '#ui/controls/text-field.tsx';
import { type DefinedSetting, DefinedSettings } from './defined-settings.ts';
import { Section, SettingRow } from './section.tsx';

/** What the first part of a name is called. */
const groupTitles: Readonly<Record<string, string>> = {
	accounts: 'Accounts',
	encryption: 'Encryption',
	events: 'Events',
	machines: 'Old programs',
	maintenance: 'Maintenance',
	services: 'Services',
	terminal: 'Terminal',
};

interface SettingControlProps {
	readonly setting: DefinedSetting;
	onChange(value: SettingValue): void;
}

function SettingControl({ setting, onChange }: SettingControlProps) {
	const { definition, value, isFixed } = setting;
	const { title, choices } = definition;
	if (value.type === 'boolean')
		return (
			<Switch
				on={value.boolean === true}
				ariaLabel={title}
				disabled={isFixed}
				onChange={(on) => onChange({ type: 'boolean', boolean: on })}
			>
				{value.boolean === true ? 'On' : 'Off'}
			</Switch>
		);
	if (choices.length > 0)
		return (
			<Select
				{...{ label: title, hideLabel: true, value: value.text ?? '', disabled: isFixed }}
				options={choices.map((choice) => ({
					value: choice,
					label: choice.replace(/^./, (letter) => letter.toUpperCase()),
				}))}
				onChange={(text) => onChange({ type: 'string', text })}
			/>
		);
	if (value.type === 'integer') return <NumberControl {...{ setting, onChange }} />;
	return <span className="selectable">{formatBare(value)}</span>;
}

function NumberControl({ setting, onChange }: SettingControlProps) {
	const { definition, value, isFixed } = setting;
	const { title, minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER } = definition;
	const stored = String(value.number);
	const [text, setText] = useState(stored);
	useEffect(() => setText(stored), [stored]);
	const number = Number(text);
	const fits = /^-?\d+$/.test(text) && number >= minimum && number <= maximum;
	const commit = () => {
		if (fits && text !== stored) onChange({ type: 'integer', number });
		else if (!fits) setText(stored);
	};
	return (
		<TextField
			{...{ label: title, hideLabel: true, value: text, disabled: isFixed, className: 'settings-number' }}
			error={fits ? undefined : `From ${minimum} to ${maximum}`}
			onChange={setText}
			onBlur={commit}
			onKeyDown={(event) => {
				if (event.key === 'Enter') commit();
				else if (event.key === 'Escape') setText(stored);
			}}
		/>
	);
}

function hintOf({ definition: { summary, scope }, isFixed }: DefinedSetting): string {
	if (isFixed) return `${summary} Set by a policy: it cannot be changed here.`;
	return scope === 'machine' ? `${summary} Holds for all users.` : summary;
}

export function ManagementPage({ system }: ProgramProps) {
	const model = useMemo(() => new DefinedSettings(system), [system]);
	const { settings, failure } = useSyncExternalStore(model.subscribe, model.current);
	useEffect(() => {
		void model.start();
		return () => model.stop();
	}, [model]);
	const groups = Object.entries(
		Object.groupBy(settings ?? [], ({ definition }) => definition.name.split('/', 1)[0] ?? ''),
	);
	return (
		<>
			<p className="settings-lead">
				What the parts of Vitrine let you set. The command “settings” in the Terminal changes, exports and imports all
				of it.
			</p>
			{failure === undefined ? null : (
				<p className="settings-failure" role="alert">
					{failure}
				</p>
			)}
			{groups.map(([group, members = []]) => (
				<Section key={group} title={groupTitles[group] ?? group}>
					{members.map((setting) => (
						<SettingRow key={setting.definition.name} title={setting.definition.title} hint={hintOf(setting)}>
							<div className="settings-pair">
								<SettingControl setting={setting} onChange={(value) => void model.change(setting.definition, value)} />
								<Button
									{...{ kind: 'plain', size: 'small', icon: 'arrow-counter-clockwise' }}
									ariaLabel={`Default for “${setting.definition.title}”`}
									disabled={setting.isFixed || setting.source === 'default'}
									onPress={() => void model.change(setting.definition, undefined)}
								/>
							</div>
						</SettingRow>
					))}
				</Section>
			))}
		</>
	);
}
