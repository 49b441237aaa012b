/** Where the PC stands, and what time it is there. */
import { useEffect, useState } from 'react';
import type { PcSettings, PcSettingsChange } from '#abi/structures.generated.ts';
import { Button } from '#ui/controls/button.tsx';
import { RadioGroup } from '#ui/controls/radio-group.tsx';
import { Select } from '#ui/controls/select.tsx';
import { TextField } from '#ui/controls/text-field.tsx';
import { Section, SettingRow } from '../section.tsx';

export interface TimeProps {
	readonly settings: PcSettings;
	readonly isBusy: boolean;
	readonly onChange: (change: PcSettingsChange, reason: string) => Promise<boolean>;
}

const areaOf = (zone: string): string => zone.split('/', 1)[0] ?? zone;
const placeOf = (zone: string): string => zone.slice(areaOf(zone).length + 1).replaceAll('_', ' ') || zone;

/** `UTC+01:00`, what holds there now. */
function offsetOf(zone: string): string {
	const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts();
	return (parts.find(({ type }) => type === 'timeZoneName')?.value ?? '').replace('GMT', 'UTC');
}

export function TimeZone({ settings, zones, isBusy, onChange }: TimeProps & { zones: readonly string[] }) {
	const [draft, setDraft] = useState(settings.timeZone);
	const area = areaOf(draft);
	const areas = [...new Set(zones.map(areaOf))];
	const places = zones.filter((zone) => areaOf(zone) === area);
	const setArea = (next: string) => setDraft(zones.find((zone) => areaOf(zone) === next) ?? draft);
	return (
		<Section title="Time zone">
			<SettingRow title="Where this PC is" hint={offsetOf(draft)}>
				<div className="settings-pair">
					<Select
						{...{ label: 'Area', hideLabel: true, value: area, onChange: setArea }}
						options={areas.map((name) => ({ value: name, label: name === 'Etc' ? 'No place' : name }))}
					/>
					<Select
						{...{ label: 'Place', hideLabel: true, value: draft, onChange: setDraft }}
						options={places.map((zone) => ({ value: zone, label: placeOf(zone) }))}
					/>
					<Button
						disabled={isBusy || draft === settings.timeZone}
						onPress={() => void onChange({ timeZone: draft }, `set the time zone to ${draft}`)}
					>
						Use this zone
					</Button>
				</div>
			</SettingRow>
		</Section>
	);
}

/** `2026-11-23 18:30` of the zone that the page has. */
function formatLocal(time: number): string {
	const date = new Date(time - new Date(time).getTimezoneOffset() * 60_000);
	return date.toISOString().slice(0, 16).replace('T', ' ');
}

/** Milliseconds since 1970; `undefined` for what is no date with a time. */
export function parseLocal(text: string): number | undefined {
	const match = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})[ T]+(\d{1,2}):(\d{2})\s*$/.exec(text);
	if (match === null) return undefined;
	const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1).map(Number);
	const date = new Date(year, month - 1, day, hour, minute);
	const isReal = date.getMonth() === month - 1 && date.getDate() === day && hour < 24 && minute < 60;
	return isReal && year >= 2020 && year < 2100 ? date.getTime() : undefined;
}

export function DateAndTime({ settings, isBusy, onChange }: TimeProps) {
	const [now, setNow] = useState(() => Date.now());
	useEffect(() => {
		const timer = setInterval(() => setNow(Date.now()), 1000);
		return () => clearInterval(timer);
	}, []);
	return (
		<Section title="Date and time">
			<SettingRow
				title={new Date(now).toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'medium' })}
				hint="As the clock in this PC says."
			>
				<SetClock isBusy={isBusy} onSet={(time) => onChange({ time }, `set the clock to ${formatLocal(time)}`)} />
			</SettingRow>
			<RadioGroup
				label="The clock in this PC shows"
				value={settings.clockIsLocal ? 'local' : 'utc'}
				options={[
					{ value: 'utc', label: 'UTC', hint: 'As Linux sets it. The right choice where Vitrine has the PC alone.' },
					{
						value: 'local',
						label: 'The time of the zone',
						hint: 'As Windows sets it, on a PC that starts that as well.',
					},
				]}
				onChange={(shown) =>
					void onChange({ clockIsLocal: shown === 'local' }, 'read the clock in this PC another way')
				}
			/>
		</Section>
	);
}

function SetClock({ isBusy, onSet }: { isBusy: boolean; onSet: (time: number) => Promise<boolean> }) {
	const [text, setText] = useState<string>();
	if (text === undefined) return <Button onPress={() => setText(formatLocal(Date.now()))}>Set date and time…</Button>;
	const time = parseLocal(text);
	const set = async () => {
		if (time !== undefined && (await onSet(time))) setText(undefined);
	};
	return (
		<div className="settings-pair">
			<TextField
				{...{ label: 'Date and time', hideLabel: true, value: text, onChange: setText }}
				error={time === undefined ? 'Like 2026-01-31 18:30' : undefined}
				onKeyDown={(event) => {
					if (event.key === 'Enter') void set();
					else if (event.key === 'Escape') setText(undefined);
				}}
			/>
			<Button disabled={isBusy || time === undefined} onPress={() => void set()}>
				Set
			</Button>
		</div>
	);
}
