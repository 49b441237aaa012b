/** Which disk. Those that cannot be taken are shown, with the reason. */
import { useCallback, useEffect, useState } from 'react';
import type { PcDisk } from '#abi/structures.generated.ts';
import { describeError } from '#runtime/describe-error.ts';
import type { ProgramProps } from '#runtime/window-program.ts';
import { Button } from '#ui/controls/button.tsx';
import { RadioGroup } from '#ui/controls/radio-group.tsx';
import { hintOf, type Purpose, stateFor, titleOf } from './install-words.ts';

const texts: Readonly<Record<Purpose, readonly [question: string, lead: string]>> = {
	install: [
		'Which disk shall Vitrine be installed to?',
		'The PC then starts from this disk, keeps your files on it, and can be updated. The whole disk is erased; before that, a page says once more what is on it.',
	],
	data: [
		'Where shall your files be kept?',
		'A data partition keeps your files from one start to the next. On the stick that Vitrine was started from it takes the room behind Vitrine; any other disk or stick is erased.',
	],
};

type Disks =
	| { readonly state: 'reading' }
	| { readonly state: 'read'; readonly disks: readonly PcDisk[] }
	| { readonly state: 'failed'; readonly message: string };

interface ChoosePageProps extends ProgramProps {
	readonly purpose: Purpose;
	onChosen(disk: PcDisk): void;
}

export function ChoosePage({ system, purpose, onChosen }: ChoosePageProps) {
	const [found, setFound] = useState<Disks>({ state: 'reading' });
	const [chosen, setChosen] = useState('');
	const read = useCallback(async () => {
		setFound({ state: 'reading' });
		try {
			setFound({ state: 'read', disks: await system.pcDisks() });
		} catch (error) {
			setFound({ state: 'failed', message: describeError(error) });
		}
	}, [system]);
	useEffect(() => void read(), [read]);
	const disks = found.state === 'read' ? found.disks : [];
	const disk = disks.find(({ identifier }) => identifier === chosen);
	const [question, lead] = texts[purpose];
	return (
		<>
			<div className="install-page">
				<h2 tabIndex={-1}>{question}</h2>
				<p>{lead}</p>
				{found.state === 'reading' ? <p role="status">Looking at the disks…</p> : null}
				{found.state === 'failed' ? <p role="alert">The PC could not tell its disks. {found.message}</p> : null}
				{found.state === 'read' && disks.length === 0 ? <p role="status">This PC has no disk or stick.</p> : null}
				{disks.length === 0 ? null : (
					<RadioGroup
						label="Disks and sticks"
						value={chosen}
						options={disks.map((one) => ({
							value: one.identifier,
							label: titleOf(one),
							hint: hintOf(one, purpose),
							disabled: stateFor(one, purpose) !== 'possible',
						}))}
						onChange={setChosen}
					/>
				)}
			</div>
			<div className="install-actions">
				{/* Never disabled: the keyboard would leave the window while the disks are read. */}
				<Button icon="arrow-clockwise" onPress={() => void read()}>
					Look again
				</Button>
				<Button kind="primary" disabled={disk === undefined} onPress={() => disk !== undefined && onChosen(disk)}>
					Next
				</Button>
			</div>
		</>
	);
}
