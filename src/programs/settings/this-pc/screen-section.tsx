/** What each screen of the PC shows. A new mode goes back by itself unless the person says that they see it. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { PcScreen, PcScreenMode } from '#abi/structures.generated.ts';
import { describeError } from '#runtime/describe-error.ts';
import type { System } from '#runtime/system.ts';
import { Button } from '#ui/controls/button.tsx';
import { Dialog } from '#ui/controls/dialog.tsx';
import { Select } from '#ui/controls/select.tsx';
import { Section, SettingRow } from '../section.tsx';
import { Failure } from './failure.tsx';
import { keyOf, type ScreenLook, scales, sizesOf, titleOf } from './screen-modes.ts';
import { usePc } from './use-pc.ts';

/** Long enough to find the button on a picture that has just moved. */
const patienceSeconds = 15;

export function ScreenSection({ system }: { system: System }) {
	const { value, failure, again } = usePc(useCallback(() => system.pcScreens(), [system]));
	const [trial, setTrial] = useState<{ screen: PcScreen; look: ScreenLook; before: ScreenLook }>();
	const [refusal, setRefusal] = useState<string>();
	const set = async (screen: PcScreen, { mode, scale }: ScreenLook, keep: boolean): Promise<boolean> => {
		try {
			await system.pcSetScreen(screen.name, mode, scale, keep);
			setRefusal(undefined);
			return true;
		} catch (error) {
			setRefusal(describeError(error));
			return false;
		} finally {
			await again();
		}
	};
	const begin = async (screen: PcScreen, look: ScreenLook, before: ScreenLook) => {
		if (await set(screen, look, false)) setTrial({ screen, look, before });
	};
	const end = async (keep: boolean) => {
		setTrial(undefined);
		if (trial !== undefined) await set(trial.screen, keep ? trial.look : trial.before, keep);
	};
	return (
		<>
			<Failure text={refusal ?? failure} />
			{value?.map((screen) => (
				<Screen key={screen.name} screen={screen} onTry={(look, before) => void begin(screen, look, before)} />
			))}
			{trial === undefined ? null : <KeepQuestion onAnswer={(keep) => void end(keep)} />}
		</>
	);
}

interface ScreenProps {
	readonly screen: PcScreen;
	onTry(look: ScreenLook, before: ScreenLook): void;
}

function Screen({ screen, onTry }: ScreenProps) {
	const { name, title, modes, current, scale } = screen;
	const heading = title === '' ? `Screen ${name}` : `Screen ${title}`;
	if (current === undefined)
		return (
			<Section title={heading}>
				<p>It is off.</p>
			</Section>
		);
	const before: ScreenLook = { mode: current, scale };
	const choose = (mode: PcScreenMode, nextScale: number) => onTry({ mode, scale: nextScale }, before);
	const find = (key: string): PcScreenMode => modes.find((mode) => keyOf(mode) === key) ?? current;
	return (
		<Section title={heading}>
			<SettingRow title="Size" hint="The largest is usually the sharpest.">
				<Select
					{...{ label: `Size of ${heading}`, hideLabel: true, value: keyOf(current) }}
					options={sizesOf(modes, current).map((mode) => ({ value: keyOf(mode), label: titleOf(mode) }))}
					onChange={(key) => choose(find(key), scale)}
				/>
			</SettingRow>
			<SettingRow title="Scale" hint="Makes letters and everything else larger.">
				<Select
					{...{ label: `Scale of ${heading}`, hideLabel: true, value: String(scale) }}
					options={[...new Set([...scales, scale])].map((each) => ({
						value: String(each),
						label: `${Math.round(each * 100)} %`,
					}))}
					onChange={(text) => choose(current, Number(text))}
				/>
			</SettingRow>
		</Section>
	);
}

function KeepQuestion({ onAnswer }: { onAnswer: (keep: boolean) => void }) {
	const [left, setLeft] = useState(patienceSeconds);
	const answer = useRef(onAnswer);
	answer.current = onAnswer;
	useEffect(() => {
		const timer = setInterval(() => setLeft((seconds) => seconds - 1), 1000);
		return () => clearInterval(timer);
	}, []);
	useEffect(() => {
		if (left <= 0) answer.current(false);
	}, [left]);
	return (
		<Dialog
			title="Keep this picture?"
			onClose={() => onAnswer(false)}
			onSubmit={() => onAnswer(true)}
			actions={
				<>
					<Button kind="primary" type="submit">
						Keep it
					</Button>
					<Button onPress={() => onAnswer(false)}>Go back</Button>
				</>
			}
		>
			<p role="timer">The screen goes back to what it was in {Math.max(0, left)} s.</p>
		</Dialog>
	);
}
