/** The question when a name is taken: both files side by side, and what to do with this one and with the further ones. */
import { useState } from 'react';
import { baseName } from '#base/path.ts';
import { Button } from '#ui/controls/button.tsx';
import { Checkbox } from '#ui/controls/checkbox.tsx';
import { Icon } from '#ui/icon.tsx';
import type { ConflictChoice, ConflictSide } from './conflict.ts';
import { iconOf } from './file-types.ts';
import { formatDate, formatNumber, formatSize } from './format.ts';
import type { PendingQuestion, Transfer } from './transfer.ts';

export function ConflictCard({ transfer, question }: { transfer: Transfer; question: PendingQuestion }) {
	const [forAllFurther, setForAllFurther] = useState(false);
	const { incoming, existing, further } = question;
	const merges = incoming.kind === 'directory' && existing.kind === 'directory';
	const answer = (choice: ConflictChoice) => () => question.answer({ choice, forAllFurther });
	const name = baseName(existing.path);
	return (
		<>
			<h2 className="transfer-title">
				{merges ? `There is already a folder named “${name}”` : `There is already something named “${name}”`}
			</h2>
			<p className="transfer-detail">
				{merges
					? 'Its content can be merged. Files of the same name are asked about again.'
					: 'What is replaced goes to the Recycle Bin.'}
			</p>
			<div className="conflict-sides">
				<ConflictSideView label="New" side={incoming} other={existing} />
				<ConflictSideView label="Already there" side={existing} other={incoming} />
			</div>
			<Checkbox checked={forAllFurther} onChange={setForAllFurther}>
				{further > 0
					? `Do this for the next ${formatNumber(further)} ${further === 1 ? 'conflict' : 'conflicts'} too`
					: 'Do this for all further conflicts'}
			</Checkbox>
			<div className="transfer-actions">
				<Button kind="primary" size="small" autoFocus onPress={answer('replace')}>
					{merges ? 'Merge' : 'Replace'}
				</Button>
				<Button size="small" onPress={answer('keep-both')}>
					Keep both
				</Button>
				<Button size="small" onPress={answer('skip')}>
					Skip
				</Button>
				<Button size="small" onPress={() => transfer.cancel()}>
					Cancel
				</Button>
			</div>
		</>
	);
}

function ConflictSideView({ label, side, other }: { label: string; side: ConflictSide; other: ConflictSide }) {
	const name = baseName(side.path);
	const isFile = side.kind === 'file';
	return (
		<section className="conflict-side" aria-label={label}>
			<Icon name={iconOf({ name, kind: side.kind })} size={32} />
			<div>
				<h3>{label}</h3>
				{isFile ? (
					<p className={side.size > other.size ? 'is-more' : ''}>
						{formatSize(side.size)}
						{side.size > other.size ? ' (larger)' : ''}
					</p>
				) : null}
				<p className={side.modifiedTime > other.modifiedTime ? 'is-more' : ''}>
					{formatDate(side.modifiedTime)}
					{side.modifiedTime > other.modifiedTime ? ' (newer)' : ''}
				</p>
			</div>
		</section>
	);
}
