/** What will happen to which disk. Where something is erased the person says so once more before the button can be pressed. */
import { useState } from 'react';
import type { PcDisk } from '#abi/structures.generated.ts';
import { formatSize } from '#base/format-size.ts';
import { Button } from '#ui/controls/button.tsx';
import { Checkbox } from '#ui/controls/checkbox.tsx';
import { Icon } from '#ui/icon.tsx';
import type { ImageFacts } from './image-facts.ts';
import { describePart, erases, nameOf, type Purpose, placeOf, titleOf } from './install-words.ts';

interface ConfirmPageProps {
	readonly purpose: Purpose;
	readonly disk: PcDisk;
	readonly isEncrypted: boolean;
	/** What is written, when that is the purpose. */
	readonly image: ImageFacts | undefined;
	onBack(): void;
	onAgreed(): void;
}

export function ConfirmPage({ purpose, disk, isEncrypted, image, onBack, onAgreed }: ConfirmPageProps) {
	const [agreed, setAgreed] = useState(false);
	const isErased = erases(disk, purpose);
	return (
		<>
			<div className="install-page">
				<h2 tabIndex={-1}>{isErased ? 'This will be erased' : 'This will be made'}</h2>
				{isErased ? (
					<div className="install-warning" role="alert">
						<Icon name="warning" size={24} />
						<span>Everything on {titleOf(disk)} is erased and cannot be brought back.</span>
					</div>
				) : (
					<div className="install-warning install-calm">
						<Icon name="info" size={24} />
						<span>Nothing is erased. {formatSize(disk.dataBytes)} that are free become the data partition.</span>
					</div>
				)}
				<dl className="install-facts">
					<dt>{image === undefined ? 'Disk' : 'Stick'}</dt>
					<dd>{nameOf(disk)}</dd>
					<dt>Size</dt>
					<dd>{formatSize(disk.sizeBytes)}</dd>
					<dt>Place</dt>
					<dd>{placeOf(disk)}</dd>
					{isErased ? (
						<>
							<dt>On it now</dt>
							<dd>{disk.parts.length === 0 ? 'nothing known' : disk.parts.map(describePart).join('; ')}</dd>
						</>
					) : null}
					{image === undefined ? (
						<>
							<dt>Your files</dt>
							<dd>{isEncrypted ? 'encrypted, opened by your passphrase' : 'not encrypted'}</dd>
						</>
					) : (
						<>
							<dt>Written to it</dt>
							<dd>
								{image.name}, {formatSize(image.sizeBytes)}
							</dd>
							<dt>Signature</dt>
							<dd>
								{image.verdict === 'signed'
									? `Vitrine ${image.version}, checked before the stick is erased`
									: 'not checked'}
							</dd>
						</>
					)}
				</dl>
				{isErased ? (
					<Checkbox checked={agreed} onChange={setAgreed}>
						Erase {nameOf(disk)} (/dev/{disk.device}, {formatSize(disk.sizeBytes)})
					</Checkbox>
				) : null}
			</div>
			<div className="install-actions">
				<Button onPress={onBack}>Back</Button>
				<Button kind={isErased ? 'danger' : 'primary'} disabled={isErased && !agreed} onPress={onAgreed}>
					{agreementTo(purpose, isErased)}
				</Button>
			</div>
		</>
	);
}

function agreementTo(purpose: Purpose, isErased: boolean): string {
	if (purpose === 'data') return isErased ? 'Erase and make it' : 'Make the data partition';
	return purpose === 'install' ? 'Erase and install' : 'Erase and write';
}
