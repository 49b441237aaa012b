/** Where sound goes, and how loud the PC is. */
import { useCallback, useMemo, useState } from 'react';
import type { PcSound } from '#abi/structures.generated.ts';
import { describeError } from '#runtime/describe-error.ts';
import type { System } from '#runtime/system.ts';
import { Button } from '#ui/controls/button.tsx';
import { Select } from '#ui/controls/select.tsx';
import { Slider } from '#ui/controls/slider.tsx';
import { Switch } from '#ui/controls/switch.tsx';
import { Section, SettingRow } from '../section.tsx';
import { Failure } from './failure.tsx';
import { LatestWish } from './latest-wish.ts';
import { playTestSound } from './test-sound.ts';
import { usePc } from './use-pc.ts';

export function SoundSection({ system }: { system: System }) {
	const { value, failure, again } = usePc(useCallback(() => system.pcSound(), [system]));
	const [wish, setWish] = useState<PcSound>();
	const [refusal, setRefusal] = useState<string>();
	const latest = useMemo(
		() =>
			new LatestWish<PcSound>(async ({ output, percent, muted }) => {
				try {
					await system.pcSetSound(output, percent, muted);
					setRefusal(undefined);
				} catch (error) {
					setRefusal(describeError(error));
				}
				// A card has steps of its own, and another card a loudness of its own.
				await again();
				setWish(undefined);
			}),
		[system, again],
	);
	const sound = wish ?? value;
	const change = (part: Partial<PcSound>) => {
		if (sound === undefined) return;
		setWish({ ...sound, ...part });
		latest.send({ ...sound, ...part });
	};
	return (
		<Section title="Sound">
			<Failure text={refusal ?? failure} />
			{sound === undefined ? null : sound.outputs.length === 0 ? (
				<p>This PC has no sound card that Vitrine knows.</p>
			) : (
				<SoundControls sound={sound} onChange={change} />
			)}
		</Section>
	);
}

function SoundControls({ sound, onChange }: { sound: PcSound; onChange: (part: Partial<PcSound>) => void }) {
	const { outputs, output, percent, muted } = sound;
	return (
		<>
			<SettingRow title="Plays on">
				<Select
					{...{ label: 'Plays on', hideLabel: true, value: output }}
					options={outputs.map(({ id, title }) => ({ value: id, label: title }))}
					onChange={(id) => onChange({ output: id })}
				/>
			</SettingRow>
			<Slider
				label="Loudness of this PC"
				value={percent}
				disabled={muted}
				format={(value) => `${value} %`}
				onChange={(next) => onChange({ percent: next })}
			/>
			<SettingRow title="Silent" hint="The volume in the taskbar is each person’s own; this is the PC’s.">
				<Switch on={muted} ariaLabel="Silent" onChange={(on) => onChange({ muted: on })}>
					{muted ? 'On' : 'Off'}
				</Switch>
			</SettingRow>
			<SettingRow title="Try it">
				<Button icon="speaker-high" disabled={muted} onPress={playTestSound}>
					Play a sound
				</Button>
			</SettingRow>
		</>
	);
}
