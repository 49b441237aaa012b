/** Which disk. Those that cannot be taken are shown, with the reason. */
import { useCallback, useEffect, useState } from 'react';
import type { PcDisk } from '#abi/structures.generated.ts';
import { describeError } from '#runtime/describe-error.ts';
import type { ProgramProps } from '#runtime/window-program.ts';
import { Button } from '#ui/controls/button.tsx';
import { RadioGroup } from '#ui/controls/radio-group.tsx';
import { Icon } from '#ui/icon.tsx';
import { describeImage, findSticks, type ImageFacts, readImageFacts } from './image-facts.ts';
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
	write: [
		'Which stick shall it be written to?',
		'The whole stick is erased; before that, a page says once more what is on it. Disks that are built in are not offered.',
	],
};

type Disks =
	| { readonly state: 'reading' }
	| { readonly state: 'read'; readonly disks: readonly PcDisk[]; readonly image?: ImageFacts }
	| { readonly state: 'failed'; readonly message: string };

interface ChoosePageProps extends ProgramProps {
	readonly purpose: Purpose;
	/** Of the image that is written, when that is the purpose. */
	readonly imagePath: string;
	onChosen(disk: PcDisk, image: ImageFacts | undefined): void;
}

export function ChoosePage({ system, purpose, imagePath, onChosen }: ChoosePageProps) {
	const [found, setFound] = useState<Disks>({ state: 'reading' });
	const [chosen, setChosen] = useState('');
	const read = useCallback(async () => {
		setFound({ state: 'reading' });
		try {
			if (purpose === 'write') {
				const image = await readImageFacts(system, imagePath);
				setFound({ state: 'read', image, disks: await findSticks(system, image) });
			} else setFound({ state: 'read', disks: await system.pcDisks() });
		} catch (error) {
			setFound({ state: 'failed', message: describeError(error) });
		}
	}, [system, purpose, imagePath]);
	useEffect(() => void read(), [read]);
	const disks = found.state === 'read' ? found.disks : [];
	const image = found.state === 'read' ? found.image : undefined;
	const isRefused = image?.verdict === 'damaged';
	const isStick = purpose === 'write';
	const disk = disks.find(({ identifier }) => identifier === chosen);
	const [question, lead] = texts[purpose];
	return (
		<>
			<div className="install-page">
				<h2 tabIndex={-1}>{question}</h2>
				<p>{lead}</p>
				{image === undefined ? null : <ImageNote image={image} />}
				{found.state === 'reading' ? <p role="status">Looking at the disks…</p> : null}
				{found.state === 'failed' ? (
					<p role="alert">
						{isStick ? 'The image or the sticks cannot be read.' : 'The PC could not tell its disks.'} {found.message}
					</p>
				) : null}
				{found.state === 'read' && disks.length === 0 ? (
					<p role="status">
						{isStick ? 'No stick is plugged in. Plug one in, and press Look again.' : 'This PC has no disk or stick.'}
					</p>
				) : null}
				{disks.length === 0 ? null : (
					<RadioGroup
						label={isStick ? 'Sticks' : 'Disks and sticks'}
						value={chosen}
						options={disks.map((one) => ({
							value: one.identifier,
							label: titleOf(one),
							hint: hintOf(one, purpose),
							disabled: isRefused || stateFor(one, purpose) !== 'possible',
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
				<Button
					kind="primary"
					disabled={disk === undefined || isRefused}
					onPress={() => disk !== undefined && onChosen(disk, image)}
				>
					Next
				</Button>
			</div>
		</>
	);
}

const noteKinds = {
	signed: ['shield-check', 'install-good'],
	unsigned: ['info', 'install-calm'],
	unverifiable: ['info', 'install-calm'],
	damaged: ['shield-warning', ''],
} as const;

function ImageNote({ image }: { readonly image: ImageFacts }) {
	const [icon, kind] = noteKinds[image.verdict];
	return (
		<div className={`install-warning ${kind}`} role={image.verdict === 'damaged' ? 'alert' : 'status'}>
			<Icon name={icon} size={24} />
			<span>{describeImage(image)}</span>
		</div>
	);
}
