/** The PC that Vitrine has for itself: what it is, how it was started, and what it runs on. */
import { useCallback } from 'react';
import type { PcBattery, PcFacts, PcPower } from '#abi/structures.generated.ts';
import { formatSize } from '#base/format-size.ts';
import type { ProgramProps } from '#runtime/window-program.ts';
import { ProgressBar } from '#ui/controls/progress-bar.tsx';
import { Fact } from '../facts.tsx';
import { Section, SettingRow } from '../section.tsx';
import { ApplianceSection } from './appliance-section.tsx';
import { DataSection } from './data-section.tsx';
import { usePc } from './use-pc.ts';

/** A battery changes slowly. */
const powerEveryMs = 10_000;

export function ThisPcPage(props: ProgramProps) {
	const { system } = props;
	const facts = usePc(useCallback(() => system.pcFacts(), [system]));
	const power = usePc(
		useCallback(() => system.pcPower(), [system]),
		powerEveryMs,
	);
	const failure = facts.failure ?? power.failure;
	return (
		<>
			{failure === undefined ? null : (
				<p className="settings-failure" role="alert">
					The PC did not answer: {failure}
				</p>
			)}
			{facts.value === undefined ? null : <Facts facts={facts.value} />}
			<DataSection {...props} />
			<ApplianceSection {...props} />
			{power.value === undefined ? null : <Power power={power.value} />}
		</>
	);
}

const keepingTexts: Readonly<Record<PcFacts['keeping'], readonly [string, string]>> = {
	kept: ['Your files are kept', 'They are on the data partition, and are there again at the next start.'],
	forgotten: [
		'This session is forgotten at its end',
		'Without a data partition everything is in memory, and gone when the PC goes off.',
	],
	damaged: [
		'The data partition is damaged',
		'It could not be mended without losing something, so it was left as it is. This session is forgotten at its end.',
	],
};

function Facts({ facts }: { facts: PcFacts }) {
	const firmware = facts.firmware === 'uefi' ? 'UEFI' : 'BIOS';
	const [title, hint] = keepingTexts[facts.keeping];
	return (
		<>
			<Section title="About this PC">
				<dl className="settings-facts">
					<Fact term="Model" value={[facts.maker, facts.model].filter((text) => text !== '').join(' ') || 'not told'} />
					<Fact term="Processor" value={`${facts.processor || 'not told'}, ${countOf(facts.processors)}`} />
					<Fact term="Memory" value={formatSize(facts.memoryBytes)} />
					<Fact term="Graphics driver" value={facts.graphics || 'none: drawn by the processor'} />
					<Fact term="Firmware" value={[firmware, facts.firmwareVersion].filter((text) => text !== '').join(', ')} />
					<Fact term="Secure Boot" value={facts.secureBoot ? 'on' : 'off'} />
					<Fact term="Linux kernel" value={facts.kernelVersion} />
				</dl>
			</Section>
			<Section title="Started from">
				<dl className="settings-facts">
					<Fact term="Medium" value={facts.startedFrom} />
				</dl>
				<SettingRow title={title} hint={hint} />
			</Section>
		</>
	);
}

function countOf(processors: number): string {
	return processors === 1 ? 'one core' : `${processors} logical processors`;
}

function Power({ power: { onMains, batteries } }: { power: PcPower }) {
	return (
		<Section title="Power">
			<SettingRow
				title={onMains ? 'On mains power' : 'On battery'}
				{...(batteries.length === 0 && { hint: 'This PC has no battery.' })}
			/>
			{batteries.map((battery, index) => (
				<ProgressBar
					key={battery.name}
					label={batteries.length === 1 ? 'Battery' : `Battery ${index + 1}`}
					fraction={battery.percent / 100}
					valueText={describeBattery(battery)}
				/>
			))}
		</Section>
	);
}

function describeBattery({ percent, state, minutesLeft }: PcBattery): string {
	const time = minutesLeft === undefined ? '' : formatMinutes(minutesLeft);
	if (state === 'charging') return `${percent} %, charging${time === '' ? '' : `, full in ${time}`}`;
	if (state === 'discharging') return `${percent} %${time === '' ? '' : `, ${time} left`}`;
	return state === 'full' ? `${percent} %, full` : `${percent} %, not charging`;
}

function formatMinutes(minutes: number): string {
	const hours = Math.floor(minutes / 60);
	const rest = `${minutes % 60} min`;
	return hours === 0 ? rest : `${hours} h ${rest}`;
}
